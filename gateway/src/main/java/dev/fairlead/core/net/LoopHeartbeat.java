package dev.fairlead.core.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The life signs of one event loop, looked for by one thread. Only time in which that thread was awake itself counts:
/// a process that was stopped, or a machine that slept, is not a loop that is stuck.
final class LoopHeartbeat {
    /// Without a sign for so long, a loop is stuck.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What one look counts for at the most.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private volatile boolean seen = true;
    private long missing;

    /// Whether the sign that was asked for has been missing for too long; asks for the next one when it came.
    ///
    /// @param elapsed nanoseconds since the last look
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
