package dev.fairlead.bench;

/// One measured stretch of load on one proxy.
///
/// @param cpuMicros CPU time of the proxy per call
record Slice(double callsPerSecond, double failed, double cpuMicros, Latency latency, double residentMiB) {
    static Slice of(Load.Seen seen, double cpuSeconds, double residentMiB) {
        return new Slice(
                seen.calls() / seen.seconds(),
                seen.failed(),
                cpuSeconds * 1e6 / seen.calls(),
                seen.latency(),
                residentMiB);
    }
}
