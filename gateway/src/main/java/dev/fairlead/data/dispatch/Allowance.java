package dev.fairlead.data.dispatch;

import dev.fairlead.core.upstream.Outcome;

/// How many attempts one call may still cost. The first failover is free, and so is what never reached a node; the rest
/// is a share of the calls.
final class Allowance {
    private static final int FREE_ATTEMPTS = 2;

    private final Lane lane;
    private final RetryBudget retries;
    private int sent;
    private int late;
    private boolean lastWasSent;

    Allowance(Lane lane, RetryBudget retries) {
        this.lane = lane;
        this.retries = retries;
    }

    /// Whether as many attempts went wrong as one call may cost.
    boolean isSpent() {
        return sent >= lane.config().attempts();
    }

    boolean permits() {
        if (sent + late >= lane.config().attempts()) return false;
        return sent < FREE_ATTEMPTS || !lastWasSent || retries.retry(lane.now());
    }

    void charge(Outcome outcome) {
        lastWasSent = !(outcome instanceof Outcome.NotSent);
        if (lastWasSent) sent++;
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
}
