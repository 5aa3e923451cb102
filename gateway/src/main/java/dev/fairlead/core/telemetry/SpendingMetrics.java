package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.ToLongFunction;

/// Shows what nodes that have a plan were asked today, beside what they may be asked.
public final class SpendingMetrics implements MultiCollector {
    private final Board<Declared> declared;
    private final ToLongFunction<NodeId> today;
    private final ToLongFunction<String> sharedToday;

    /// @param today credits, or -1 where that is not counted
    /// @param sharedToday the same for leaders and rented nodes of a chain together
    public SpendingMetrics(Board<Declared> declared, ToLongFunction<NodeId> today, ToLongFunction<String> sharedToday) {
        this.declared = declared;
        this.today = today;
        this.sharedToday = sharedToday;
    }

    @Override
    public MetricSnapshots collect() {
        var asked = gauge("fairlead_node_day_credits", "Credits that the node was asked since 00:00 UTC.");
        var most = gauge("fairlead_node_day_credits_limit", "Credits that the node may be asked in a day.");
        var shared = gauge(
                "fairlead_chain_rented_day_credits",
                "Credits that leaders and rented nodes together were asked since 00:00 UTC.");
        var mostShared = gauge(
                "fairlead_chain_rented_day_credits_limit",
                "Credits that leaders and rented nodes together may be asked in a day.");
        for (ChainPlan plan : declared.now().chains()) {
            Chain chain = plan.chain();
            Labels labels = Labels.of("chain", chain.name());
            long together = sharedToday.applyAsLong(chain.name());
            if (together >= 0) shared.dataPoint(point(labels, together));
            if (chain.rentedDaily() > 0) mostShared.dataPoint(point(labels, chain.rentedDaily()));
            for (Node node : plan.nodes()) {
                Labels both = Labels.of("chain", chain.name(), "node", node.id().name());
                long alone = today.applyAsLong(node.id());
                if (alone >= 0) asked.dataPoint(point(both, alone));
                if (node.plan().daily() > 0)
                    most.dataPoint(point(both, node.plan().daily()));
            }
        }
        return MetricSnapshots.of(asked.build(), most.build(), shared.build(), mostShared.build());
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeDataPointSnapshot point(Labels labels, long credits) {
        return GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value((double) credits)
                .build();
    }
}
