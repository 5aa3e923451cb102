package dev.fairlead.data.submission;

/// What looking for a transaction at the nodes came to.
enum LookUpResult {
    THERE,
    /// Every node that may have taken it said that it does not have it, and no other that it has.
    NOWHERE,
    /// A node that may have taken it, or every node, could not say.
    UNKNOWN
}
