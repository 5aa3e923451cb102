package dev.fairlead.control.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One order that was carried out. Holds no secret.
///
/// @param serial grows by one with every line; 0 until it is written
/// @param what `add`, `update`, `remove`, `cordon`, `uncordon`, `drain` or `reload`
/// @param node name within the chain
public record AuditLine(
        long serial,
        Instant at,
        String who,
        String what,
        @Nullable String chain,
        @Nullable String node,
        String details) {}
