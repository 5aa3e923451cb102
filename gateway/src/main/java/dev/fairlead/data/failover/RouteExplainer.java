package dev.fairlead.data.failover;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Explanation.Choice;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.Candidate;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.GroupRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RouteReasons;
import dev.fairlead.data.routing.Router;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.RecentSends;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells what the router would do with a call right now, and why, by asking the router itself. Nothing is sent.
public final class RouteExplainer {
    private final Traffic traffic;

    public RouteExplainer(Traffic traffic) {
        this.traffic = traffic;
    }

    /// @param route the group that a route sends it to, or null
    /// @param params raw JSON
    public Explanation explain(ChainState chain, @Nullable String route, String name, Slice params) {
        Method method = MethodTable.of(name);
        BlockRef named = BlockRef.of(method, params);
        String chainName = chain.chain().name();
        CallKind kind = CallKind.of(method, named, new Request(Slice.NONE, name, params));
        var needs =
                RoutingNeeds.of(method, kind, named, traffic.chain(chainName).floor());
        GroupRoutes group = new ChainRoutes(chain, traffic).groupOf(route, name);
        Refused refused = MethodGate.refusal(method, group);
        if (refused != null) return refused(chain, name, group, refused);
        if (!ChainConstants.known(name, chain).isEmpty()) return constant(chain, name, group);
        var nodes = new ArrayList<Choice>();
        long now = traffic.now();
        RecentSends recentSends =
                RecentSends.decideOn(named) ? traffic.chain(chainName).recentSends() : null;
        var routeReasons = new RouteReasons(
                needs, recentSends, RecentSends.window(chain.chain().probing().blockTime()), now);
        RoutePlan plan = Router.plan(group, needs, now, group.nextTurn());
        if (plan instanceof RoutePlan.Plan(var planned, var _)) {
            List<PlannedNode> steps = recentSends == null
                    ? planned
                    : PlannedNode.mostTakenFirst(planned, recentSends, routeReasons.window(), now);
            for (PlannedNode step : steps)
                nodes.add(new Choice(step.node().name(), nodes.size() + 1, routeReasons.of(step)));
        }
        skipped(chain, group, routeReasons, nodes);
        return new Explanation(chainName, name, group.group().name(), summary(group, needs, plan), nodes);
    }

    private static Explanation refused(ChainState chain, String name, GroupRoutes group, Refused why) {
        List<Choice> nodes = unasked(chain, "the gateway refuses the method");
        return new Explanation(chain.chain().name(), name, group.group().name(), "refused: " + why.detail(), nodes);
    }

    /// Of a call that its caller may not make as it is.
    public static Explanation refused(ChainState chain, String name, String why) {
        return new Explanation(chain.chain().name(), name, "", why, unasked(chain, "the gateway refuses the call"));
    }

    private static Explanation constant(ChainState chain, String name, GroupRoutes group) {
        List<Choice> nodes = unasked(chain, "the gateway knows the answer");
        String summary = "answered by the gateway itself: " + ChainConstants.known(name, chain);
        return new Explanation(chain.chain().name(), name, group.group().name(), summary, nodes);
    }

    /// Of a call that its caller may not make.
    public static Explanation closed(ChainState chain, String name, String why) {
        List<Choice> nodes = unasked(chain, "the method is not open to the caller");
        return new Explanation(chain.chain().name(), name, "", why, nodes);
    }

    private static List<Choice> unasked(ChainState chain, String because) {
        return chain.nodes().stream()
                .map(state -> new Choice(state.id().name(), 0, "not asked: " + because))
                .toList();
    }

    private static void skipped(ChainState chain, GroupRoutes group, RouteReasons routeReasons, List<Choice> nodes) {
        for (NodeState state : chain.nodes()) {
            String name = state.id().name();
            if (nodes.stream().anyMatch(choice -> choice.node().equals(name))) continue;
            Eligibility eligibility = Eligibility.ELSEWHERE;
            for (Candidate candidate : group.all()) {
                if (candidate.state().id().equals(state.id())) eligibility = skippedAs(candidate, routeReasons);
            }
            nodes.add(new Choice(name, 0, routeReasons.of(eligibility, state)));
        }
    }

    private static Eligibility skippedAs(Candidate candidate, RouteReasons routeReasons) {
        Eligibility eligibility = Router.eligibility(candidate, routeReasons.needs(), routeReasons.now());
        return eligibility.isAsked() ? Eligibility.TOO_LOW : eligibility;
    }

    private static String summary(GroupRoutes group, RoutingNeeds needs, RoutePlan plan) {
        String block = needs.block() < 0 ? "" : ", names block " + needs.block();
        String mode = switch (plan.mode()) {
            case OWN, RENTED -> "";
            case LAST_RESORT -> "; the leader serves as last resort";
            case SPENT -> "; nobody is asked: plans are used up";
            case PANIC -> plan instanceof RoutePlan.NoNode ? "; nobody can be asked" : "; panic: the least bad serve";
        };
        return "group " + group.group().name() + " (" + group.group().strategy().word() + ")" + block + mode;
    }
}
