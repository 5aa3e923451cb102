package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import java.util.Optional;

/// Recognises that a whole chain stands still. No node is to blame, so all keep serving, but the operator
/// should know.
final class ChainStall {
    private ChainStall() {}

    /// A chain must be seen to stand still: an old head at the start says nothing yet, and a test chain may
    /// have rested for years. A quiet chain may rest for as long as it likes.
    ///
    /// @return when the chain last moved, if it has not for too long
    static Optional<Instant> since(Head reference, LagClock clock, Probing probing, Instant now) {
        Instant watched = clock.moved().orElse(reference.seenAt());
        boolean still = !probing.quiet() && watched.plus(Judge.oldHead(probing)).isBefore(now);
        if (!still) return Optional.empty();
        return Optional.of(clock.moved().orElseGet(() -> earlier(reference.timestamp(), watched)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
