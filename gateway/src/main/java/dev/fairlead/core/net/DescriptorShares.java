package dev.fairlead.core.net;

/// How many of the process's file descriptors clients, nodes and operators may take, so that clients never
/// take those that nodes and operators need, and nodes never take those of operators.
///
/// @param most how many the process may have open
/// @param own what the process itself holds: the jar, the store, the event loops, and some to spare
/// @param admin for connections of operators
/// @param nodes for connections to nodes
/// @param clients for connections of clients, including those that are told why they are turned away
public record DescriptorShares(int most, int own, int admin, int nodes, int clients) {
    /// Where the kernel does not tell how many there are.
    public static final DescriptorShares UNBOUNDED = of(Descriptors.UNKNOWN, 0, 0);

    private static final int SPARE = 24;
    private static final int FEWEST = 4;
    private static final int ADMIN_AT_MOST = 128;
    /// A connection that is turned away keeps its descriptor until its client has read why.
    private static final int TOLD_AT_MOST = 256;

    /// @param open what the process holds when it begins to listen
    /// @param wanted connections to nodes that the configuration allows
    public static DescriptorShares of(int most, int open, int wanted) {
        int own = Math.min(most, open + SPARE);
        int left = most - own;
        int admin = Math.clamp(left / 8, FEWEST, ADMIN_AT_MOST);
        int nodes = Math.clamp(wanted, FEWEST, Math.max(FEWEST, (left - admin) / 2));
        return new DescriptorShares(most, own, admin, nodes, Math.max(FEWEST, left - admin - nodes));
    }

    /// Client connections that may be served at once.
    ///
    /// @param configured what the configuration allows
    public int served(int configured) {
        return Math.min(configured, clients - told());
    }

    /// Client connections beyond those that are still told why they are turned away.
    public int told() {
        return Math.min(TOLD_AT_MOST, clients / 4);
    }

    /// The lowest descriptor that says, when a client gets it, that those of the operators would be next: the kernel
    /// always gives the lowest that is free.
    public int firstOfAdmin() {
        return Math.max(0, most - admin);
    }

    /// The sum, in words for the operator.
    public String describe(int configured) {
        return "at most " + served(configured) + " client connections at once (configured: " + configured + "): of "
                + most + " file descriptors, " + own + " are the process's own, " + admin
                + " are kept for the admin API, "
                + nodes + " for connections to nodes, " + told() + " for clients that are turned away";
    }
}
