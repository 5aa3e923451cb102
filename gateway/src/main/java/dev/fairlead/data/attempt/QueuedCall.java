package dev.fairlead.data.attempt;

import dev.fairlead.core.net.Peer;
import dev.fairlead.data.load.NodeQueue;
import dev.fairlead.data.load.NodeQueue.Waiter;
import dev.fairlead.data.routing.PlannedNode;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/// One call in the queue of a node, until it gets a place, its time is over, it makes room for others, or its
/// client goes away.
public final class QueuedCall {
    private final LoopDispatch dispatch;
    private final PlannedNode planned;
    private final Runnable granted;
    private final Runnable tooLong;
    private final Runnable pushedOut;
    private @Nullable Waiter waiter;
    private @Nullable ScheduledFuture<?> timer;
    private boolean over;

    private QueuedCall(
            LoopDispatch dispatch, PlannedNode planned, Runnable granted, Runnable tooLong, Runnable pushedOut) {
        this.dispatch = dispatch;
        this.planned = planned;
        this.granted = granted;
        this.tooLong = tooLong;
        this.pushedOut = pushedOut;
    }

    /// @return null when the queue is too long; then nothing will be called
    public static @Nullable QueuedCall join(
            LoopDispatch dispatch,
            PlannedNode planned,
            Peer peer,
            boolean isSlow,
            int longest,
            long nanos,
            Runnable granted,
            Runnable tooLong,
            Runnable pushedOut) {
        var queued = new QueuedCall(dispatch, planned, granted, tooLong, pushedOut);
        return queued.join(peer, isSlow, longest, nanos) ? queued : null;
    }

    /// A place that was granted at the same moment is given back when it arrives.
    public void cancel() {
        if (over) return;
        end();
        if (waiter != null && places().giveUp(waiter)) waiter = null;
    }

    private boolean join(Peer peer, boolean isSlow, int longest, long nanos) {
        waiter = places().join(dispatch.loop(), peer, isSlow, longest, capacity(), this::granted, this::pushedOut);
        if (waiter == null) return false;
        timer = dispatch.later(this::timeIsOver, Math.max(0, nanos));
        return true;
    }

    private void granted() {
        if (over) {
            places().leave(capacity());
            return;
        }
        end();
        granted.run();
    }

    private void pushedOut() {
        if (over) return;
        end();
        pushedOut.run();
    }

    private void timeIsOver() {
        if (over || waiter == null || !places().giveUp(waiter)) return;
        end();
        tooLong.run();
    }

    private void end() {
        over = true;
        if (timer != null) timer.cancel(false);
    }

    private NodeQueue places() {
        return planned.candidate().load().places();
    }

    private int capacity() {
        return planned.candidate().node().capacity();
    }
}
