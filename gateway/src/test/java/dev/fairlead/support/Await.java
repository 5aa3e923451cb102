package dev.fairlead.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits, within bounds, for what other threads and processes do.
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// Lets the others go on for a while: a story's time, in which things happen that cannot be waited for.
    public static void forAWhile(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime());
    }
}
