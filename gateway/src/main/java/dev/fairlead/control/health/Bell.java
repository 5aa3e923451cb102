package dev.fairlead.control.health;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes one sleeper. A ring while it is awake is kept for its next sleep.
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean kept;

    void ring() {
        lock.lock();
        try {
            kept = true;
            rung.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sleeps until rung, for this long at most.
    boolean await(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = longest.toNanos();
            while (!kept && left > 0) left = rung.awaitNanos(left);
            boolean was = kept;
            kept = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
