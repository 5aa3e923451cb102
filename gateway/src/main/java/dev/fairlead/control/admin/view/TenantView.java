package dev.fairlead.control.admin.view;

import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.TenantPlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One tenant as it is shown.
///
/// @param origin `file`, `added` at run time, or `undeclared`: nothing but keys is left, and they are refused
/// @param keys how many it has, those that have expired included
/// @param addedAt null for a tenant of the file
/// @param preset what is open to it where no pattern says more; null for what is open to all
/// @param remarks on the order that this is the answer to; else empty
public record TenantView(
        String name,
        String origin,
        int keys,
        @Nullable Instant addedAt,
        @Nullable String preset,
        List<String> allow,
        List<String> deny,
        List<String> remarks) {
    public static TenantView of(TenantPlan tenant, MergedTenants all, List<String> remarks) {
        MethodPolicy methods = tenant.methods();
        return new TenantView(
                tenant.name(),
                all.origin(tenant.name()).name().toLowerCase(Locale.ROOT),
                all.keys().of(tenant.name()).size(),
                all.addedAt().get(tenant.name()),
                methods.preset() == null ? null : methods.preset().word(),
                texts(methods.allow()),
                texts(methods.deny()),
                remarks);
    }

    private static List<String> texts(List<MethodPattern> patterns) {
        return patterns.stream().map(MethodPattern::text).toList();
    }
}
