package dev.fairlead.data.failover;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.load.RetryBudget;

/// How many attempts one call may still cost. The first failover is free, and so is what never reached a node; the rest
/// is a share of the calls.
final class AttemptBudget {
    private static final int FREE_ATTEMPTS = 2;
    private static final int MOST_UNANSWERED = 2;

    private final LoopDispatch dispatch;
    private final RetryBudget retries;
    private int sent;
    private int late;
    private boolean lastWasSent;
    private int unanswered;
    private boolean refused;

    AttemptBudget(LoopDispatch dispatch, RetryBudget retries) {
        this.dispatch = dispatch;
        this.retries = retries;
    }

    /// Whether as many attempts went wrong as one call may cost.
    boolean isSpent() {
        return sent >= dispatch.config().attempts() || unanswered >= MOST_UNANSWERED;
    }

    boolean permits() {
        if (sent + late >= dispatch.config().attempts() || unanswered >= MOST_UNANSWERED) return false;
        return sent < FREE_ATTEMPTS || !lastWasSent || retries.retry(dispatch.now());
    }

    void charge(Outcome outcome) {
        lastWasSent = !(outcome instanceof Outcome.NotSent);
        if (lastWasSent) sent++;
    }

    /// A node that was known to lack the method said so again, which is no failure and has a budget of its own.
    void lacking() {
        lastWasSent = false;
        sent++;
    }

    /// What may take long, and got no answer, may be at work still: it is not put to every node there is.
    void unanswered() {
        unanswered++;
    }

    /// A node refused what must not be done twice: the others are asked once each, and none of them again.
    void refused() {
        refused = true;
    }

    /// Whether nodes may be asked that were asked before.
    boolean mayReturn() {
        return !refused;
    }

    /// A node that has yet to get a block which clients were shown has not failed: it counts until the next pause only,
    /// so that not all nodes are asked at once.
    void late() {
        lastWasSent = false;
        late++;
    }

    void paused() {
        late = 0;
    }

    /// Nodes that asked to be left alone have been: asking them again is no retry.
    void rested() {
        late = 0;
        sent = 0;
    }
}
