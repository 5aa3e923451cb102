package dev.fairlead.data.rpc;

import dev.fairlead.data.call.Refusal;

/// A message with calls: one call, or a batch of them. Each call takes one of its connection's places.
public non-sealed interface CallOrBatch extends Message {
    /// Whether there are calls that have not started yet.
    boolean hasMore();

    /// Whether the next call may start while others of this message are under way.
    default boolean mayGoOn() {
        return true;
    }

    /// Whether calls still wait for their answers although the answer of the whole has begun.
    default boolean isAwaited() {
        return false;
    }

    /// Starts the next call, in a place that was taken for it.
    void next();

    /// Answers the exchange if no call is left to wait for.
    void settle();

    /// Answers everything that has no answer yet.
    void refuse(Refusal why, String detail);

    /// The client is gone.
    void abandon();
}
