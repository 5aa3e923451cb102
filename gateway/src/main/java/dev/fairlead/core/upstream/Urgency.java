package dev.fairlead.core.upstream;

/// Whose question an attempt carries, when connections are scarce.
enum Urgency {
    CALL,
    /// The health monitor's: goes before all calls that wait.
    PROBE
}
