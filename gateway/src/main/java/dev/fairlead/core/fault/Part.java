package dev.fairlead.core.fault;

/// The part of the gateway in which a fault of its own arose.
public enum Part {
    /// Probes one node.
    NODE_WATCH("node-watch"),
    /// Compares the nodes of one chain.
    CHAIN_WATCH("chain-watch"),
    /// Wakes the health checks that sleep long.
    METRONOME("metronome"),
    HEALTH_MEMORY("health-memory"),
    /// Writes down what tenants took, and what nodes were asked, of their day.
    USE_MEMORY("use-memory"),
    /// Shares limits with other gateways.
    SHARED_LIMITS("shared-limits"),
    /// Adopts the orders that other gateways with the same store were given.
    FOLLOWER("follower"),
    /// Fetches the keys by which tokens are checked.
    TOKEN_KEYS("token-keys"),
    ADMIN("admin"),
    TLS_FILES("tls-files"),
    LOOP_WATCH("loop-watch"),
    /// Connections of clients, and the calls that came over them.
    CLIENTS("clients"),
    /// Choosing nodes, trying again.
    DISPATCH("dispatch"),
    /// Connections to nodes.
    UPSTREAM("upstream"),
    OTHER("other");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    /// As it stands in labels and log lines.
    public String word() {
        return word;
    }

    /// Whether texts of its faults may hold what clients, nodes or administrators sent, secrets among it.
    public boolean meetsStrangers() {
        return switch (this) {
            case CLIENTS, DISPATCH, UPSTREAM, ADMIN, SHARED_LIMITS, TOKEN_KEYS, OTHER -> true;
            case NODE_WATCH, CHAIN_WATCH, METRONOME, HEALTH_MEMORY, USE_MEMORY, FOLLOWER, TLS_FILES, LOOP_WATCH ->
                false;
        };
    }
}
