package dev.fairlead.core.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The members that the envelope of a request or of a reply is made of.
enum EnvelopeMember {
    JSONRPC("jsonrpc"),
    ID("id"),
    METHOD("method"),
    PARAMS("params"),
    RESULT("result"),
    ERROR("error"),
    /// Any other member; the gateway ignores it.
    OTHER("");

    /// Bytes of the longest name when each of its letters is written as an escape.
    private static final int LONGEST = 6 * JSONRPC.word.length();

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] quoted;

    /// Bytes of the name with its quotes, written without escapes.
    final int size;

    EnvelopeMember(String word) {
        this.word = word;
        this.quoted = ('"' + word + '"').getBytes(StandardCharsets.US_ASCII);
        this.size = quoted.length;
    }

    String word() {
        return word;
    }

    /// The member whose name stands at `at`, quotes and all; [#OTHER] when none does, or not in plain letters.
    static EnvelopeMember at(byte[] json, int at, int to) {
        if (at + 1 >= to) return OTHER;
        EnvelopeMember likely = switch (json[at + 1]) {
            case 'j' -> JSONRPC;
            case 'i' -> ID;
            case 'm' -> METHOD;
            case 'p' -> PARAMS;
            case 'r' -> RESULT;
            case 'e' -> ERROR;
            default -> OTHER;
        };
        int end = at + likely.size;
        if (likely == OTHER || end > to) return OTHER;
        return Arrays.equals(json, at, end, likely.quoted, 0, likely.size) ? likely : OTHER;
    }

    /// The member that a legal string names with escapes in it.
    ///
    /// @param from after the opening quote
    /// @param to the closing quote
    static EnvelopeMember escaped(byte[] json, int from, int to) {
        if (to - from > LONGEST) return OTHER;
        int at = from;
        while (at < to && json[at] != '\\') at++;
        if (at == to) return OTHER;
        String name = JsonText.decode(json, from, to);
        for (EnvelopeMember member : values()) {
            if (member.word.equals(name)) return member;
        }
        return OTHER;
    }
}
