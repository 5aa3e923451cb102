package dev.fairlead.core.net;

/// Whether an attempt is a client's call or a probe; probes go first when connections are scarce.
public enum RequestPriority {
    CALL,
    /// The health monitor's: goes before all calls that wait.
    PROBE
}
