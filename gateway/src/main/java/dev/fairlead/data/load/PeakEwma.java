package dev.fairlead.data.load;

/// An average that rises at once and falls slowly: it jumps to every peak and decays from there, so that a
/// node that turns slow is avoided at once. Without samples it decays towards zero, so that the node is tried
/// again.
public final class PeakEwma {
    private static final double DECAY_NANOS = 10e9;

    private PeakEwma() {}

    public static double next(double average, long age, double sample) {
        if (sample >= average) return sample;
        double kept = Math.exp(-age / DECAY_NANOS);
        return average * kept + sample * (1 - kept);
    }

    public static double read(double average, long age) {
        return age <= 0 ? average : average * Math.exp(-age / DECAY_NANOS);
    }
}
