package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.GroupRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.shown.RecentSends;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The nodes that are asked for one call, in their order. The plan is made anew after every pause and followed
/// once: a place is taken at the next node to ask, as [NextNode] decides.
final class CallPlan {
    private final RoutedCall routed;
    private final LoopDispatch dispatch;
    private ChainRoutes routes;
    private List<PlannedNode> steps = List.of();
    private int next;
    private boolean isTrial;
    private @Nullable PlannedNode full;
    private boolean isRated;
    private boolean isHopeful;
    /// Nanoseconds until the plan of one of those that were passed over for it has room; 0 when none was.
    private long planWait;
    private long planWaitFrom;
    private boolean hasRoomSoon;

    CallPlan(RoutedCall routed, ChainRoutes routes) {
        this.routed = routed;
        this.dispatch = routed.dispatch;
        this.routes = routes;
    }

    /// The chain as the plan uses it.
    ChainRoutes routes() {
        return routes;
    }

    ChainState state() {
        return routes.chain();
    }

    Chain chain() {
        return routes.chain().chain();
    }

    /// Takes the chain as it is now.
    ///
    /// @return false when there is no such chain any more
    boolean renew() {
        ChainRoutes present = dispatch.routes(routed.call.chain());
        if (present != null) routes = present;
        return present != null;
    }

    /// @return null when there is a plan now; else the group of which no node may be asked
    @Nullable
    GroupRoutes make(KeptAnswers kept, int pauses, long now) {
        return switch (dispatch.plan(group(), routed.needs(), now)) {
            case RoutePlan.NoNode(var group) -> group;
            case RoutePlan.Plan(var planned, var _) -> {
                List<PlannedNode> ordered = RecentSends.decideOn(routed.named) ? mostTakenFirst(planned, now) : planned;
                steps = kept.ordered(ordered, pauses, now);
                next = 0;
                full = null;
                isRated = false;
                isHopeful = false;
                planWait = 0;
                hasRoomSoon = false;
                yield null;
            }
        };
    }

    /// The next node to ask that has a free place, which is taken now. Null when there is none; then
    /// [#takeFull] tells for which one to wait.
    @Nullable
    PlannedNode next(Objections objections) {
        while (next < steps.size()) {
            PlannedNode planned = steps.get(next);
            if ((full != null || hasRoomSoon) && !NextNode.isSpilledTo(planned.tier())) break;
            next++;
            if (!isAsked(planned, objections)) continue;
            switch (enter(planned)) {
                case OPEN, TRIAL -> {
                    return planned;
                }
                case FULL -> full = full == null ? planned : full;
                case CLOSED -> closed(planned);
                case RATED -> isRated = true;
                case SPENT -> {}
            }
        }
        return null;
    }

    /// Takes a place at that node, if one is free.
    Entry enter(PlannedNode planned) {
        return noted(planned, dispatch.enter(planned, chain(), routed.method));
    }

    /// As [#enter], for a call that waited in the queue and has its place already.
    Entry admit(PlannedNode planned) {
        return noted(planned, dispatch.admit(planned, chain(), routed.method));
    }

    private Entry noted(PlannedNode planned, Entry entry) {
        isTrial = entry == Entry.TRIAL;
        if (entry == Entry.SPENT) overPlan(planned);
        return entry;
    }

    /// Whether the place that was taken last shows if an ejected node works again.
    boolean isTrial() {
        return isTrial;
    }

    /// The best node of which every place is taken, to wait for; given once. Null for none.
    @Nullable
    PlannedNode takeFull() {
        PlannedNode best = full;
        full = null;
        return best;
    }

    /// The next node that is fit to serve, or null.
    @Nullable
    PlannedNode upcoming() {
        return next < steps.size() && steps.get(next).tier() != Tier.PANIC ? steps.get(next) : null;
    }

    /// The node was ejected between plan and attempt, or another call is trying it.
    void closed(PlannedNode planned) {
        objected(planned, true);
    }

    /// The plan of the node has no room for the call now.
    private void overPlan(PlannedNode planned) {
        NodeSpending spending = Objects.requireNonNull(planned.candidate().spending());
        long now = dispatch.now();
        long wait = Math.max(1, spending.waitFor(routed.method.name(), now));
        hasRoomSoon |= wait <= routed.bounds.queueTime().toNanos();
        long before = planWait(now);
        planWait = before == 0 ? wait : Math.min(before, wait);
        planWaitFrom = now;
    }

    /// Nanoseconds until a node that was passed over for its plan may be asked; 0 when none was.
    long planWait(long now) {
        return planWait == 0 ? 0 : Math.max(1, planWait - (now - planWaitFrom));
    }

    /// @param mayPass whether the node's objection may no longer hold in a moment
    void objected(PlannedNode planned, boolean mayPass) {
        isHopeful |= mayPass && planned.candidate().usual() != Eligibility.UNREACHABLE;
    }

    /// Whether following the plan once more may end better.
    boolean isHopeful() {
        return isHopeful;
    }

    /// Whether only the leader was left, and had used up its rate.
    boolean isRated() {
        return isRated;
    }

    /// Whether the best nodes of the plan asked to be left alone, so that it is better to wait than to ask.
    boolean isOfSpared() {
        boolean isSpared = false;
        for (PlannedNode planned : steps) {
            switch (planned.eligibility()) {
                case SPARED -> isSpared = true;
                case TRIAL, OWN, RENTED, STUCK, LAST_RESORT -> {
                    return false;
                }
                case FAILING, LACKING, BEHIND, LAGGING, SYNCING, UNJUDGED, UNREACHABLE, EJECTED -> {}
                case DEAD, SPENT, TOO_LOW, FORKED, WRONG_CHAIN, ITSELF, CORDONED, DRAINING, ELSEWHERE -> {}
            }
        }
        return isSpared;
    }

    /// Nanoseconds until the first of those that asked to be left alone, or whose plan had no room, may be
    /// asked again; 0 when there is none.
    long rest(long now) {
        long least = planWait(now);
        for (PlannedNode planned : steps) {
            long left = planned.candidate().load().sparedFor(now);
            if (left > 0 && (least == 0 || left < least)) least = left;
        }
        return least;
    }

    /// All nodes that may serve the call, now or later.
    List<NodeId> lasting() {
        return group().lasting();
    }

    private GroupRoutes group() {
        return routes.groupOf(routed.call.route(), routed.call.goesAs());
    }

    private List<PlannedNode> mostTakenFirst(List<PlannedNode> planned, long now) {
        long window = RecentSends.window(chain().probing().blockTime());
        return PlannedNode.mostTakenFirst(planned, routed.chain.recentSends(), window, now);
    }

    @SuppressWarnings("ReferenceEquality") // for nearly every call nothing was objected
    private boolean isAsked(PlannedNode planned, Objections objections) {
        if (objections == Objections.NONE) return true;
        return switch (NextNode.of(planned.eligibility(), planned.tier(), objections)) {
            case ASKED -> true;
            case IF_SEARCHED -> routed.chain.searches().retry(dispatch.now());
            case PASSED_OVER -> false;
        };
    }
}
