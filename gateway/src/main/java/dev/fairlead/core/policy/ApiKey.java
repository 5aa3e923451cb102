package dev.fairlead.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key with which a tenant calls. The key itself is shown once and not kept.
///
/// @param tenant whose it is
/// @param alias its name among the tenant's keys; stands in logs, metrics and events
/// @param prefix how the key begins, by which people recognise it
/// @param expiresAt null for never
public record ApiKey(
        String tenant,
        String alias,
        String prefix,
        KeyHash hash,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    /// Which texts may be keys, in a path or a header.
    public static final String FORM = "[A-Za-z0-9_-]{16,128}";

    /// How many characters of a key are its prefix.
    public static final int PREFIX = 8;

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
