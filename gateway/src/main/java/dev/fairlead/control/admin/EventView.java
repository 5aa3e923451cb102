package dev.fairlead.control.admin;

import dev.fairlead.core.telemetry.Happening;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One happening of the recent past.
///
/// @param node `chain/name`
record EventView(
        long serial,
        Instant at,
        String kind,
        @Nullable String chain,
        @Nullable String node,
        String text) {
    static EventView of(Happening happening) {
        return new EventView(
                happening.serial(),
                happening.at(),
                happening.kind(),
                happening.chain(),
                happening.node(),
                happening.text());
    }
}
