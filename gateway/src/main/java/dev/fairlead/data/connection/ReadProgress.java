package dev.fairlead.data.connection;

import dev.fairlead.data.rpc.InFlightLimit;
import java.time.Duration;

/// Watches whether a client reads what waits for it.
final class ReadProgress {
    private static final long LEAST_A_SECOND = 64 * 1024;

    private long lastWaiting;
    private long lastProgress = System.nanoTime();
    private long since = lastProgress;
    private long takenBefore;
    private long taken;
    private long more;
    private boolean moves;
    private boolean isSlow;

    /// @param waiting bytes that the client could take
    /// @param written bytes that it was given so far
    void look(long now, long waiting, long written) {
        more = written - waiting - taken;
        moves = more >= InFlightLimit.A_LITTLE;
        taken += more;
        if (waiting < lastWaiting || more > 0 || waiting == 0) lastProgress = now;
        lastWaiting = waiting;
        if (waiting >= InFlightLimit.MUCH) return;
        isSlow = false;
        restart(now);
    }

    /// Bytes that it took between the last two looks.
    long took() {
        return more;
    }

    /// Whether it has taken more than next to nothing since the last look.
    boolean moves() {
        return moves;
    }

    /// Whether bytes wait for the client, and it has taken none of them for so long.
    boolean isStuck(long now, Duration patience) {
        return now - lastProgress > patience.toNanos();
    }

    /// Whether much waits for the client, and it has taken little of it in the last span of `patience`.
    boolean isSlow(long now, Duration patience) {
        long span = now - since;
        if (span <= patience.toNanos()) return isSlow;
        isSlow = taken - takenBefore < LEAST_A_SECOND * span / 1_000_000_000L;
        restart(now);
        return isSlow;
    }

    /// What waits is held up by what other streams have not taken: this time does not count.
    void excuse(long now) {
        lastProgress = now;
        isSlow = false;
        restart(now);
    }

    private void restart(long now) {
        since = now;
        takenBefore = taken;
    }
}
