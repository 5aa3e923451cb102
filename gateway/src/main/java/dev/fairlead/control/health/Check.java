package dev.fairlead.control.health;

/// A question that the comparison of nodes left open: it is put to one node, once, between its probes.
sealed interface Check {
    /// Which block do you have at this height?
    record At(long height) implements Check {}

    /// Does your block at this height have that parent? A node that claims to be far ahead must be able to show how
    /// its blocks follow the head that the others agree on.
    record Follows(long height, String parent) implements Check {}
}
