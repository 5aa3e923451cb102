package dev.fairlead.core.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What came of fetching one set of keys so far.
///
/// @param goodAt when it was fetched last; null before the first time
/// @param keys how many there are
/// @param inARow failures since then
/// @param failures since the start
/// @param fault why it could not be fetched the last time; null when it could
/// @param told reasons that were told since it was fetched last; few
public record KeySetState(
        @Nullable Instant goodAt,
        int keys,
        int inARow,
        long failures,
        @Nullable String fault,
        Set<String> told) {
    public static final KeySetState NEW = new KeySetState(null, 0, 0, 0, null, Set.of());

    private static final int MOST_TOLD = 8;

    public KeySetState {
        told = Set.copyOf(told);
    }

    public KeySetState fetched(int found, Instant now) {
        return new KeySetState(now, found, 0, failures, null, Set.of());
    }

    public KeySetState failed(String why) {
        return new KeySetState(goodAt, keys, inARow + 1, failures + 1, why, isTold(why) ? told : with(why));
    }

    /// Whether there is nothing new to say of that reason.
    public boolean isTold(String why) {
        return told.contains(why) || told.size() >= MOST_TOLD;
    }

    private Set<String> with(String why) {
        var all = new HashSet<>(told);
        all.add(why);
        return all;
    }

    public @Nullable Duration age(Instant now) {
        return goodAt == null ? null : Duration.between(goodAt, now);
    }
}
