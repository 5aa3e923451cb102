package dev.fairlead.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that other processes do.
final class Await {
    private Await() {}

    static void until(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// Lets the others go on for a while: a story's time, in which things happen that cannot be waited for.
    static void forAWhile(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime());
    }
}
