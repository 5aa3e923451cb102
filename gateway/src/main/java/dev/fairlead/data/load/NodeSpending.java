package dev.fairlead.data.load;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallRate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one node has been asked, held against its plan. Whoever is about to send it a request takes the credits first,
/// and without them sends nothing. May be used from any thread.
public final class NodeSpending {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final NodeId node;
    private final SpendingPlan plan;
    private final DayBudget own;
    /// Of leaders and rented nodes together; null where the node has no part in that.
    private final @Nullable DayBudget shared;
    private final Rate rate;

    /// What outlives a change of the plan.
    static final class Rate {
        private @Nullable RateWindow window;
        /// Probes that wait: calls let them go first, or a busy node would never be probed.
        private int probes;
    }

    NodeSpending(NodeId node, SpendingPlan plan, DayBudget own, @Nullable DayBudget shared, Rate rate) {
        this.node = node;
        this.plan = plan;
        this.own = own;
        this.shared = shared;
        this.rate = rate;
    }

    public NodeId node() {
        return node;
    }

    public SpendingPlan plan() {
        return plan;
    }

    /// Credits that it was asked today.
    public long today() {
        return own.used();
    }

    /// Takes the credits for a call, if the plan has them.
    public boolean take(String method, long now) {
        return take(method, now, false);
    }

    /// As [#take], for a probe, before which calls wait.
    public boolean takeForProbe(String method, long now) {
        return take(method, now, true);
    }

    private boolean take(String method, long now, boolean isProbe) {
        long credits = plan.credits().of(method);
        if (!takeRate(credits, now, isProbe)) return false;
        if (!own.take(credits)) {
            giveBackRate(credits, now);
            return false;
        }
        if (shared != null && !shared.take(credits)) {
            own.giveBack(credits);
            giveBackRate(credits, now);
            return false;
        }
        own.tell();
        if (shared != null) shared.tell();
        return true;
    }

    /// The request was not sent after all.
    public void giveBack(String method, long now) {
        long credits = plan.credits().of(method);
        own.giveBack(credits);
        if (shared != null) shared.giveBack(credits);
        giveBackRate(credits, now);
    }

    /// Whether it has had all that it may be asked today.
    public boolean isSpent() {
        return own.isSpent() || (shared != null && shared.isSpent());
    }

    /// Until the day ends.
    public Duration untilTomorrow() {
        return own.untilTomorrow();
    }

    /// Nanoseconds until it may be asked; 0 when it may now.
    public long waitFor(String method, long now) {
        long credits = plan.credits().of(method);
        boolean isOver = !own.has(credits) || (shared != null && !shared.has(credits));
        if (isOver) return untilTomorrow().toNanos();
        return waitForRate(credits, now);
    }

    /// A probe waits for its turn, or no longer does.
    public void probeWaits(boolean on) {
        synchronized (rate) {
            rate.probes += on ? 1 : -1;
        }
    }

    private boolean takeRate(long credits, long now, boolean isProbe) {
        CallRate bound = plan.rate();
        if (bound == null) return true;
        synchronized (rate) {
            return (isProbe || rate.probes == 0) && window(bound, now).take(credits, now);
        }
    }

    private void giveBackRate(long credits, long now) {
        CallRate bound = plan.rate();
        if (bound == null) return;
        synchronized (rate) {
            window(bound, now).giveBack(credits, now);
        }
    }

    private long waitForRate(long credits, long now) {
        CallRate bound = plan.rate();
        if (bound == null) return 0;
        synchronized (rate) {
            long wait = window(bound, now).waitFor(credits, now);
            return wait == 0 && rate.probes > 0 ? SECOND / 20 : wait;
        }
    }

    private RateWindow window(CallRate bound, long now) {
        RateWindow known = rate.window;
        if (known != null && known.isOf(bound)) return known;
        var fresh = new RateWindow(bound, now);
        rate.window = fresh;
        return fresh;
    }
}
