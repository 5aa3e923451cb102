package dev.fairlead.data.submission;

/// The result of looking for a transaction at the nodes.
enum LookUpResult {
    THERE,
    /// Every node that may have taken it said that it does not have it, and no other node said that it has.
    NOWHERE,
    /// A node that may have taken it, or every node, could not say.
    UNKNOWN
}
