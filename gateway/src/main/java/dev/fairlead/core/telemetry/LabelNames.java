package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.NodeId;
import java.util.HashSet;
import java.util.Set;

/// The names that labels may be made of.
record LabelNames(Set<String> chains, Set<GroupName> groups, Set<NodeId> nodes) {
    record GroupName(String chain, String name) {}

    static LabelNames of(Declared declared) {
        var all = new LabelNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (ChainPlan plan : declared.chains()) {
            String chain = plan.chain().name();
            all.chains.add(chain);
            plan.groups().forEach(group -> all.groups.add(new GroupName(chain, group.name())));
            plan.nodes().forEach(node -> all.nodes.add(node.id()));
        }
        return all;
    }

    LabelNames without(LabelNames later) {
        return new LabelNames(minus(chains, later.chains), minus(groups, later.groups), minus(nodes, later.nodes));
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
