package dev.fairlead.core.fleet;

import java.util.Map;

/// A node as it was declared, and what the operator wants of it.
///
/// @param weight share of calls relative to its peers, at least 1; 100 where nothing is said
/// @param capacity calls in flight at once before further ones queue
/// @param plan how much it may be asked
public record Node(
        NodeId id,
        Role role,
        Endpoint endpoint,
        Map<String, String> labels,
        int weight,
        int capacity,
        SpendingPlan plan,
        Mode mode,
        Origin origin) {
    public static final int DEFAULT_WEIGHT = 100;
    public static final int DEFAULT_CAPACITY = 256;
    public static final int MOST_WEIGHT = 10_000;
    public static final int MOST_CAPACITY = 100_000;

    /// Without a plan to keep to.
    public Node(
            NodeId id,
            Role role,
            Endpoint endpoint,
            Map<String, String> labels,
            int weight,
            int capacity,
            Mode mode,
            Origin origin) {
        this(id, role, endpoint, labels, weight, capacity, SpendingPlan.NONE, mode, origin);
    }

    public static Node of(NodeId id, Endpoint endpoint) {
        return new Node(id, Role.OWN, endpoint, Map.of(), DEFAULT_WEIGHT, DEFAULT_CAPACITY, Mode.SERVING, Origin.FILE);
    }

    public Node in(Mode wanted) {
        return new Node(id, role, endpoint, labels, weight, capacity, plan, wanted, origin);
    }

    public Node with(SpendingPlan bounds) {
        return new Node(id, role, endpoint, labels, weight, capacity, bounds, mode, origin);
    }

    public enum Role {
        /// Run by the operator: serves first.
        OWN,
        /// Bought from a provider: serves when no own node can.
        RENTED
    }

    public enum Mode {
        SERVING,
        /// No new work, by order.
        CORDONED,
        /// No new work, by order; what is in flight is finished.
        DRAINING
    }

    /// Where the declaration came from, and so where it can be taken back.
    public enum Origin {
        FILE,
        /// `--node` or `--leader` of the gateway's own command line.
        COMMAND_LINE,
        /// A simulated node of `fairlead demo`.
        DEMO,
        ADDED
    }
}
