package dev.fairlead.core.net;

import java.time.Duration;

/// How long to wait before trying again: doubling from half a second to half a minute, spread so that many who lost
/// the same node do not come back at once.
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 6;

    private Backoff() {}

    /// @param failures in a row, at least 1
    /// @param chance from 0 to 1
    public static Duration after(int failures, double chance) {
        Duration full = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        long most = Math.min(full.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(most / 2 + (long) ((double) most / 2 * chance));
    }
}
