package dev.fairlead.core.upstream;

import java.security.SecureRandom;
import java.util.HexFormat;

/// How this process knows its own requests when they come back to it: every request to a node bears a mark that nobody
/// else has. A node whose URL leads to the gateway itself would otherwise be asked by itself without end.
///
/// @param mark the header's value
public record Hop(String mark) {
    public static final String HEADER = "fairlead-hop";
    /// The JSON-RPC error code that such a request is answered with.
    public static final int CODE = -32017;

    private static final int BYTES = 8;

    public static Hop random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Hop(HexFormat.of().formatHex(bytes));
    }
}
