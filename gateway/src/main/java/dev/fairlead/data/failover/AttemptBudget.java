package dev.fairlead.data.failover;

import dev.fairlead.core.reply.Outcome;

/// How many attempts one call has cost, and whether it may cost another. The first failover is free, and so
/// are attempts that never reached a node; all others together may be a share of the calls. Pure and
/// immutable.
///
/// @param sent attempts that count as failed
/// @param late nodes that do not have a block yet which clients were shown: they count until the next pause
/// only, so that not all nodes are asked at once
/// @param unanswered slow attempts that got no answer: their nodes may still be at work. An attempt that ended because
/// its node was found to be down is none of them
/// @param lastWasSent whether the last attempt reached its node
/// @param isRefused whether a node refused a call that must not be done twice: then each of the others is
/// asked once, and none again
record AttemptBudget(int sent, int late, int unanswered, boolean lastWasSent, boolean isRefused) {
    private static final int FREE_ATTEMPTS = 2;
    private static final int MOST_UNANSWERED = 2;

    static final AttemptBudget UNUSED = new AttemptBudget(0, 0, 0, false, false);

    enum Permission {
        FREE,
        /// If the chain's retry budget has something left.
        IF_AFFORDABLE,
        NONE
    }

    /// @param most attempts at the most for one call
    Permission permission(int most) {
        if (sent + late >= most || unanswered >= MOST_UNANSWERED) return Permission.NONE;
        return sent < FREE_ATTEMPTS || !lastWasSent ? Permission.FREE : Permission.IF_AFFORDABLE;
    }

    /// Whether as many attempts went wrong as one call may cost.
    boolean isSpent(int most) {
        return sent >= most || unanswered >= MOST_UNANSWERED;
    }

    /// Whether nodes may be asked that were asked before.
    boolean mayReturn() {
        return !isRefused;
    }

    AttemptBudget charged(Outcome outcome) {
        boolean wasSent = !(outcome instanceof Outcome.NotSent);
        return new AttemptBudget(wasSent ? sent + 1 : sent, late, unanswered, wasSent, isRefused);
    }

    /// A node that was known to lack the method said so again, which is no failure and has a budget of its own.
    AttemptBudget lacking() {
        return new AttemptBudget(sent + 1, late, unanswered, false, isRefused);
    }

    /// Its node was found to be down meanwhile, by health or by other calls: that costs the call nothing.
    AttemptBudget withNodeDown() {
        return new AttemptBudget(sent, late, unanswered, false, isRefused);
    }

    AttemptBudget withUnanswered() {
        return new AttemptBudget(sent, late, unanswered + 1, lastWasSent, isRefused);
    }

    AttemptBudget withRefused() {
        return new AttemptBudget(sent, late, unanswered, lastWasSent, true);
    }

    AttemptBudget withLate() {
        return new AttemptBudget(sent, late + 1, unanswered, false, isRefused);
    }

    AttemptBudget paused() {
        return new AttemptBudget(sent, 0, unanswered, lastWasSent, isRefused);
    }

    /// Nodes that asked to be left alone have been: asking them again is no retry.
    AttemptBudget rested() {
        return new AttemptBudget(0, 0, unanswered, lastWasSent, isRefused);
    }
}
