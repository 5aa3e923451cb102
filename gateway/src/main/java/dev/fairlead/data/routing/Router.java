package dev.fairlead.data.routing;

import dev.fairlead.core.eth.Method;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.Tier;
import java.util.Arrays;
import java.util.List;

/// Which nodes may be asked for one call, and in which order. Clock and chance come in as values; of each node's
/// [NodeTraffic] the live counters are read, and none is changed.
///
/// Nodes are ordered by their [Eligibility]; equals by the group's [Selection], those that have reached the served
/// floor first when the call depends on the head, and those that keep most when it looks for something old. A call that
/// names a block never goes to a node that has not reached it, unless no own or rented one has.
public final class Router {
    private Router() {}

    /// @param turn grows by one with every call
    public static RoutePlan plan(GroupRoutes group, RoutingNeeds needs, long now, long turn) {
        List<Candidate> eligible = group.eligible();
        var steps = new PlannedNode[eligible.size()];
        int count = 0;
        boolean reached = false;
        Eligibility best = Eligibility.ELSEWHERE;
        for (int i = 0; i < steps.length; i++) {
            Candidate candidate = eligible.get(i);
            Eligibility eligibility = eligibility(candidate, needs, now);
            if (!eligibility.isAsked()) continue;
            Eligibility rank = rank(eligibility, candidate);
            if (rank.compareTo(best) < 0) best = rank;
            reached |= eligibility.compareTo(Eligibility.LAST_RESORT) < 0;
            steps[count++] = new PlannedNode(candidate, eligibility);
        }
        long block = needs.block();
        if (reached && block >= 0) count = withoutTooLow(steps, count, block, now);
        if (count == 0) return new RoutePlan.NoNode(group);
        if (count > 1) {
            sortByEligibility(steps, count);
            orderEquals(group, steps, count, needs, now, turn);
        }
        return new RoutePlan.Plan(List.of(count == steps.length ? steps : Arrays.copyOf(steps, count)), mode(best));
    }

    /// How fit one node is for the call; the plan and its explanation both ask this.
    public static Eligibility eligibility(Candidate candidate, RoutingNeeds needs, long now) {
        Eligibility usual = candidate.usual();
        if (!usual.isAsked()) return usual;
        NodeTraffic load = candidate.load();
        if (load.isItself(now)) return Eligibility.ITSELF;
        if (candidate.isSpent()) return Eligibility.SPENT;
        return switch (load.ejection()) {
            case EjectionState.In _ -> usual.serves() ? serving(candidate, needs, now) : usual;
            case EjectionState.Trial _ -> spared(usual);
            case EjectionState.Out out when !out.isOver(now) -> spared(usual);
            case EjectionState.Out _ -> {
                if (!usual.serves() || usual == Eligibility.LAST_RESORT) yield usual;
                boolean suits = needs.suitsTrial() && !load.fails(needs.method().service(), now);
                yield suits && has(candidate, needs, now) ? Eligibility.TRIAL : Eligibility.EJECTED;
            }
        };
    }

    private static Eligibility serving(Candidate candidate, RoutingNeeds needs, long now) {
        if (!has(candidate, needs, now)) return Eligibility.BEHIND;
        Eligibility usual = candidate.usual();
        if (usual == Eligibility.LAST_RESORT) return Eligibility.LAST_RESORT;
        NodeTraffic load = candidate.load();
        Method method = needs.method();
        if (load.lacks(method.name(), now)) return Eligibility.LACKING;
        if (load.fails(method.service(), now)) return Eligibility.FAILING;
        if (load.stuck(now)) return Eligibility.STUCK;
        return load.spared(now) ? Eligibility.SPARED : usual;
    }

    private static Eligibility spared(Eligibility usual) {
        return usual == Eligibility.UNREACHABLE ? Eligibility.DEAD : Eligibility.EJECTED;
    }

    private static boolean has(Candidate candidate, RoutingNeeds needs, long now) {
        long block = needs.block();
        return !needs.missesPending(candidate) && (block < 0 || candidate.head(now) >= block);
    }

