package dev.fairlead.control.probe;

import java.util.List;

/// A question that the comparison of nodes left open: it is put to one node, once, between its probes.
public sealed interface FollowUp {
    /// Which block do you have at this height, and which at those others?
    record At(long height, List<Long> others) implements FollowUp {
        public At(long height) {
            this(height, List.of());
        }
    }

    /// Do you have that block at this height, and blocks above it up to your head? A node that claims to be far ahead
    /// must be able to show how it went on from the head that the others agree on.
    ///
    /// @param headHash of the head that it claims
    record Onward(long height, String hash, long head, String headHash) implements FollowUp {}
}
