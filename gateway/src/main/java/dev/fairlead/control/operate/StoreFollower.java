package dev.fairlead.control.operate;

import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Checks from time to time whether another gateway with the same store was given orders: during a rolling
/// restart two of them run side by side.
public final class StoreFollower implements AutoCloseable {
    private final Operator operator;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Faults faults;
    private final Supervised loop;

    public StoreFollower(Operator operator, Duration every, Supervisor supervisor) {
        this.operator = operator;
        this.every = every;
        this.faults = supervisor.faults();
        this.loop = supervisor.loop(Part.FOLLOWER, Thread.ofVirtual().name("follower"), this::follow);
    }

    public void start() {
        loop.start();
    }

    private void follow() throws InterruptedException {
        while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) look();
    }

    private void look() {
        try {
            operator.refresh();
        } catch (StoreFailure failure) { // the next look may succeed
            faults.fault(Part.FOLLOWER, "other gateways' orders cannot be read", failure);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        loop.finish();
    }
}
