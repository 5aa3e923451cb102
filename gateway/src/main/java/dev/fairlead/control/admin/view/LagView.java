package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Lag;
import org.jspecify.annotations.Nullable;

/// Distance behind the reference, in both units; negative blocks are ahead.
public record LagView(long blocks, long seconds) {
    /// Null where there is nothing to compare.
    static @Nullable LagView of(@Nullable Lag lag) {
        return lag == null ? null : new LagView(lag.blocks(), lag.time().toSeconds());
    }
}
