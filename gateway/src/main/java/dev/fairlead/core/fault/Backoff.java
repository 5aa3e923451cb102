package dev.fairlead.core.fault;

import java.time.Duration;

/// How long to wait before trying again: the first time, and twice as long each time after that, up to a
/// bound. Everything that is tried again waits by it.
///
/// @param first after one failure, unless that is longer than `longest`
public record Backoff(Duration first, Duration longest) {
    /// @param failures in a row, at least 1
    public long nanos(int failures) {
        long most = longest.toNanos();
        long wait = first.toNanos();
        for (int at = 1; at < failures && wait > 0 && wait < most; at++) wait = wait > most / 2 ? most : wait * 2;
        return Math.min(wait, most);
    }

    /// From half of a wait to all of it, so that many that failed at once do not come back at once.
    ///
    /// @param chance from 0 to 1
    public static long jittered(long nanos, double chance) {
        long half = nanos / 2;
        return half + (long) (chance * half);
    }
}
