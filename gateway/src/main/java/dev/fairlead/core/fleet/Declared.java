package dev.fairlead.core.fleet;

import java.util.List;

/// Everything that the operator declared, in the file and at run time. Published by `operate` alone.
public record Declared(long version, List<ChainPlan> chains) {
    public static final Declared NOTHING = new Declared(0, List.of());

    public Declared {
        chains = List.copyOf(chains);
    }

    /// One chain with its nodes, leaders among them, and its groups. A group named `default` always exists.
    public record ChainPlan(Chain chain, List<Node> nodes, List<Group> groups) {
        public ChainPlan {
            nodes = List.copyOf(nodes);
            groups = List.copyOf(groups);
        }
    }
}
