package dev.fairlead.data.failover;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.PlannedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes once along one plan: whom to ask next, given who has a place and what the nodes before objected.
public final class PlanCursor {
    /// Nodes without a method that a call meets in any case.
    public static final int FEW_LACKING = 2;

    private final LoopDispatch dispatch;
    private final Chain chain;
    private final Method method;
    private final Objections objections;
    private final List<PlannedNode> steps;
    private int next;
    private @Nullable PlannedNode full;
    private boolean rated;
    private boolean hopeful;

    sealed interface Turn {
        /// A place was taken there.
        record Ask(PlannedNode planned, boolean trial) implements Turn {}

        /// Every place is taken; this node is the best to wait for.
        record Wait(PlannedNode planned) implements Turn {}

        record Nobody() implements Turn {}
    }

    private static final Turn NOBODY = new Turn.Nobody();

    PlanCursor(LoopDispatch dispatch, Chain chain, Method method, Objections objections, List<PlannedNode> steps) {
        this.dispatch = dispatch;
        this.chain = chain;
        this.method = method;
        this.objections = objections;
        this.steps = steps;
    }

    /// Calls that find every place taken spill over to rented nodes, but never to the last resort: being busy is not
    /// being dead.
    Turn next() {
        while (next < steps.size()) {
            PlannedNode planned = steps.get(next);
            if (full != null && planned.tier().compareTo(Tier.RENTED) > 0) break;
            next++;
            if (!suits(planned)) continue;
            Entry entry = dispatch.enter(planned, chain, method.mayTakeLong());
            switch (entry) {
                case OPEN, TRIAL -> {
                    return new Turn.Ask(planned, entry == Entry.TRIAL);
                }
                case FULL -> full = full == null ? planned : full;
                case CLOSED -> closed(planned);
                case RATED -> rated = true;
            }
        }
        PlannedNode best = full;
        full = null;
        return best == null ? NOBODY : new Turn.Wait(best);
    }

    /// Who comes next among those that are fit to serve, or null.
    @Nullable
    PlannedNode upcoming() {
        return next < steps.size() && steps.get(next).tier() != Tier.PANIC ? steps.get(next) : null;
    }

    /// The node was ejected between plan and attempt, or another call is trying it.
    void closed(PlannedNode planned) {
        hopeful |= isThoughtAlive(planned);
    }

    /// @param there whether the block that the call names is known to exist
    void object(PlannedNode planned, Outcome outcome, boolean there) {
        hopeful |= objections.add(planned.node(), outcome, there) && isThoughtAlive(planned);
    }

    /// Whether going along it once more may end better.
    boolean isHopeful() {
        return hopeful;
    }

    /// Whether the best that the plan has are nodes that asked to be left alone, so that it is better to wait than to
    /// ask.
    boolean isOfSpared() {
        boolean spared = false;
        for (PlannedNode planned : steps) {
            switch (planned.eligibility()) {
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
        for (PlannedNode planned : steps) {
            long left = planned.candidate().load().sparedFor(now);
            if (left > 0 && (least == 0 || left < least)) least = left;
        }
        return least;
    }

    /// Whether only the leader was left, and had its share.
    boolean isRated() {
        return rated;
    }

    /// Panic is for nodes that failed, not for calls that nodes decline, and a call that met one rate limit does not
    /// try another. What nodes lack may change: of those that are known to lack a method, some are asked.
    private boolean suits(PlannedNode planned) {
        if (objections.areEnough()) return false;
        if (planned.eligibility() == Eligibility.SPARED && objections.has(ErrorMeaning.RATE_LIMITED)) return false;
        if (planned.eligibility() == Eligibility.LACKING && objections.lacking() >= FEW_LACKING && !maySearch())
            return false;
        return planned.tier() != Tier.PANIC || !objections.isAboutTheCall();
    }

    private boolean maySearch() {
        return dispatch.traffic().chain(chain.name()).searches().retry(dispatch.now());
    }

    private static boolean isThoughtAlive(PlannedNode planned) {
        return planned.candidate().usual() != Eligibility.UNREACHABLE;
    }
}
