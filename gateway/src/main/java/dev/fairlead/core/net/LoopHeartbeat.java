package dev.fairlead.core.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Checks, from one thread, that one event loop still runs its tasks. Only time counts in which the checking
/// thread was awake itself: a process that was stopped, or a machine that slept, does not mean a stuck loop.
final class LoopHeartbeat {
    /// A loop that has not answered for so long is stuck.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /// The longest time that one check may count for.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private volatile boolean seen = true;
    private long missing;

    /// Whether the loop has left a check without an answer for too long; asks again when it has answered.
    ///
    /// @param elapsed nanoseconds since the last check
    boolean isMissing(Executor loop, long elapsed) {
        if (!seen) {
            missing += Math.min(elapsed, LOOK.toNanos());
            return missing >= PATIENCE.toNanos();
        }
        missing = 0;
        seen = false;
        try {
            loop.execute(() -> seen = true);
        } catch (RejectedExecutionException _) {
            return true;
        }
        return false;
    }
}
