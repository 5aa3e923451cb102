package dev.fairlead.control.health;

import dev.fairlead.core.fleet.OwnListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one probe of one node saw.
sealed interface Sample {
    Instant at();

    /// @param latency of the question for the newest block alone
    record Seen(Block block, Identity identity, Hints hints, Duration latency, Instant at) implements Sample {
        Seen with(Hints newer) {
            return new Seen(block, identity, newer, latency, at);
        }
    }

    /// The node was not asked, for a lack of our own: nothing changes.
    record Unasked(Instant at) implements Sample {}

    /// The node's URL leads to this gateway itself.
    ///
    /// @param listener where it leads to, or null when that is not known
    record Itself(@Nullable OwnListener listener, Instant at) implements Sample {}

    record Silent(String cause, Instant at) implements Sample {}
}
