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
    /// Any other; it means nothing to us.
    OTHER("");

    /// Of the longest name, every letter of it written as an escape.
    private static final int LONGEST = 6 * JSONRPC.word.length();

    private final String word;
    private final byte[] bytes;

    EnvelopeMember(String word) {
        this.word = word;
        this.bytes = word.getBytes(StandardCharsets.US_ASCII);
    }

    String word() {
        return word;
    }

    /// The member that a legal string names.
    ///
    /// @param from after the opening quote
    /// @param to the closing quote
    static EnvelopeMember of(byte[] json, int from, int to) {
        EnvelopeMember likely = switch (to - from) {
            case 2 -> ID;
            case 5 -> ERROR;
            case 6 -> json[from] == 'm' ? METHOD : json[from] == 'p' ? PARAMS : RESULT;
            case 7 -> JSONRPC;
            default -> OTHER;
        };
        if (likely != OTHER && Arrays.equals(json, from, to, likely.bytes, 0, likely.bytes.length)) return likely;
        return to - from <= LONGEST ? ofEscaped(json, from, to) : OTHER;
    }

    private static EnvelopeMember ofEscaped(byte[] json, int from, int to) {
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
