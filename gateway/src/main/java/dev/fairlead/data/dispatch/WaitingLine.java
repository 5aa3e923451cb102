package dev.fairlead.data.dispatch;

import dev.fairlead.core.upstream.Peer;
import dev.fairlead.core.upstream.Turns;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The places that one node has for calls, over all event loops, and the calls that wait for one, by [Turns]. A place
/// that becomes free is handed to the next in line. While nobody waits, nothing is locked.
final class WaitingLine {
    private final AtomicInteger taken = new AtomicInteger();
    /// Guarded by itself.
    private final Turns<Waiter> waiters = new Turns<>();
    /// Written while that is locked.
    private volatile int length;

    /// A call that waits: it is granted a place, on its own loop, or gives up, or has to make room; exactly one of
    /// them.
    static final class Waiter {
        private final EventLoop loop;
        private final Peer peer;
        private final Runnable granted;
        private final Runnable pushedOut;

        private Waiter(EventLoop loop, Peer peer, Runnable granted, Runnable pushedOut) {
            this.loop = loop;
            this.peer = peer;
            this.granted = granted;
            this.pushedOut = pushedOut;
        }
    }

    int taken() {
        return taken.get();
    }

    int length() {
        return length;
    }

    boolean enter(int capacity) {
        if (taken.incrementAndGet() <= capacity) return true;
        taken.decrementAndGet();
        return false;
    }

    /// Gives a place back.
    void leave(int capacity) {
        if (length == 0) taken.decrementAndGet();
        else handOver();
        admit(capacity);
    }

    /// Joins the line. When that is `longest` long already, one of whoever has most in it makes room, unless that is
    /// `peer` itself.
    ///
    /// @param granted called on `loop` once there is a place, which then is the caller's to give back
    /// @param pushedOut called on `loop` when it had to make room
    /// @return null when the line is too long
    @Nullable
    Waiter join(EventLoop loop, Peer peer, int longest, int capacity, Runnable granted, Runnable pushedOut) {
        var waiter = new Waiter(loop, peer, granted, pushedOut);
        Waiter out = null;
        synchronized (waiters) {
            if (waiters.size() >= longest) {
                out = waiters.giveWay(peer);
                if (out == null) return null;
            }
            waiters.add(peer, waiter);
            length = waiters.size();
        }
        if (out != null) out.loop.execute(out.pushedOut);
        admit(capacity);
        return waiter;
    }

    /// @return false when a place was granted already and [Waiter#granted] is on its way, or [Waiter#pushedOut]
    boolean giveUp(Waiter waiter) {
        synchronized (waiters) {
            boolean waited = waiters.remove(waiter.peer, waiter);
            length = waiters.size();
            return waited;
        }
    }

    /// Closes the gap between "all places are taken" and "nobody is waiting", seen by two threads at once.
    private void admit(int capacity) {
        while (length > 0 && enter(capacity)) handOver();
    }

    private void handOver() {
        Waiter next = next();
        if (next == null) taken.decrementAndGet();
        else next.loop.execute(next.granted);
    }

    private @Nullable Waiter next() {
        synchronized (waiters) {
            Waiter next = waiters.poll();
            length = waiters.size();
            return next;
        }
    }
}
