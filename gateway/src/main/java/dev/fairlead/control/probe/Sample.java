package dev.fairlead.control.probe;

import dev.fairlead.core.fleet.OwnListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one probe of one node saw.
public sealed interface Sample {
    Instant at();

    /// @param latency of the question for the newest block alone
    record Seen(SeenBlock block, Identity identity, SelfReport selfReport, Duration latency, Instant at)
            implements Sample {
        public Seen with(SelfReport newer) {
            return new Seen(block, identity, newer, latency, at);
        }
    }

    /// The node was not asked, for a lack of the gateway's own: nothing changes.
    record Unasked(Instant at) implements Sample {}

    /// The node was not asked, because its plan is used up.
    record Spent(String cause, Instant at) implements Sample {}

    /// The node's URL leads to this gateway itself.
    ///
    /// @param listener where it leads to, or null when that is not known
    record Itself(@Nullable OwnListener listener, Instant at) implements Sample {}

    record Silent(String cause, Instant at) implements Sample {}
}
