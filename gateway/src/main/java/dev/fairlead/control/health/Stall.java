package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import java.util.Optional;

/// Recognises that a whole chain stands still: nobody is to blame, so the nodes keep serving, but somebody should know.
final class Stall {
    private Stall() {}

    /// @return when the chain last moved, if that is too long ago; a quiet chain may rest for as long as it likes
    static Optional<Instant> since(Head reference, LagClock clock, Probing probing, Instant now) {
        Instant moved = clock.moved().orElseGet(() -> earlier(reference.timestamp(), reference.seenAt()));
        boolean still = !probing.quiet() && moved.plus(Judge.oldHead(probing)).isBefore(now);
        return still ? Optional.of(moved) : Optional.empty();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
