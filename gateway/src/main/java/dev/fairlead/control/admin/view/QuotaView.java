package dev.fairlead.control.admin.view;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.DayUse;
import java.util.Comparator;
import java.util.List;

/// What a tenant took of what it may take in a day.
///
/// @param daily how many credits it may take
/// @param percent of these, rounded down
public record QuotaView(String tenant, long credits, long daily, long percent) {
    private static final int NEAR = 75;
    private static final int MOST = 100;

    /// Those that took more than three quarters, the nearest to their end first; no more than a hundred.
    public static List<QuotaView> near(List<DayUse> today, AccessPolicy policy) {
        var quotas = policy.quotas();
        return today.stream()
                .filter(use -> quotas.containsKey(use.tenant()))
                .map(use -> of(use, quotas.getOrDefault(use.tenant(), 1L)))
                .filter(quota -> quota.percent >= NEAR)
                .sorted(Comparator.comparingLong(QuotaView::percent).reversed().thenComparing(QuotaView::tenant))
                .limit(MOST)
                .toList();
    }

    private static QuotaView of(DayUse use, long quota) {
        return new QuotaView(use.tenant(), use.credits(), quota, TenantUsageView.percent(use.credits(), quota));
    }
}
