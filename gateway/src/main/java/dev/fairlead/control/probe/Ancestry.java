package dev.fairlead.control.probe;

import java.time.Instant;

/// Whether a node could show that its blocks follow the head that the others agree on.
public sealed interface Ancestry {
    Instant at();

    /// @param height of the block that follows
    record Proven(long height, Instant at) implements Ancestry {}

    /// Its claim is empty: it shows no block at all above that head, or one that does not follow from it although its
    /// other blocks follow from each other.
    record Disproven(String reason, Instant at) implements Ancestry {}

    /// Its blocks fit together, but on another branch.
    record Elsewhere(long height, Instant at) implements Ancestry {}

    /// The node did not tell.
    record Untold(Instant at) implements Ancestry {}
}
