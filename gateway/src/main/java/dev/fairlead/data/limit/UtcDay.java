package dev.fairlead.data.limit;

import java.time.Duration;
import java.time.InstantSource;

/// The days by which quotas are counted: each begins at 00:00 UTC.
public record UtcDay(InstantSource clock) {
    private static final long SECONDS = Duration.ofDays(1).toSeconds();

    /// Counted from 1970.
    public long today() {
        return Math.floorDiv(clock.millis(), SECONDS * 1_000);
    }

    /// Until the day ends.
    public Duration untilTomorrow() {
        return Duration.ofSeconds(SECONDS - Math.floorMod(clock.instant().getEpochSecond(), SECONDS));
    }
}
