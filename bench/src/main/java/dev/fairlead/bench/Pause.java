package dev.fairlead.bench;

import java.util.concurrent.locks.LockSupport;

/// Lets time pass.
final class Pause {
    private Pause() {}

    static void seconds(double seconds) {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime())
            LockSupport.parkNanos(left);
    }
}
