package dev.fairlead.core.telemetry;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.DayUse;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Shows how many tenants, keys and limits there are, how many addresses, keys and so on are counted apart for limits,
/// and what tenants took of their day.
public final class LimitMetrics implements MultiCollector {
    /// Of more tenants than these the first by name are shown.
    private static final int MOST_TENANTS = 1_000;

    private final LongSupplier counted;
    private final Supplier<List<DayUse>> uses;

    private final Supplier<AccessPolicy> policy;

    public LimitMetrics(LongSupplier counted, Supplier<List<DayUse>> uses, Supplier<AccessPolicy> policy) {
        this.counted = counted;
        this.uses = uses;
        this.policy = policy;
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
        AccessPolicy now = policy.get();
        return MetricSnapshots.of(
                gauge(
                        "fairlead_limits_counted",
                        "Addresses, keys and so on that limits count apart now.",
                        counted.getAsLong()),
                gauge(
                        "fairlead_tenants",
                        "Tenants that are declared.",
                        now.tenants().size()),
                gauge("fairlead_keys", "Keys that callers may bring.", now.keys()),
                gauge("fairlead_limits", "Limits that are declared, those of tenants included.", now.limits()),
                credits.build(),
                quotas(now));
    }

    private static GaugeSnapshot quotas(AccessPolicy now) {
        var quotas = GaugeSnapshot.builder()
                .name("fairlead_tenant_day_quota")
                .help("Credits that the tenant may take in a day of UTC; no series without a bound.");
        now.quotas().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_TENANTS)
                .forEach(quota -> quotas.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("tenant", quota.getKey()))
                        .value((double) quota.getValue())
                        .build()));
        return quotas.build();
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }
}
