package dev.fairlead.control.admin.view;

import dev.fairlead.core.usage.KeyUse;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What came today of the calls of one key, or of all keys of its alias.
///
/// @param day such as `2026-01-31`, in UTC
/// @param answered with a result, or with an error of a node
/// @param failed no node answered
/// @param refused by what for
/// @param credits that they took of the tenant's day
/// @param lastUsedAt null when it was not used on the days that are kept
public record KeyUsageView(
        String tenant,
        String alias,
        String day,
        long calls,
        long answered,
        long failed,
        Map<String, Long> refused,
        long credits,
        @Nullable Instant lastUsedAt) {
    public static KeyUsageView of(KeyUse use) {
        return new KeyUsageView(
                use.tenant(),
                use.key(),
                use.day().toString(),
                use.calls(),
                use.answered(),
                use.failed(),
                new TreeMap<>(use.refused()),
                use.credits(),
                use.lastAt());
    }
}
