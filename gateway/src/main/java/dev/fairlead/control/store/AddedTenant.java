package dev.fairlead.control.store;

import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.TenantPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant that was added at run time, as it is kept.
///
/// @param orderedBy who gave the last order about it; null where an earlier version did not write it down
/// @param orderedAt when that was
public record AddedTenant(
        TenantPlan plan, Instant addedAt, @Nullable String orderedBy, Instant orderedAt) {
    /// With no rules of its own.
    public AddedTenant(String name, Instant addedAt) {
        this(new TenantPlan(name, MethodPolicy.NONE), addedAt, null, addedAt);
    }

    public String name() {
        return plan.name();
    }

    /// The same tenant with other rules.
    public AddedTenant ruled(TenantPlan rules, String who, Instant at) {
        return new AddedTenant(rules, addedAt, who, at);
    }
}
