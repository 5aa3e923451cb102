package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.core.upstream.UpstreamConfig;
import java.time.Duration;
import java.util.List;

/// The keys of `[upstream]`: the connections to the nodes.
final class UpstreamKeys {
    private static final int KIB = 1024;
    private static final long TIB = 1L << 40;
    private static final Scalar<Duration> TIME = Scalars.duration(Duration.ofMillis(10), Duration.ofHours(1));

    static final Key<UpstreamConfig, Duration> CONNECT_TIMEOUT = new Key<>(
            "connect_timeout",
            TIME,
            UpstreamConfig::connectTimeout,
            "How long connecting to a node may take, TCP and TLS together.");
    static final Key<UpstreamConfig, Duration> IDLE_TIMEOUT = new Key<>(
            "idle_timeout",
            TIME,
            UpstreamConfig::idleTimeout,
            "How long an unused connection to a node is kept; many nodes close theirs after 60 s.");
    static final Key<UpstreamConfig, Duration> STALL_TIMEOUT = new Key<>(
            "stall_timeout", TIME, UpstreamConfig::stallTimeout, "Longest silence in the middle of a node's reply.");
    static final Key<UpstreamConfig, Integer> CONNECTIONS_PER_NODE = new Key<UpstreamConfig, Integer>(
                    "connections_per_node",
                    Scalars.count(1, 10_000),
                    UpstreamConfig::connectionsPerNode,
                    "Most connections open at once to one node; Besu refuses more than 80.")
            .atNextStart();
    static final Key<UpstreamConfig, Integer> HELD_REPLY = new Key<>(
            "held_reply",
            Scalars.size(0, 64L * KIB * KIB).as(Math::toIntExact, Integer::longValue),
            UpstreamConfig::heldReply,
            "Replies up to this size are held until they are whole, so that another node can still be asked; larger "
                    + "ones are streamed.");
    static final Key<UpstreamConfig, Long> LARGEST_REPLY = new Key<>(
            "largest_reply",
            Scalars.size(0, TIB),
            UpstreamConfig::largestReply,
            "A reply beyond this size is given up; 0 is no bound.");
    static final Key<UpstreamConfig, Boolean> ALLOW_LINK_LOCAL = new Key<>(
            "allow_link_local",
            Scalars.flag(),
            UpstreamConfig::allowLinkLocal,
            "Whether nodes may live at link-local and cloud metadata addresses, by URL or by name.");
    static final Table<UpstreamConfig> UPSTREAM = new Table<>(
            "upstream",
            "Connections to the nodes.",
            UpstreamConfig.DEFAULT,
            List.of(
                    CONNECT_TIMEOUT,
                    IDLE_TIMEOUT,
                    STALL_TIMEOUT,
                    CONNECTIONS_PER_NODE,
                    HELD_REPLY,
                    LARGEST_REPLY,
                    ALLOW_LINK_LOCAL),
            values -> new UpstreamConfig(
                    values.of(CONNECT_TIMEOUT),
                    values.of(IDLE_TIMEOUT),
                    values.of(STALL_TIMEOUT),
                    values.of(CONNECTIONS_PER_NODE),
                    values.of(HELD_REPLY),
                    values.of(LARGEST_REPLY),
                    values.of(ALLOW_LINK_LOCAL)));

    private UpstreamKeys() {}
}
