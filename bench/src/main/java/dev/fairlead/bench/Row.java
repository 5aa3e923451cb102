package dev.fairlead.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one proxy did in one scenario: the medians of its slices, and how far they lie apart.
record Row(String proxy, List<Slice> slices) {
    double median(ToDoubleFunction<Slice> figure) {
        double[] sorted = slices.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double cpu() {
        return median(Slice::cpuMicros);
    }

    double lowest(ToDoubleFunction<Slice> figure) {
        return slices.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    double highest(ToDoubleFunction<Slice> figure) {
        return slices.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    double failed() {
        return slices.stream().mapToDouble(Slice::failed).sum();
    }

    boolean isOurs() {
        return proxy.startsWith("fairlead");
    }

    /// One of those that we are measured against.
    boolean isPeer() {
        return !isOurs() && !proxy.startsWith(Proxy.RELAY) && !proxy.startsWith(Proxy.EARLIER);
    }
}
