package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.load.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One state of a chain prepared for routing: everything that does not depend on the call is decided here, once for
/// each Fleet. Belongs to one event loop.
public final class ChainRoutes {
    private final ChainState chain;
    private final String name;
    private final Traffic traffic;
    private final ChainTraffic chainTraffic;
    private final GroupRoutes rest;
    private final Map<String, GroupRoutes> byGroup = new HashMap<>();
    private final Map<String, GroupRoutes> byMethod = new HashMap<>();
    private final List<Prefix> byPrefix = new ArrayList<>();
    private final boolean isBounded;

    private record Prefix(String start, GroupRoutes group) {}

    public ChainRoutes(ChainState chain, Traffic traffic) {
        this.chain = chain;
        this.name = chain.chain().name();
        this.traffic = traffic;
        this.chainTraffic = traffic.chain(name);
        GroupRoutes fallback = null;
        for (Group group : chain.groups()) {
            GroupRoutes routes = routes(group);
            byGroup.put(group.name(), routes);
            if (group.name().equals(Group.DEFAULT_NAME)) fallback = routes;
            for (String pattern : group.methods()) {
                if (pattern.endsWith("*")) byPrefix.add(new Prefix(pattern.substring(0, pattern.length() - 1), routes));
                else byMethod.putIfAbsent(pattern, routes);
            }
        }
        byPrefix.sort(
                Comparator.comparingInt((Prefix one) -> one.start().length()).reversed());
        this.rest = fallback == null ? routes(Group.DEFAULT) : fallback;
        byGroup.put(Group.DEFAULT_NAME, rest);
        this.isBounded =
                byGroup.values().stream().anyMatch(routes -> !routes.bounds().equals(CallBounds.NONE));
    }

    public ChainState chain() {
        return chain;
    }

    /// What this gateway knows of the chain.
    public ChainTraffic traffic() {
        return chainTraffic;
    }

    /// Whether it was made for this very value. Cheap, because every call asks it.
    @SuppressWarnings("ReferenceEquality")
    public boolean isOf(ChainState state) {
        return chain == state;
    }

    public boolean isOf(String other) {
        return name.equals(other);
    }

    /// @param route the group that a route names, or null; one that is gone is as good as none
    public GroupRoutes groupOf(@Nullable String route, String method) {
        GroupRoutes routed = route == null ? null : byGroup.get(route);
        return routed == null ? groupOf(method) : routed;
    }

    /// The group whose patterns fit most closely: the name itself, then the longest prefix, then the default group.
    public GroupRoutes groupOf(String method) {
        GroupRoutes exact = byMethod.get(method);
        if (exact != null) return exact;
        for (Prefix prefix : byPrefix) {
            if (method.startsWith(prefix.start())) return prefix.group();
        }
        return rest;
    }

    /// How hard the nodes are tried for such a call, where that differs from what is said for all.
    public CallBounds boundsOf(@Nullable String route, String method) {
        return isBounded ? groupOf(route, method).bounds() : CallBounds.NONE;
    }

    /// Continues the turns where the earlier routes stopped.
    public void continueTurns(ChainRoutes before) {
        byGroup.forEach((name, group) -> {
            GroupRoutes earlier = before.byGroup.get(name);
            if (earlier != null) group.continueTurns(earlier);
        });
    }

    private GroupRoutes routes(Group group) {
        var all = new ArrayList<Candidate>();
        for (NodeState state : members(group)) all.add(candidate(state, declared(state)));
        for (String leader : chain.chain().leaders()) {
            NodeState state = named(leader);
            if (state != null && !group.nodes().contains(leader)) all.add(candidate(state, Tier.LAST_RESORT));
        }
        CallBounds bounds = group.bounds().or(chain.chain().bounds());
        return new GroupRoutes(group, bounds, chainTraffic.mode(group.name()), all);
    }

    private List<NodeState> members(Group group) {
        if (group.nodes().isEmpty()) {
            return chain.nodes().stream()
                    .filter(state -> !chain.chain().isLeader(state.id()))
                    .toList();
        }
        var members = new ArrayList<NodeState>();
        for (String name : group.nodes()) {
            NodeState state = named(name);
            if (state != null) members.add(state);
        }
        return members;
    }

    private Candidate candidate(NodeState state, Tier tier) {
        return Candidate.of(
                state, traffic.node(state.id()), tier, traffic.spending().of(state.id()));
    }

    private static Tier declared(NodeState state) {
        return state.node().role() == Node.Role.OWN ? Tier.OWN : Tier.RENTED;
    }

    private @Nullable NodeState named(String node) {
        return chain.node(new NodeId(name, node));
    }
}
