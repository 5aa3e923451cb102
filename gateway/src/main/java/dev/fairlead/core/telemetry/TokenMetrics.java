package dev.fairlead.core.telemetry;

import dev.fairlead.core.jwt.CacheUse;
import dev.fairlead.core.jwt.KeySetState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Shows how tokens are remembered, and how fresh the keys are that are fetched for tenants.
public final class TokenMetrics implements MultiCollector {
    private final Supplier<List<CacheUse>> caches;
    private final Supplier<Map<String, KeySetState>> sets;
    private final Predicate<String> hasSeries;
    private final InstantSource clock;

    /// @param sets by tenant
    /// @param hasSeries whether a tenant is shown by its name
    public TokenMetrics(
            Supplier<List<CacheUse>> caches,
            Supplier<Map<String, KeySetState>> sets,
            Predicate<String> hasSeries,
            InstantSource clock) {
        this.caches = caches;
        this.sets = sets;
        this.hasSeries = hasSeries;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        var sizes = GaugeSnapshot.builder()
                .name("fairlead_token_cache_entries")
                .help("Tokens, and addresses that brought them, that are remembered.");
        var lookUps = CounterSnapshot.builder()
                .name("fairlead_token_cache_lookups")
                .help("Look-ups among them; a token that is no hit is checked.");
        for (CacheUse cache : caches.get()) {
            Labels one = Labels.of("cache", cache.cache());
            sizes.dataPoint(gauge(one, (double) cache.size()));
            lookUps.dataPoint(counter(one.add("outcome", "hit"), (double) cache.hits()));
            lookUps.dataPoint(counter(one.add("outcome", "miss"), (double) cache.misses()));
        }
        var keys = GaugeSnapshot.builder()
                .name("fairlead_token_keys")
                .help("Keys that were fetched for the tenant's tokens; 0 before the first time.");
        var ages = GaugeSnapshot.builder()
                .name("fairlead_token_key_age_seconds")
                .help("Since they were fetched last; no series before the first time.");
        var failures = CounterSnapshot.builder()
                .name("fairlead_token_key_failures")
                .help("How often they could not be fetched.");
        sets.get().forEach((tenant, set) -> {
            if (!hasSeries.test(tenant)) return;
            Labels one = Labels.of("tenant", tenant);
            keys.dataPoint(gauge(one, set.keys()));
            failures.dataPoint(counter(one, (double) set.failures()));
            Duration age = set.age(clock.instant());
            if (age != null) ages.dataPoint(gauge(one, age.toMillis() / 1000.0));
        });
        return MetricSnapshots.of(sizes.build(), lookUps.build(), keys.build(), ages.build(), failures.build());
    }

    private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static CounterDataPointSnapshot counter(Labels labels, double value) {
        return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
