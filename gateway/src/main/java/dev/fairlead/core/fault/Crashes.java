package dev.fairlead.core.fault;

import java.time.Duration;

/// How often a loop has died without having lived for a while in between, and what follows from that.
///
/// @param at `System.nanoTime()` of the last one
/// @param last what it died of; everybody may see it, so it is no more than a name
record Crashes(int inARow, long at, String last) {
    static final Crashes NONE = new Crashes(0, 0, "");

    /// A loop that runs for so long counts as healthy.
    static final Duration STEADY = Duration.ofSeconds(30);
    /// After so many crashes, another start is no use.
    static final int MOST = 5;

    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /// @param startedAt when the loop was started the last time
    Crashes andOneMore(long startedAt, long now, String cause) {
        boolean steady = now - startedAt >= STEADY.toNanos();
        return new Crashes(steady ? 1 : inARow + 1, now, cause);
    }

    /// How long to wait before the loop is started anew.
    long pauseNanos() {
        return PAUSES.nanos(inARow);
    }

    boolean areTooMany(long now) {
        return inARow >= MOST && !areOver(now);
    }

    /// Whether the loop has gone on since for long enough.
    boolean areOver(long now) {
        return inARow == 0 || now - at >= STEADY.toNanos();
    }
}
