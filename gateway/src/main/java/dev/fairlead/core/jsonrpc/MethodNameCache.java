package dev.fairlead.core.jsonrpc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Method names that were read lately: one that comes again is not decoded again, and its String has its hash
/// code already. Bounded, and for one thread only.
public final class MethodNameCache {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;
    private static final int LOOKED_AT = 8;

    private final @Nullable String[] known = new String[SLOTS];
    /// The same as bytes.
    private final byte[][] written = new byte[SLOTS][];

    /// @param from after the opening quote of a legal string
    /// @param to its closing quote
    String of(byte[] json, int from, int to) {
        int hash = to - from;
        for (int i = Math.max(from, to - LOOKED_AT); i < to; i++) hash = 31 * hash + json[i];
        int slot = (hash ^ hash >>> 8) & SLOTS - 1;
        String seen = known[slot];
        if (seen != null && Arrays.equals(json, from, to, written[slot], 0, written[slot].length)) return seen;
        String text = JsonText.decode(json, from, to);
        if (isPlain(text) && text.length() == to - from) {
            known[slot] = text;
            written[slot] = Arrays.copyOfRange(json, from, to);
        }
        return text;
    }

    /// Short, and the same as bytes.
    private static boolean isPlain(String text) {
        if (text.length() > LONGEST) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
        }
        return true;
    }
}
