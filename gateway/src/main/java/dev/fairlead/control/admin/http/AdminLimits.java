package dev.fairlead.control.admin.http;

import java.time.Duration;

/// What the clients of the admin API may have all together, and for how long.
///
/// @param connections open at once
/// @param requestBytes of requests that are held at once
/// @param request from its first byte to its last
/// @param idle between two requests
public record AdminLimits(int connections, long requestBytes, Duration request, Duration idle) {
    private static final int PART_OF_HEAP = 16;
    private static final long FEWEST_BYTES = 512 * 1024;
    private static final long MOST_BYTES = 4 * 1024 * 1024;
    private static final int PART_OF_ADDRESS = 4;
    private static final int FEWEST_OF_ADDRESS = 2;

    /// @param heap bytes that all clients of the gateway may have
    public static AdminLimits of(int connections, long heap) {
        return new AdminLimits(
                connections,
                Math.clamp(heap / PART_OF_HEAP, FEWEST_BYTES, MOST_BYTES),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /// Connections of one address of another machine.
    int ofAddress() {
        return Math.max(FEWEST_OF_ADDRESS, connections / PART_OF_ADDRESS);
    }

    /// Whether those that do nothing are waited for less.
    boolean areCrowded(int open) {
        return open > connections - connections / 4;
    }
}
