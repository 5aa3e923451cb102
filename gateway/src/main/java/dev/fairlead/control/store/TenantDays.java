package dev.fairlead.control.store;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.usage.KeyUse;
import java.util.List;

/// What tenants took of their days.
///
/// @param credits of their quota, by tenant and day
/// @param calls all keys of a tenant together, by tenant and day
public record TenantDays(List<DayUse> credits, List<KeyUse> calls) {}
