package dev.fairlead.core.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Shows whether limits are shared with other gateways now, and with how many.
public final class RedisMetrics implements MultiCollector {
    private final BooleanSupplier isReached;
    private final IntSupplier gateways;

    public RedisMetrics(BooleanSupplier isReached, IntSupplier gateways) {
        this.isReached = isReached;
        this.gateways = gateways;
    }

    @Override
    public MetricSnapshots collect() {
        return MetricSnapshots.of(
                gauge(
                        "fairlead_redis_up",
                        "1 while the Redis that shares limits answers.",
                        isReached.getAsBoolean() ? 1 : 0),
                gauge(
                        "fairlead_redis_gateways",
                        "Gateways that share the limits, this one included, when Redis last answered.",
                        gateways.getAsInt()));
    }

    private static GaugeSnapshot gauge(String name, String help, int value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
