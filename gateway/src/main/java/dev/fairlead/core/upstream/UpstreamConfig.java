package dev.fairlead.core.upstream;

import java.time.Duration;

/// Connections to the nodes.
///
/// @param connectTimeout TCP and TLS handshake together
/// @param idleTimeout how long an unused connection is kept; below the 60 s after which many nodes close theirs
/// @param stallTimeout longest silence in the middle of a reply
/// @param connectionsPerNode open at once to one node, over all event loops; below the 80 at which Besu starts to
/// refuse
/// @param heldReply bytes up to which a reply is held until it is whole, so that another node can still be asked when
/// it breaks off; larger ones are streamed
/// @param largestReply bytes beyond which a reply is given up; 0 is no bound
/// @param allowLinkLocal whether nodes may live at link-local and metadata addresses
public record UpstreamConfig(
        Duration connectTimeout,
        Duration idleTimeout,
        Duration stallTimeout,
        int connectionsPerNode,
        int heldReply,
        long largestReply,
        boolean allowLinkLocal) {
    public static final UpstreamConfig DEFAULT = new UpstreamConfig(
            Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 256 * 1024, 0);

    public UpstreamConfig(
            Duration connectTimeout,
            Duration idleTimeout,
            Duration stallTimeout,
            int connectionsPerNode,
            int heldReply,
            long largestReply) {
        this(connectTimeout, idleTimeout, stallTimeout, connectionsPerNode, heldReply, largestReply, false);
    }
}
