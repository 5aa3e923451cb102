package dev.fairlead.core.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/// Shows what the cache holds, and how often it spared a node.
public final class CacheMetrics implements MultiCollector {
    private final Supplier<Size> size;
    private final Supplier<List<Counts>> counts;

    /// What the cache holds.
    ///
    /// @param bytes keys and answers, with what each costs besides
    /// @param most bytes
    /// @param evicted answers that had to go for others since the start
    public record Size(long answers, long bytes, long most, long evicted) {}

    /// How often an answer was looked for since the start.
    ///
    /// @param method a name of the method table
    public record Counts(String chain, String method, long hits, long misses) {}

    public CacheMetrics(Supplier<Size> size, Supplier<List<Counts>> counts) {
        this.size = size;
        this.counts = counts;
    }

    @Override
    public MetricSnapshots collect() {
        var calls = CounterSnapshot.builder()
                .name("fairlead_cache_calls")
                .help("Calls whose answer may be kept: answered from the cache (hit), or put to nodes (miss).");
        for (Counts one : counts.get()) {
            calls.dataPoint(point(one, "hit", one.hits()));
            calls.dataPoint(point(one, "miss", one.misses()));
        }
        Size now = size.get();
        return MetricSnapshots.of(
                calls.build(),
                gauge("fairlead_cache_answers", "Answers that are kept.", now.answers()),
                gauge("fairlead_cache_used_bytes", "Bytes that the cache holds.", now.bytes()),
                gauge("fairlead_cache_budget_bytes", "Bytes that the cache may hold.", now.most()),
                CounterSnapshot.builder()
                        .name("fairlead_cache_evictions")
                        .help("Answers that had to go for others.")
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .value((double) now.evicted())
                                .build())
                        .build());
    }

    private static CounterDataPointSnapshot point(Counts one, String result, long times) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("chain", one.chain(), "method", one.method(), "result", result))
                .value((double) times)
                .build();
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
