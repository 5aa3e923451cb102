package dev.fairlead.control.admin;

import java.time.Instant;
import java.util.List;

/// The gateway as a whole.
///
/// @param declared version of what is declared
/// @param fleet version of the Fleet
/// @param memory what is held for clients and nodes
record StatusView(
        String version,
        Instant startedAt,
        long uptimeSeconds,
        long declared,
        long fleet,
        MemoryView memory,
        List<ChainView> chains) {}
