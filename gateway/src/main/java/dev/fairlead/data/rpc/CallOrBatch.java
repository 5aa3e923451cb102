package dev.fairlead.data.rpc;

import dev.fairlead.data.call.Refusal;

/// What one message asks of the way: a call, or a batch of them, each of which takes one of its connection's
/// places.
public non-sealed interface CallOrBatch extends Message {
    /// Whether there are calls that were not sent on their way yet.
    boolean hasMore();

    /// Whether the next one may be sent while others of this message are under way.
    default boolean mayGoOn() {
        return true;
    }

    /// Whether calls still wait for their answers although the answer of the whole has begun.
    default boolean isAwaited() {
        return false;
    }

    /// Sends the next one on its way, in a place that was taken for it.
    void next();

    /// Answers the exchange if nothing is left to wait for.
    void settle();

    /// Answers everything that has no answer yet.
    void refuse(Refusal why, String detail);

    /// The client is gone.
    void abandon();
}
