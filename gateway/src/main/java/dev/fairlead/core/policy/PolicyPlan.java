package dev.fairlead.core.policy;

import java.util.List;

/// All that is declared of callers, beside what stands at single chains.
///
/// @param general for all chains and tenants
/// @param limits besides those that `general` names
/// @param routes in the order in which they are looked at
public record PolicyPlan(
        GeneralPolicy general, List<Route> routes, List<Limit> limits, List<TenantPlan> tenants, List<ApiKey> keys) {
    public static final PolicyPlan NONE = new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of());

    public PolicyPlan {
        routes = List.copyOf(routes);
        tenants = List.copyOf(tenants);
        limits = List.copyOf(limits);
        keys = List.copyOf(keys);
    }

    public PolicyPlan(GeneralPolicy general, List<Route> routes, List<TenantPlan> tenants) {
        this(general, routes, List.of(), tenants, List.of());
    }
}
