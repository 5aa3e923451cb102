package dev.fairlead.control.admin.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway as a whole.
///
/// @param declared version of what is declared
/// @param fleet version of the Fleet
/// @param memory what is held for clients and nodes
/// @param fault why the process should be started again, or null
/// @param errors faults of its own since the start
/// @param tenants how many there are
/// @param keys of all of them
/// @param limits how many are declared, those of tenants included
/// @param nearQuota tenants that took more than three quarters of their day
/// @param tokenKeys of tenants that take tokens, a hundred at the most
/// @param redis null where each gateway counts for itself
public record StatusView(
        String version,
        Instant startedAt,
        long uptimeSeconds,
        long declared,
        long fleet,
        MemoryView memory,
        @Nullable String fault,
        long errors,
        int tenants,
        int keys,
        int limits,
        List<QuotaView> nearQuota,
        List<TokenKeysView> tokenKeys,
        @Nullable RedisView redis,
        List<ChainView> chains) {}