    private static int withoutTooLow(PlannedNode[] steps, int count, long block, long now) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (steps[i].candidate().head(now) >= block) steps[kept++] = steps[i];
        }
        return kept;
    }

    /// Insertion sort, because nodes are few and mostly in order; equal ones keep their order.
    private static void sortByEligibility(PlannedNode[] steps, int count) {
        for (int i = 1; i < count; i++) {
            PlannedNode planned = steps[i];
            int at = i;
            for (; at > 0 && steps[at - 1].eligibility().compareTo(planned.eligibility()) > 0; at--)
                steps[at] = steps[at - 1];
            steps[at] = planned;
        }
    }

    private static void orderEquals(
            GroupRoutes group, PlannedNode[] steps, int count, RoutingNeeds needs, long now, long turn) {
        for (int from = 0; from < count; ) {
            Eligibility eligibility = steps[from].eligibility();
            int to = from + 1;
            while (to < count && steps[to].eligibility() == eligibility) to++;
            if (to - from > 1) order(group, steps, from, to, needs, now, turn);
            from = to;
        }
    }

    private static void order(
            GroupRoutes group, PlannedNode[] steps, int from, int to, RoutingNeeds needs, long now, long turn) {
        switch (steps[from].eligibility()) {
            case OWN, RENTED -> {
                int fresh = needs.first() == RoutingNeeds.First.ANY ? to : preferredFirst(steps, from, to, needs, now);
                group.selection().order(steps, from, fresh, now, turn);
                group.selection().order(steps, fresh, to, now, turn);
            }
            case BEHIND -> Arrays.sort(steps, from, to, (one, other) -> byHead(one, other, now));
            case LAGGING, SYNCING -> Arrays.sort(steps, from, to, Router::byLag);
            case LACKING -> {
                String method = needs.method().name();
                Arrays.sort(steps, from, to, (one, other) -> byLacking(one, other, method, now));
            }
            case TRIAL, SPARED, STUCK, FAILING, LAST_RESORT, UNJUDGED, UNREACHABLE, EJECTED -> {}
            case DEAD, SPENT, TOO_LOW, FORKED, WRONG_CHAIN, ITSELF, CORDONED, DRAINING, ELSEWHERE -> {}
        }
    }

    /// @return where the nodes begin that the call does not prefer
    private static int preferredFirst(PlannedNode[] steps, int from, int to, RoutingNeeds needs, long now) {
        int fresh = from;
        for (int i = from; i < to; i++) {
            PlannedNode planned = steps[i];
            if (!needs.prefers(planned.candidate(), now)) continue;
            System.arraycopy(steps, fresh, steps, fresh + 1, i - fresh);
            steps[fresh++] = planned;
        }
        return fresh;
    }

    private static int byHead(PlannedNode one, PlannedNode other, long now) {
        return Long.compare(other.candidate().head(now), one.candidate().head(now));
    }

    /// First the node that said so longest ago, so that each gets its turn.
    private static int byLacking(PlannedNode one, PlannedNode other, String method, long now) {
        long since = one.candidate().load().lackedFor(method, now);
        return Long.compare(other.candidate().load().lackedFor(method, now), since);
    }

    private static int byLag(PlannedNode one, PlannedNode other) {
        return Long.compare(one.candidate().lag(), other.candidate().lag());
    }

    /// The eligibility without what counts for this call only.
    private static Eligibility rank(Eligibility eligibility, Candidate candidate) {
        return eligibility.compareTo(Eligibility.LAGGING) < 0 ? candidate.usual() : eligibility;
    }

    private static Tier mode(Eligibility best) {
        if (best.compareTo(Eligibility.LAST_RESORT) < 0) return best == Eligibility.RENTED ? Tier.RENTED : Tier.OWN;
        return best == Eligibility.LAST_RESORT ? Tier.LAST_RESORT : Tier.PANIC;
    }
}
