package dev.fairlead.core.telemetry;

import dev.fairlead.core.policy.DayUse;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Shows how many addresses, keys and so on are counted apart for limits, and what tenants took of their day.
public final class LimitMetrics implements MultiCollector {
    /// Of more tenants than these the first by name are shown.
    private static final int MOST_TENANTS = 1_000;

    private final LongSupplier counted;
    private final Supplier<List<DayUse>> uses;

    public LimitMetrics(LongSupplier counted, Supplier<List<DayUse>> uses) {
        this.counted = counted;
        this.uses = uses;
    }

    @Override
    public MetricSnapshots collect() {
        var credits = GaugeSnapshot.builder()
                .name("fairlead_tenant_day_credits")
                .help("Credits that the tenant took since 00:00 UTC.");
        uses.get().stream()
                .sorted(Comparator.comparing(DayUse::tenant))
                .limit(MOST_TENANTS)
                .forEach(use -> credits.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("tenant", use.tenant()))
                        .value((double) use.credits())
                        .build()));
        return MetricSnapshots.of(counted(), credits.build());
    }

    private GaugeSnapshot counted() {
        return GaugeSnapshot.builder()
                .name("fairlead_limits_counted")
                .help("Addresses, keys and so on that limits count apart now.")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value((double) counted.getAsLong())
                        .build())
                .build();
    }
}
