package dev.fairlead.data.dispatch;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The places that one node has for calls, over all event loops, and the calls that wait for one, in the order they
/// came. A place that becomes free is handed to the first in line. Lock-free.
final class WaitingLine {
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger length = new AtomicInteger();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /// A call that waits: either it is granted a place, on its own loop, or it gives up; never both.
    static final class Waiter {
        private final EventLoop loop;
        private final Runnable granted;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Waiter(EventLoop loop, Runnable granted) {
            this.loop = loop;
            this.granted = granted;
        }

        private boolean settle() {
            return settled.compareAndSet(false, true);
        }
    }

    int taken() {
        return taken.get();
    }

    int length() {
        return length.get();
    }

    boolean enter(int capacity) {
        if (taken.incrementAndGet() <= capacity) return true;
        taken.decrementAndGet();
        return false;
    }

    /// Gives a place back.
    void leave(int capacity) {
        if (waiters.isEmpty()) taken.decrementAndGet();
        else handOver();
        admit(capacity);
    }

    /// Joins the line unless it is `longest` long already.
    ///
    /// @param granted called on `loop` once there is a place, which then is the caller's to give back
    /// @return null when the line is too long
    @Nullable
    Waiter join(EventLoop loop, int longest, int capacity, Runnable granted) {
        if (length.incrementAndGet() > longest) {
            length.decrementAndGet();
            return null;
        }
        var waiter = new Waiter(loop, granted);
        waiters.add(waiter);
        admit(capacity);
        return waiter;
    }

    /// @return false when a place was granted already and [Waiter#granted] is on its way
    boolean giveUp(Waiter waiter) {
        if (!waiter.settle()) return false;
        length.decrementAndGet();
        waiters.remove(waiter);
        return true;
    }

    /// Closes the gap between "all places are taken" and "nobody is waiting", seen by two threads at once.
    private void admit(int capacity) {
        while (!waiters.isEmpty() && enter(capacity)) handOver();
    }

    private void handOver() {
        for (Waiter first = waiters.poll(); first != null; first = waiters.poll()) {
            if (!first.settle()) continue;
            length.decrementAndGet();
            first.loop.execute(first.granted);
            return;
        }
        taken.decrementAndGet();
    }
}
