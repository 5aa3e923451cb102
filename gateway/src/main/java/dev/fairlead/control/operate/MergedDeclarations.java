package dev.fairlead.control.operate;

import dev.fairlead.control.store.AddedNode;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.url.UrlIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What the file declares and what was ordered at run time, as one. Where both declare a node, the file wins.
///
/// @param tenants who may call
/// @param remarks where the file won, and what else an operator should know
record MergedDeclarations(List<ChainPlan> chains, MergedTenants tenants, List<String> remarks) {
    static final MergedDeclarations NOTHING = new MergedDeclarations(List.of(), MergedTenants.NOTHING, List.of());

    static MergedDeclarations of(FileDeclarations declared, StoredDeclarations stored) {
        List<ChainPlan> file = declared.chains();
        var remarks = new ArrayList<String>();
        var chains = new ArrayList<ChainPlan>();
        for (ChainPlan plan : file) chains.add(joined(plan, stored, remarks));
        var more = new LinkedHashSet<>(stored.chains().keySet());
        for (AddedNode added : stored.nodes()) more.add(added.id().chain());
        for (ChainPlan plan : file) more.remove(plan.chain().name());
        for (String name : more) {
            if (!stored.chains().containsKey(name)) {
                remarks.add("chain " + name + " is not in the file any more; it stays, with default settings, because"
                        + " nodes that were added at run time belong to it");
            }
            var chain = Chain.of(name, stored.chains().getOrDefault(name, 0L), List.of());
            chains.add(joined(new ChainPlan(chain, List.of(), List.of()), stored, remarks));
        }
        MergedTenants tenants = MergedTenants.of(declared.policy(), declared.places(), stored);
        remarks.addAll(tenants.remarks());
        return new MergedDeclarations(List.copyOf(chains), tenants, List.copyOf(remarks));
    }

    private static ChainPlan joined(ChainPlan plan, StoredDeclarations stored, List<String> remarks) {
        Chain chain = plan.chain();
        var nodes = new ArrayList<Node>();
        for (Node node : plan.nodes()) nodes.add(inMode(node, stored));
        var leaders = new LinkedHashSet<>(chain.leaders());
        for (AddedNode added : stored.nodes()) {
            if (!added.id().chain().equals(chain.name())) continue;
            Optional<Node> rival = rival(plan, added);
            if (rival.isPresent()) {
                remarks.add(added.id() + " was added at run time, and the file declares "
                        + (rival.get().id().equals(added.id())
                                ? "a node of that name"
                                : "its URL as " + rival.get().id())
                        + ": the file's is used; `fairlead nodes remove " + added.id() + "` forgets the other");
                continue;
            }
            nodes.add(inMode(added.node(), stored));
            if (added.leader()) leaders.add(added.id().name());
        }
        return new ChainPlan(chain.ledBy(List.copyOf(leaders)), nodes, withDefault(plan.groups()), plan.policy());
    }

    private static Optional<Node> rival(ChainPlan plan, AddedNode added) {
        return plan.nodes().stream()
                .filter(node -> node.id().equals(added.id())
                        || UrlIdentity.same(node.endpoint(), added.node().endpoint()))
                .findFirst();
    }

    private static Node inMode(Node node, StoredDeclarations stored) {
        return node.in(stored.modes().getOrDefault(node.id(), node.mode()));
    }

    private static List<Group> withDefault(List<Group> groups) {
        if (groups.stream().anyMatch(group -> group.name().equals(Group.DEFAULT_NAME))) return groups;
        var all = new ArrayList<>(groups);
        all.add(Group.DEFAULT);
        return all;
    }

    Optional<ChainPlan> chain(String name) {
        return chains.stream().filter(plan -> plan.chain().name().equals(name)).findFirst();
    }

    Optional<Node> node(NodeId id) {
        return chain(id.chain()).stream()
                .flatMap(plan -> plan.nodes().stream())
                .filter(node -> node.id().equals(id))
                .findFirst();
    }
}
