package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Since when a node has had the verdict that is shown; a restart does not interrupt it when the node is found
/// with the same verdict.
///
/// @param at when the shown verdict's word last changed
/// @param lastKnown how the node was before the start; null once the first look at its chain is over
record Since(Instant at, @Nullable LastKnown lastKnown) {
    /// @param first whether the first look at the chain is still under way, so that no verdict is settled
    Since next(Verdict before, Verdict after, boolean first, Instant now) {
        String word = after.word();
        LastKnown kept = first ? lastKnown : null;
        if (kept != null && kept.verdict().equals(word)) return new Since(kept.since(), kept);
        return new Since(before.word().equals(word) ? at : now, kept);
    }

    /// When a silence began that was first met at `now`.
    Instant silent(Instant now) {
        return lastKnown != null && lastKnown.verdict().equals(Verdict.Kind.UNREACHABLE.word())
                ? lastKnown.since()
                : now;
    }
}
