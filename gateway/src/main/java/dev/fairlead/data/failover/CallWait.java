package dev.fairlead.data.failover;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.QueuedCall;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.routing.PlannedNode;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The wait of one call: for a place at a node, or for the end of a pause.
final class CallWait {
    private final RoutedCall routed;
    private final LoopDispatch dispatch;
    private @Nullable QueuedCall queued;
    private @Nullable ScheduledFuture<?> timer;
    private boolean isResting;

    CallWait(RoutedCall routed) {
        this.routed = routed;
        this.dispatch = routed.dispatch;
    }

    /// Waits in the queue for a place at that node.
    ///
    /// @param left called with the refusal for the client when there was no place in time
    void queue(PlannedNode planned, long now, Runnable granted, Consumer<Refused> left) {
        DispatchConfig bounds = routed.bounds;
        queued = QueuedCall.join(
                dispatch,
                planned,
                routed.call.client().peer(),
                routed.method.mayTakeLong(),
                bounds.queue(),
                Math.min(bounds.queueTime().toNanos(), routed.left(now)),
                granted,
                () -> left.accept(Refusals.full()),
                () -> left.accept(Refusals.moreThanItsShare()));
        if (queued == null) left.accept(Refusals.full());
    }

    void pause(long nanos, Runnable then) {
        timer = dispatch.later(
                () -> {
                    timer = null;
                    endRest();
                    then.run();
                },
                nanos);
    }

    /// The call's next pause lasts until nodes that asked to be left alone may be asked again.
    ///
    /// @return false when the allowed number of calls waits for that already
    boolean mayRest() {
        isResting = routed.chain.rests(routed.bounds.queue());
        return isResting;
    }

    void cancel() {
        if (queued != null) queued.cancel();
        if (timer != null) timer.cancel(false);
        endRest();
    }

    private void endRest() {
        if (isResting) routed.chain.rested();
        isResting = false;
    }
}
