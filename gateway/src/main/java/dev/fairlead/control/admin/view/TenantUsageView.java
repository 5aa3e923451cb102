package dev.fairlead.control.admin.view;

import dev.fairlead.core.usage.KeyUse;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one tenant took of one day of UTC, all its keys together. `public` are callers without a key.
///
/// @param day such as `2026-01-31`
/// @param credits null for callers without a key, of whom no day is counted
/// @param daily how many it may take; null for no bound, and for days that are over
/// @param percent of these, rounded down; null without a bound
/// @param left how many it has left; null without a bound
/// @param resetsAt when the next day begins; null for days that are over
/// @param answered with a result, or with an error of a node
/// @param failed no node answered
/// @param refused by what for: `limited`, `day-spent`, `method-not-found`, …
public record TenantUsageView(
        String tenant,
        String day,
        @Nullable Long credits,
        @Nullable Long daily,
        @Nullable Long percent,
        @Nullable Long left,
        @Nullable Instant resetsAt,
        long calls,
        long answered,
        long failed,
        Map<String, Long> refused) {
    /// Of a day that is over.
    public static TenantUsageView past(KeyUse use, @Nullable Long credits) {
        return new TenantUsageView(
                use.tenant(),
                use.day().toString(),
                credits,
                null,
                null,
                null,
                null,
                use.calls(),
                use.answered(),
                use.failed(),
                new TreeMap<>(use.refused()));
    }

    /// Of today.
    ///
    /// @param quota how many credits the tenant may take; 0 is no bound
    public static TenantUsageView today(KeyUse use, @Nullable Long credits, long quota, Instant tomorrow) {
        TenantUsageView past = past(use, credits);
        if (quota == 0 || credits == null) return past.until(tomorrow, null, null, null);
        return past.until(tomorrow, quota, percent(credits, quota), Math.max(0, quota - credits));
    }

    private TenantUsageView until(Instant tomorrow, @Nullable Long quota, @Nullable Long share, @Nullable Long rest) {
        return new TenantUsageView(
                tenant, day, credits, quota, share, rest, tomorrow, calls, answered, failed, refused);
    }

    static long percent(long credits, long quota) {
        return Math.floorDiv(Math.multiplyExact(credits, 100), quota);
    }
}
