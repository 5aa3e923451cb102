package dev.fairlead.data.load;

/// Ranks of nodes: a lower rank is asked only when no node of the higher ones can serve, or all of them failed
/// the call.
public enum Tier {
    OWN,
    RENTED,
    /// The chain's leader, within its own rate.
    LAST_RESORT,
    /// The least bad of those that are not fit to serve.
    PANIC,
    /// None: those that could serve have had all that their plans allow.
    SPENT
}
