package dev.fairlead.core.fleet;

import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import java.util.LinkedHashMap;
import java.util.List;

/// Everything that the operator declared, in the file and at run time. Published by `operate` alone.
public record Declared(long version, List<ChainPlan> chains) {
    public static final Declared NOTHING = new Declared(0, List.of());

    public Declared {
        chains = List.copyOf(chains);
    }

    /// One chain with its nodes, leaders among them, and its groups. A group named `default` always exists.
    public record ChainPlan(Chain chain, List<Node> nodes, List<Group> groups, CallerPolicy policy) {
        public ChainPlan {
            nodes = List.copyOf(nodes);
            groups = List.copyOf(groups);
        }

        public ChainPlan(Chain chain, List<Node> nodes, List<Group> groups) {
            this(chain, nodes, groups, CallerPolicy.NONE);
        }

        public ChainPlan with(Chain otherChain, List<Node> otherNodes) {
            return new ChainPlan(otherChain, otherNodes, groups, policy);
        }

        /// The chain as its callers see it.
        public ChainAccess access() {
            var claimed = new LinkedHashMap<String, List<String>>();
            for (Group group : groups) claimed.put(group.name(), group.methods());
            return new ChainAccess(chain.name(), policy, claimed);
        }
    }
}
