package dev.fairlead.data.load;

import dev.fairlead.core.net.FairQueue;
import dev.fairlead.core.net.Peer;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The places that one node has for calls, over all event loops, and the calls that wait for one, by
/// [FairQueue]. A place that becomes free goes to the next call in the queue. While no call waits, nothing is
/// locked.
///
/// Slow calls have three quarters of the places at the most, and a queue of their own: whatever holds them up,
/// quick calls go on.
public final class NodeQueue {
    /// With fewer places none is kept for quick calls.
    private static final int FEW = 4;

    private final AtomicInteger taken = new AtomicInteger();
    /// Slow calls that are under way, or were granted a place that has not reached them.
    private final AtomicInteger slow = new AtomicInteger();
    /// Both are guarded by the lock of `quickWaiters`.
    private final FairQueue<Waiter> quickWaiters = new FairQueue<>();

    private final FairQueue<Waiter> slowWaiters = new FairQueue<>();
    private boolean slowIsNext;
    /// Written while they are locked.
    private volatile int length;

    /// A call that waits: it is granted a place, on its own loop, or gives up, or has to make room; exactly one of
    /// them.
    public static final class Waiter {
        private final EventLoop loop;
        private final Peer peer;
        private final boolean slow;
        private final Runnable granted;
        private final Runnable pushedOut;

        private Waiter(EventLoop loop, Peer peer, boolean slow, Runnable granted, Runnable pushedOut) {
            this.loop = loop;
            this.peer = peer;
            this.slow = slow;
            this.granted = granted;
            this.pushedOut = pushedOut;
        }
    }

    public int taken() {
        return taken.get();
    }

    public int length() {
        return length;
    }

    /// @param isSlow whether the call may take long
    public boolean enter(int capacity, boolean isSlow) {
        if (isSlow && slow.get() >= mostSlow(capacity)) return false;
        if (taken.incrementAndGet() <= capacity) return true;
        taken.decrementAndGet();
        return false;
    }

    /// A slow call begins; it has one of the places already.
    public void slowBegan() {
        slow.incrementAndGet();
    }

    public void slowEnded() {
        slow.decrementAndGet();
    }

    private static int mostSlow(int capacity) {
        return capacity < FEW ? capacity : capacity - capacity / 4;
    }

    /// Gives a place back.
    public void leave(int capacity) {
        if (length == 0) taken.decrementAndGet();
        else handOver(capacity);
        admit(capacity);
    }

    /// Joins the queue. When that has `longest` calls already, a call of the client that has most in it makes
    /// room, unless that client is `peer` itself.
    ///
    /// @param isSlow whether the call may take long
    /// @param granted called on `loop` once there is a place, which then is the caller's to give back
    /// @param pushedOut called on `loop` when it had to make room
    /// @return null when the queue is too long
    @Nullable
    public Waiter join(
            EventLoop loop,
            Peer peer,
            boolean isSlow,
            int longest,
            int capacity,
            Runnable granted,
            Runnable pushedOut) {
        var waiter = new Waiter(loop, peer, isSlow, granted, pushedOut);
        Waiter out = null;
        synchronized (quickWaiters) {
            if (quickWaiters.size() + slowWaiters.size() >= longest) {
                out = makeRoom(waiter, longest);
                if (out == null) return null;
            }
            line(isSlow).add(peer, waiter);
            count();
        }
        if (out != null) out.loop.execute(out.pushedOut);
        admit(capacity);
        return waiter;
    }

    /// When slow or quick calls fill more than half of the queue, one of them makes room for the other kind.
    private @Nullable Waiter makeRoom(Waiter newcomer, int longest) {
        FairQueue<Waiter> others = line(!newcomer.slow);
        return others.size() > longest / 2
                ? others.pushOut()
                : line(newcomer.slow).giveWay(newcomer.peer);
    }

    /// @return false when a place was granted already and [Waiter#granted] is on its way, or [Waiter#pushedOut]
    public boolean giveUp(Waiter waiter) {
        synchronized (quickWaiters) {
            boolean waited = line(waiter.slow).remove(waiter.peer, waiter);
            count();
            return waited;
        }
    }

    private FairQueue<Waiter> line(boolean isSlow) {
        return isSlow ? slowWaiters : quickWaiters;
    }

    private void count() {
        length = quickWaiters.size() + slowWaiters.size();
    }

    /// Closes the gap between "all places are taken" and "nobody is waiting", seen by two threads at once.
    private void admit(int capacity) {
        while (length > 0 && enter(capacity, false)) {
            if (!handOver(capacity)) return;
        }
    }

    /// @return false when no waiting call may have the place; then it is free
    private boolean handOver(int capacity) {
        Waiter next = next(capacity);
        if (next == null) taken.decrementAndGet();
        else next.loop.execute(next.slow ? () -> grantSlow(next) : next.granted);
        return next != null;
    }

    private void grantSlow(Waiter waiter) {
        slow.decrementAndGet();
        waiter.granted.run();
    }

    private @Nullable Waiter next(int capacity) {
        synchronized (quickWaiters) {
            boolean isSlow = isSlowNext(capacity);
            slowIsNext = !isSlow;
            Waiter next = line(isSlow).poll();
            if (next != null && isSlow) slow.incrementAndGet();
            count();
            return next;
        }
    }

    private boolean isSlowNext(int capacity) {
        boolean open = !slowWaiters.isEmpty() && slow.get() < mostSlow(capacity);
        return open && (slowIsNext || quickWaiters.isEmpty());
    }
}
