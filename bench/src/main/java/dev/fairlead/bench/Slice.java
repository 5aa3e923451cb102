package dev.fairlead.bench;

/// One measured stretch of load on one proxy.
///
/// @param cpuMicros CPU time of the proxy per call
record Slice(double callsPerSecond, double failed, double cpuMicros, Latency latency, double residentMiB) {}
