package dev.fairlead.control.operate;

import dev.fairlead.core.policy.TenantPlan;
import java.util.List;

/// The result of reading an order about a tenant's rules: the tenant as it will be, or every fault.
sealed interface TenantReading {
    record Sound(TenantPlan plan) implements TenantReading {}

    record Faulty(List<String> faults) implements TenantReading {}
}
