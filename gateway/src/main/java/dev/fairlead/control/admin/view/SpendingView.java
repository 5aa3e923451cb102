package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.text.CallRates;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much a node may be asked, and what it was asked today.
///
/// @param rate such as `50/s`; null for no bound
/// @param daily credits in a day of UTC; null for no bound
/// @param credits what a request counts, by its method; 1 where nothing is said
/// @param today credits since 00:00 UTC; null where that is not counted
public record SpendingView(
        @Nullable String rate,
        @Nullable Long daily,
        Map<String, Long> credits,
        @Nullable Long today) {
    static SpendingView of(SpendingPlan plan, long today) {
        return new SpendingView(
                plan.rate() == null ? null : CallRates.show(plan.rate()),
                plan.daily() == 0 ? null : plan.daily(),
                new TreeMap<>(plan.credits().weights()),
                today < 0 ? null : today);
    }
}
