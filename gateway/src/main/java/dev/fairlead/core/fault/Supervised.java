package dev.fairlead.core.fault;

import java.util.concurrent.locks.LockSupport;

/// One loop that a [Supervisor] keeps going until it is stopped, all its life on one thread.
///
/// ```
/// started ──▶ running ──▶ over
///               │  ▲
///             died ─┘ after a pause
/// ```
public final class Supervised {
    private final Owner owner;
    private final Part part;
    private final Body body;
    private final Thread thread;
    private volatile boolean ending;
    private volatile boolean stopped;
    private volatile Crashes crashes = Crashes.NONE;

    Supervised(Owner owner, Part part, Thread.Builder thread, Body body) {
        this.owner = owner;
        this.part = part;
        this.body = body;
        this.thread = thread.unstarted(this::untilItIsOver);
    }

    /// What a supervised loop does. It is over when it returns, or when it is interrupted.
    public interface Body {
        void run() throws InterruptedException;
    }

    /// Is told on the loop's own thread what becomes of the loop.
    interface Owner {
        /// Must not throw. Memory may be used up, so that even a log line fails.
        void died(Supervised loop, Part part, Throwable fault);

        void over(Supervised loop);
    }

    public void start() {
        thread.start();
    }

    /// Interrupts the loop, wherever it is; returns at once.
    public void stop() {
        stopped = true;
        ending = true;
        thread.interrupt();
    }

    /// Waits until the loop, which was told to stop, has done what it still has to do.
    public void finish() {
        ending = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return thread.getName();
    }

    Crashes crashes() {
        return crashes;
    }

    private void untilItIsOver() {
        boolean over = false;
        while (!over) {
            boolean last = ending;
            over = ran() || last || stopped;
        }
        owner.over(this);
    }

    /// @return false when it died
    private boolean ran() {
        long startedAt = System.nanoTime();
        try {
            body.run();
            return true;
        } catch (InterruptedException _) {
            return true;
        } catch (RuntimeException | Error fault) {
            tell(startedAt, fault);
            pause();
            return false;
        }
    }

    private void tell(long startedAt, Throwable fault) {
        try {
            crashes = crashes.andOneMore(
                    startedAt, System.nanoTime(), fault.getClass().getSimpleName());
            owner.died(this, part, fault);
        } catch (RuntimeException | Error _) {
            return; // no memory is left to tell it with, and the loop must go on all the same
        }
    }

    /// Allocates nothing, because memory may be used up.
    private void pause() {
        long until = System.nanoTime() + crashes.pauseNanos();
        long left = until - System.nanoTime();
        while (left > 0 && !ending) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) return;
            left = until - System.nanoTime();
        }
    }
}
