package dev.fairlead.control.health;

import java.time.Instant;

/// Whether a node could show that its blocks follow the head that the others agree on.
sealed interface Descent {
    Instant at();

    /// @param height of the block that follows
    record Proven(long height, Instant at) implements Descent {}

    /// Its claim is empty: it has no such block, or its own blocks do not fit together.
    record Disproven(String reason, Instant at) implements Descent {}

    /// Its blocks fit together, but on another branch.
    record Elsewhere(long height, Instant at) implements Descent {}

    /// It would not tell.
    record Untold(Instant at) implements Descent {}
}
