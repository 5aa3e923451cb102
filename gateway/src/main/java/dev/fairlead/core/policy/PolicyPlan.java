package dev.fairlead.core.policy;

import java.util.List;

/// All that is declared of callers, beside what stands at single chains.
///
/// @param everybody for every chain and tenant
/// @param routes in the order in which they are looked at
public record PolicyPlan(CallerPolicy everybody, List<Route> routes, List<TenantPlan> tenants, List<ApiKey> keys) {
    public static final PolicyPlan NONE = new PolicyPlan(CallerPolicy.NONE, List.of(), List.of(), List.of());

    public PolicyPlan {
        routes = List.copyOf(routes);
        tenants = List.copyOf(tenants);
        keys = List.copyOf(keys);
    }

    public PolicyPlan(CallerPolicy everybody, List<Route> routes, List<TenantPlan> tenants) {
        this(everybody, routes, tenants, List.of());
    }
}
