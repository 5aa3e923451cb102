package dev.fairlead.data.connection;

import java.time.Duration;

/// Notices an answer that has begun and does not go on although nothing holds it up. Its client, the nodes
/// that are read and the calls each have a deadline of their own; an answer that waits for none of them stands
/// still because of a fault of ours.
final class Standstill {
    static final Duration PATIENCE = Duration.ofSeconds(3);
    /// Several looks, because a process that was stopped for a while looks at the clock before it does
    /// anything else.
    static final int LOOKS = 8;

    private long since;
    private int looks;
    private long written = -1;

    /// @param writtenSoFar bytes that left for the client
    /// @param kept whether it waits for its client, or for a node or a call
    boolean look(long now, long writtenSoFar, boolean kept) {
        if (kept || writtenSoFar != written) {
            written = writtenSoFar;
            since = now;
            looks = 0;
            return false;
        }
        looks++;
        return looks >= LOOKS && now - since > PATIENCE.toNanos();
    }
}
