package dev.fairlead.core.net;

/// Whose question an attempt carries, when connections are scarce.
public enum RequestPriority {
    CALL,
    /// The health monitor's: goes before all calls that wait.
    PROBE
}
