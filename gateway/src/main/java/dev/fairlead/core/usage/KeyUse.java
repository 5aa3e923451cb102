package dev.fairlead.core.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What came of the calls of one key on one day of UTC; of all keys of a tenant together where `key` is [#ALL].
///
/// @param key its alias; of tokens that of the key that signed them
/// @param answered with a result, or with an error of a node
/// @param failed no node answered
/// @param refused by what for
/// @param credits that were taken of the tenant's day
/// @param lastAt when the last one ended that was not refused for an invalid key, to a second; null when that
/// is not known
public record KeyUse(
        String tenant,
        String key,
        LocalDate day,
        long answered,
        long failed,
        Map<String, Long> refused,
        long credits,
        @Nullable Instant lastAt) {
    /// No key is called so.
    public static final String ALL = "";

    public KeyUse {
        refused = Map.copyOf(refused);
    }

    public static KeyUse none(String tenant, String key, LocalDate day) {
        return new KeyUse(tenant, key, day, 0, 0, Map.of(), 0, null);
    }

    /// What it is on another day, of which nothing else is known.
    public KeyUse onAnother(LocalDate other) {
        return new KeyUse(tenant, key, other, 0, 0, Map.of(), 0, lastAt);
    }

    public long calls() {
        return answered + failed + refusals();
    }

    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isNone() {
        return calls() == 0 && credits == 0;
    }

    /// Both together, under the name of this one.
    public KeyUse plus(KeyUse other) {
        var all = new TreeMap<>(refused);
        other.refused.forEach((reason, calls) -> all.merge(reason, calls, Long::sum));
        return new KeyUse(
                tenant,
                key,
                day,
                answered + other.answered,
                failed + other.failed,
                all,
                credits + other.credits,
                later(lastAt, other.lastAt));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) return one == null ? other : one;
        return one.isAfter(other) ? one : other;
    }
}
