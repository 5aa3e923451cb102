package dev.fairlead.control.admin.view;

import dev.fairlead.core.telemetry.HistoryLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event of the recent past.
///
/// @param node `chain/name`
public record EventView(
        long serial,
        Instant at,
        String kind,
        @Nullable String chain,
        @Nullable String node,
        String text) {
    public static EventView of(HistoryLine historyLine) {
        return new EventView(
                historyLine.serial(),
                historyLine.at(),
                historyLine.kind(),
                historyLine.chain(),
                historyLine.node(),
                historyLine.text());
    }
}
