package dev.fairlead.core.telemetry;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.LongSupplier;

/// Shows how many addresses, keys and so on are counted apart for limits.
public final class LimitMetrics implements Collector {
    private final LongSupplier counted;

    public LimitMetrics(LongSupplier counted) {
        this.counted = counted;
    }

    @Override
    public MetricSnapshot collect() {
        return GaugeSnapshot.builder()
                .name("fairlead_limits_counted")
                .help("Addresses, keys and so on that limits count apart now.")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value((double) counted.getAsLong())
                        .build())
                .build();
    }
}
