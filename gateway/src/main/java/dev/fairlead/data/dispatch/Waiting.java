package dev.fairlead.data.dispatch;

import dev.fairlead.core.upstream.Peer;
import dev.fairlead.data.dispatch.WaitingLine.Waiter;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/// One call in the line of a node: it gets a place, or the time is over, or it makes room for others, or its client
/// goes away.
final class Waiting {
    private final Lane lane;
    private final Step step;
    private final Runnable granted;
    private final Runnable tooLong;
    private final Runnable pushedOut;
    private @Nullable Waiter waiter;
    private @Nullable ScheduledFuture<?> timer;
    private boolean over;

    private Waiting(Lane lane, Step step, Runnable granted, Runnable tooLong, Runnable pushedOut) {
        this.lane = lane;
        this.step = step;
        this.granted = granted;
        this.tooLong = tooLong;
        this.pushedOut = pushedOut;
    }

    /// @return null when the line is too long; then nothing will be called
    static @Nullable Waiting join(
            Lane lane,
            Step step,
            Peer peer,
            boolean isSlow,
            int longest,
            long nanos,
            Runnable granted,
            Runnable tooLong,
            Runnable pushedOut) {
        var waiting = new Waiting(lane, step, granted, tooLong, pushedOut);
        return waiting.join(peer, isSlow, longest, nanos) ? waiting : null;
    }

    /// A place that was granted at the same moment is given back when it arrives.
    void cancel() {
        if (over) return;
        end();
        if (waiter != null && places().giveUp(waiter)) waiter = null;
    }

    private boolean join(Peer peer, boolean isSlow, int longest, long nanos) {
        waiter = places().join(lane.loop(), peer, isSlow, longest, capacity(), this::granted, this::pushedOut);
        if (waiter == null) return false;
        timer = lane.later(this::timeIsOver, Math.max(0, nanos));
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

    private WaitingLine places() {
        return step.candidate().load().places();
    }

    private int capacity() {
        return step.candidate().node().capacity();
    }
}
