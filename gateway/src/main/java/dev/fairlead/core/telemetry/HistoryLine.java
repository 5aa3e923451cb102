package dev.fairlead.core.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the gateway's recent past, for people.
///
/// @param serial grows by one with every event
/// @param kind `verdict`, `leader`, `stall`, `ejected`, `readmitted`, `panic`, `plans-spent`, `last-resort` or `order`
/// @param node `chain/name`, or null when it concerns no single node
public record HistoryLine(
        long serial,
        Instant at,
        String kind,
        @Nullable String chain,
        @Nullable String node,
        String text) {}
