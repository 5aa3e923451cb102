package dev.fairlead.core.telemetry;

import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryBudget;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// Shows what may be held for clients and nodes, what is held, and how often something was refused for lack of it.
public final class MemoryMetrics implements MultiCollector {
    private final Budgets budgets;

    public MemoryMetrics(Budgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public MetricSnapshots collect() {
        var most = GaugeSnapshot.builder()
                .name("fairlead_memory_budget_bytes")
                .help(
                        "Bytes that may be held for clients and nodes: request bodies on the heap, replies in direct memory.");
        var used = GaugeSnapshot.builder()
                .name("fairlead_memory_used_bytes")
                .help("Bytes that are held for clients and nodes.");
        var refusals = CounterSnapshot.builder()
                .name("fairlead_memory_refusals")
                .help("Times that something was refused because too little memory was left.");
        add("heap", budgets.heap(), most, used, refusals);
        add("direct", budgets.direct(), most, used, refusals);
        return MetricSnapshots.of(most.build(), used.build(), refusals.build());
    }

    private static void add(
            String kind,
            MemoryBudget budget,
            GaugeSnapshot.Builder most,
            GaugeSnapshot.Builder used,
            CounterSnapshot.Builder refusals) {
        Labels labels = Labels.of("kind", kind);
        most.dataPoint(gauge(labels, (double) budget.most()));
        used.dataPoint(gauge(labels, (double) budget.used()));
        refusals.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) budget.refusals())
                .build());
    }

    private static GaugeDataPointSnapshot gauge(Labels labels, double bytes) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(bytes).build();
    }
}
