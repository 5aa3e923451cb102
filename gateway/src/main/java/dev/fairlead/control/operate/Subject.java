package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.TenantPlan;
import org.jspecify.annotations.Nullable;

/// What an order is about, as it is now; or as it was, when it is gone.
public sealed interface Subject {
    record OfNode(Node node) implements Subject {}

    /// @param origin who declares it, or declared it
    record OfTenant(TenantPlan tenant, MergedTenants.Origin origin) implements Subject {}

    /// @param generated the key itself, which is shown this once; null where its owner brought it or it is not new
    record OfKey(ApiKey key, @Nullable String generated) implements Subject {
        /// Without the key itself.
        @Override
        public String toString() {
            return "OfKey[" + key.name() + "]";
        }
    }
}
