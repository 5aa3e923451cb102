package dev.fairlead.data.limit.shared;

import dev.fairlead.data.limit.shared.LeasedBucket.Partners;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What is known of Redis and of the other gateways: one writer, any number of readers.
final class SharedView implements Partners {
    /// A Redis that lost what it knew counts those again that have called since: all of them do within this time.
    private static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Consumer<LeasedBucket> asks;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean isReached;
    private volatile int gateways;
    /// When as many as are known were last counted.
    private long countedAt;
    private boolean isCounted;
    /// Of the clock of Redis, less [System#nanoTime].
    private volatile long ahead = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    SharedView(int gateways, Consumer<LeasedBucket> asks) {
        this.gateways = gateways;
        this.asks = asks;
    }

    void heard(int counted, long millis, long at) {
        if (!isCounted || counted >= gateways || at - countedAt >= COUNTED_NANOS) {
            gateways = Math.max(1, counted);
            countedAt = at;
            isCounted = true;
        }
        ahead = TimeUnit.MILLISECONDS.toNanos(millis) - at;
        isReached = true;
        tried.countDown();
    }

    void lost() {
        isReached = false;
        tried.countDown();
    }

    void await(Duration atMost) {
        try {
            boolean _ = tried.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isReached() {
        return isReached;
    }

    @Override
    public int gateways() {
        return gateways;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos + ahead);
    }

    @Override
    public void ask(LeasedBucket bucket) {
        asks.accept(bucket);
    }
}
