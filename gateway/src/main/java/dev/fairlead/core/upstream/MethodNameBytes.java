package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.JsonText;
import org.jspecify.annotations.Nullable;

/// Method names as they are written in JSON. Those that were written lately are not encoded again. Bounded, and for one
/// event loop.
final class MethodNameBytes {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;

    private final @Nullable String[] names = new String[SLOTS];
    private final byte[][] written = new byte[SLOTS][];

    /// With its quotes.
    byte[] written(String name) {
        int slot = (name.hashCode() ^ name.hashCode() >>> 8) & SLOTS - 1;
        if (name.equals(names[slot])) return written[slot];
        byte[] encoded = JsonText.encode(name);
        if (encoded.length <= LONGEST) {
            names[slot] = name;
            written[slot] = encoded;
        }
        return encoded;
    }
}
