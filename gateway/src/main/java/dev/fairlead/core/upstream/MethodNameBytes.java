package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Method names as requests to nodes have them. Those that were written lately are not encoded again. Bounded, and for
/// one event loop.
final class MethodNameBytes {
    private static final int SLOTS = 256;
    private static final int LONGEST = 96;
    private static final byte[] BEFORE = ",\"method\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEHIND = ",\"params\":".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable String[] names = new String[SLOTS];
    private final byte[][] written = new byte[SLOTS][];

    /// With the bytes around it: `,"method":"eth_call","params":`.
    byte[] written(String name) {
        int slot = (name.hashCode() ^ name.hashCode() >>> 8) & SLOTS - 1;
        if (name.equals(names[slot])) return written[slot];
        byte[] encoded = around(JsonText.encode(name));
        if (encoded.length <= LONGEST) {
            names[slot] = name;
            written[slot] = encoded;
        }
        return encoded;
    }

    private static byte[] around(byte[] name) {
        byte[] all = Arrays.copyOf(BEFORE, BEFORE.length + name.length + BEHIND.length);
        System.arraycopy(name, 0, all, BEFORE.length, name.length);
        System.arraycopy(BEHIND, 0, all, BEFORE.length + name.length, BEHIND.length);
        return all;
    }
}
