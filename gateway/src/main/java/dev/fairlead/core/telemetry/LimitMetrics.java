package dev.fairlead.core.telemetry;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.DayUse;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Shows how many tenants, keys and limits there are, how many addresses, keys and so on are counted apart for limits,
/// and what tenants took of their day.
public final class LimitMetrics implements MultiCollector {
    private static final String OTHER = "other";

    private final LongSupplier counted;
    private final Supplier<List<DayUse>> uses;
    private final Predicate<String> hasSeries;

    private final Supplier<AccessPolicy> policy;

    /// @param hasSeries whether a tenant is shown by its name
    public LimitMetrics(
            LongSupplier counted,
            Supplier<List<DayUse>> uses,
            Supplier<AccessPolicy> policy,
            Predicate<String> hasSeries) {
        this.counted = counted;
        this.uses = uses;
        this.policy = policy;
        this.hasSeries = hasSeries;
    }

    @Override
    public MetricSnapshots collect() {
        var credits = GaugeSnapshot.builder()
                .name("fairlead_tenant_day_credits")
                .help("Credits that the tenant took since 00:00 UTC.");
        var byLabel = new TreeMap<String, Long>();
        for (DayUse use : uses.get()) {
            byLabel.merge(hasSeries.test(use.tenant()) ? use.tenant() : OTHER, use.credits(), Long::sum);
        }
        byLabel.forEach((tenant, taken) -> credits.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("tenant", tenant))
                .value((double) taken)
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

    private GaugeSnapshot quotas(AccessPolicy now) {
        var quotas = GaugeSnapshot.builder()
                .name("fairlead_tenant_day_quota")
                .help("Credits that the tenant may take in a day of UTC; no series without a bound.");
        now.quotas().entrySet().stream()
                .filter(quota -> hasSeries.test(quota.getKey()))
                .sorted(Map.Entry.comparingByKey())
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
