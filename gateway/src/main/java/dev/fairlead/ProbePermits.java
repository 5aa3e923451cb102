package dev.fairlead;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.load.Spending;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What probes take of nodes' plans: as much as any call. For room in a rate they wait, and calls let them go first;
/// of a day that is used up they get nothing.
record ProbePermits(Spending spending) {
    /// Blocks; for virtual threads alone.
    ///
    /// @return null when the probe may be sent now, else why not
    @Nullable
    String await(NodeId node, String method, Duration longest) throws InterruptedException {
        NodeSpending plan = spending.of(node);
        if (plan == null || plan.takeForProbe(method, System.nanoTime())) return null;
        long until = System.nanoTime() + longest.toNanos();
        plan.probeWaits(true);
        try {
            while (true) {
                long now = System.nanoTime();
                if (plan.takeForProbe(method, now)) return null;
                long wait = Math.max(1_000_000, plan.waitFor(method, now));
                if (wait > until - now) return why(plan);
                Thread.sleep(Duration.ofNanos(wait));
            }
        } finally {
            plan.probeWaits(false);
        }
    }

    private static String why(NodeSpending plan) {
        return plan.isSpent()
                ? "has had all that its plan allows today; days begin at 00:00 UTC"
                : "has had as much as the rate of its plan allows";
    }
}
