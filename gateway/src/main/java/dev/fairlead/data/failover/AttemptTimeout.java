package dev.fairlead.data.failover;

import java.time.Duration;

/// How long one attempt may take, given what the call has left. Pure.
final class AttemptTimeout {
    /// So much earlier the last attempt ends, so that its outcome reaches the client before the call's time is
    /// over.
    static final long MARGIN = Duration.ofMillis(250).toNanos();

    private AttemptTimeout() {}

    /// @param usual for such an attempt
    /// @param left nanoseconds until the client gets an answer, whatever it is
    /// @param isRepeatable whether another node may be asked when no answer comes; if not, time is kept for a
    /// look-up
    static Duration of(Duration usual, long left, boolean isRepeatable) {
        long most = left;
        if (left > 2 * MARGIN) most = left - MARGIN;
        else if (!isRepeatable) most = left / 2;
        return usual.toNanos() <= most ? usual : Duration.ofNanos(most);
    }
}
