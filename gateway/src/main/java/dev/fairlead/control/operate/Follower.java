package dev.fairlead.control.operate;

import dev.fairlead.control.store.StoreFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks from time to time whether another gateway over the same store was given orders: during a rolling restart two
/// of them run side by side.
public final class Follower implements AutoCloseable {
    private final Operator operator;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("follower").unstarted(this::follow);

    public Follower(Operator operator, Duration every) {
        this.operator = operator;
        this.every = every;
    }

    public void start() {
        thread.start();
    }

    private void follow() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) look();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            operator.refresh();
        } catch (StoreFailure _) {
            // The next look may succeed, and the next order tells its operator if it does not.
            return;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
