package dev.fairlead.control.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One order that was carried out. Holds no secret.
///
/// @param serial grows by one with every line; 0 until it is written
/// @param what `add`, `update`, `remove`, `cordon`, `uncordon`, `drain` or `reload`; `tenant-add`, `tenant-remove`,
/// `key-add`, `key-rotate` or `key-revoke`
/// @param node name within the chain
/// @param key its alias among those of the tenant
public record AuditLine(
        long serial,
        Instant at,
        String who,
        String what,
        @Nullable String chain,
        @Nullable String node,
        @Nullable String tenant,
        @Nullable String key,
        String details) {
    /// A line about no tenant.
    public AuditLine(
            long serial,
            Instant at,
            String who,
            String what,
            @Nullable String chain,
            @Nullable String node,
            String details) {
        this(serial, at, who, what, chain, node, null, null, details);
    }

    /// As it was written.
    public AuditLine numbered(long written) {
        return new AuditLine(written, at, who, what, chain, node, tenant, key, details);
    }
}
