package dev.fairlead.control.admin.view;

import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.control.operate.MergedTenants.Origin;
import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.CallRates;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One tenant as it is shown.
///
/// @param origin `file`, `added` at run time, or `undeclared`: nothing but keys is left, and they are refused
/// @param keys how many it has, those that have expired included
/// @param place where its rules stand: `fairlead.toml:12`, or by which order; null where that is not known
/// @param addedAt null for a tenant of the file
/// @param preset what is open to it where no pattern says more; null for what is open to all
/// @param rate `100/s`; null for no bound of its own
/// @param burst how much at once; null for as much as the rate has
/// @param daily credits in a day of UTC; null for no bound
/// @param further rules that only the file can give it
/// @param remarks on the order that this is the answer to; else empty
public record TenantView(
        String name,
        String origin,
        int keys,
        @Nullable String place,
        @Nullable Instant addedAt,
        @Nullable String preset,
        List<String> allow,
        List<String> deny,
        @Nullable String rate,
        @Nullable Long burst,
        @Nullable Long daily,
        List<RuleView> further,
        List<String> remarks) {
    public static TenantView of(TenantPlan tenant, MergedTenants all, List<String> remarks) {
        return of(tenant, all.origin(tenant.name()), all, remarks);
    }

    /// @param origin who declares it, or declared it before it was removed
    public static TenantView of(TenantPlan tenant, Origin origin, MergedTenants all, List<String> remarks) {
        MethodPolicy methods = tenant.methods();
        CallRate rate = tenant.rate();
        AddedTenant added = all.added().get(tenant.name());
        String place = all.placeOf("tenants." + tenant.name());
        return new TenantView(
                tenant.name(),
                origin.name().toLowerCase(Locale.ROOT),
                all.keys().of(tenant.name()).size(),
                place.isEmpty() ? null : place,
                added == null ? null : added.addedAt(),
                methods.preset() == null ? null : methods.preset().word(),
                texts(methods.allow()),
                texts(methods.deny()),
                rate == null ? null : CallRates.show(rate),
                tenant.burst(),
                tenant.daily() == 0 ? null : tenant.daily(),
                RuleView.of(tenant, all::placeOf),
                remarks);
    }

    private static List<String> texts(List<MethodPattern> patterns) {
        return patterns.stream().map(MethodPattern::text).toList();
    }
}
