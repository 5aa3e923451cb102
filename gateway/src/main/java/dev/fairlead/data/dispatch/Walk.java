package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.data.dispatch.Lane.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One walk along one plan: whom to ask next, given who has a place and what the nodes before objected.
final class Walk {
    /// Nodes without a method that a call meets in any case.
    static final int FEW_LACKING = 2;

    private final Lane lane;
    private final Chain chain;
    private final Method method;
    private final Objections objections;
    private final List<Step> steps;
    private int next;
    private @Nullable Step full;
    private boolean rated;
    private boolean hopeful;

    sealed interface Turn {
        /// A place was taken there.
        record Ask(Step step, boolean trial) implements Turn {}

        /// Every place is taken; this node is the best to wait for.
        record Wait(Step step) implements Turn {}

        record Nobody() implements Turn {}
    }

    private static final Turn NOBODY = new Turn.Nobody();

    Walk(Lane lane, Chain chain, Method method, Objections objections, List<Step> steps) {
        this.lane = lane;
        this.chain = chain;
        this.method = method;
        this.objections = objections;
        this.steps = steps;
    }

    /// Calls that find every place taken spill over to rented nodes, but never to the last resort: being busy is not
    /// being dead.
    Turn next() {
        while (next < steps.size()) {
            Step step = steps.get(next);
            if (full != null && step.tier().compareTo(Tier.RENTED) > 0) break;
            next++;
            if (!suits(step)) continue;
            Entry entry = lane.enter(step, chain, method.mayTakeLong());
            switch (entry) {
                case OPEN, TRIAL -> {
                    return new Turn.Ask(step, entry == Entry.TRIAL);
                }
                case FULL -> full = full == null ? step : full;
                case CLOSED -> closed(step);
                case RATED -> rated = true;
            }
        }
        Step best = full;
        full = null;
        return best == null ? NOBODY : new Turn.Wait(best);
    }

    /// Who comes next among those that are fit to serve, or null.
    @Nullable
    Step upcoming() {
        return next < steps.size() && steps.get(next).tier() != Tier.PANIC ? steps.get(next) : null;
    }

    /// The node was ejected between plan and attempt, or another call is trying it.
    void closed(Step step) {
        hopeful |= isThoughtAlive(step);
    }

    /// @param there whether the block that the call names is known to exist
    void object(Step step, Outcome outcome, boolean there) {
        hopeful |= objections.add(step.node(), outcome, there) && isThoughtAlive(step);
    }

    /// Whether a later walk may go better.
    boolean isHopeful() {
        return hopeful;
    }

    /// Whether the best that the plan has are nodes that asked to be left alone, so that it is better to wait than to
    /// ask.
    boolean isOfSpared() {
        boolean spared = false;
        for (Step step : steps) {
            switch (step.place()) {
                case SPARED -> spared = true;
                case TRIAL, OWN, RENTED, STUCK, LAST_RESORT -> {
                    return false;
                }
                case FAILING, LACKING, BEHIND, LAGGING, SYNCING, UNJUDGED, UNREACHABLE, EJECTED -> {}
                case DEAD, SHORT, FORKED, WRONG_CHAIN, ITSELF, CORDONED, DRAINING, ELSEWHERE -> {}
            }
        }
        return spared;
    }

    /// Nanoseconds until the first of those that asked to be left alone may be asked again; 0 when nobody did.
    long rest(long now) {
        long least = 0;
        for (Step step : steps) {
            long left = step.candidate().load().sparedFor(now);
            if (left > 0 && (least == 0 || left < least)) least = left;
        }
        return least;
    }

    /// Whether only the leader was left, and had its share.
    boolean isRated() {
        return rated;
    }

    /// Panic is for nodes that failed, not for calls that nodes decline, and a call that met one rate limit does not
    /// try
    /// another. What nodes lack may change: of those that are known to lack a method, some are asked.
    private boolean suits(Step step) {
        if (objections.areEnough()) return false;
        if (step.place() == Place.SPARED && objections.has(Complaint.RATE_LIMITED)) return false;
        if (step.place() == Place.LACKING && objections.lacking() >= FEW_LACKING && !maySearch()) return false;
        return step.tier() != Tier.PANIC || !objections.isAboutTheCall();
    }

    private boolean maySearch() {
        return lane.traffic().chain(chain.name()).searches().retry(lane.now());
    }

    private static boolean isThoughtAlive(Step step) {
        return step.candidate().usual() != Place.UNREACHABLE;
    }
}
