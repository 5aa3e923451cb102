package dev.fairlead.control.admin.view;

import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.control.operate.MergedTenants.Origin;
import dev.fairlead.core.policy.ApiKey;
import java.time.Instant;
import java.util.Locale;

/// Whether calls with a key are let through.
public enum KeyState {
    VALID,
    EXPIRED,
    /// Its tenant is not declared any more.
    REFUSED;

    public static KeyState of(ApiKey key, MergedTenants tenants, Instant now) {
        if (tenants.origin(key.tenant()) == Origin.UNDECLARED) return REFUSED;
        return key.isExpired(now) ? EXPIRED : VALID;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
