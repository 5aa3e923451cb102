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
        List<ChainView> chains) {}
