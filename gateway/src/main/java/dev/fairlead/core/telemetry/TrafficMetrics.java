package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.NodeId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// Shows what calls do at every node now. Read at scrape time where it is decided, so that a node that was
/// removed and added again shows the true numbers.
public final class TrafficMetrics implements MultiCollector {
    private final Board<Fleet> fleet;
    private final ToIntFunction<NodeId> waiting;
    private final Predicate<NodeId> ejected;

    /// @param waiting calls that wait for a place at the node
    /// @param ejected whether the gateway itself spares the node
    public TrafficMetrics(Board<Fleet> fleet, ToIntFunction<NodeId> waiting, Predicate<NodeId> ejected) {
        this.fleet = fleet;
        this.waiting = waiting;
        this.ejected = ejected;
    }

    @Override
    public MetricSnapshots collect() {
        return MetricSnapshots.of(
                gauge("fairlead_queued_calls", "Calls that wait for a free place at a node now.", waiting::applyAsInt),
                gauge(
                        "fairlead_node_ejected",
                        "1 while the gateway spares the node after failures.",
                        node -> ejected.test(node) ? 1 : 0));
    }

    private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<NodeId> value) {
        var all = GaugeSnapshot.builder().name(name).help(help);
        fleet.now().chains().values().stream()
                .flatMap(chain -> chain.nodes().stream())
                .map(node -> point(node.id(), value.applyAsDouble(node.id())))
                .forEach(all::dataPoint);
        return all.build();
    }

    private static GaugeDataPointSnapshot point(NodeId node, double value) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("chain", node.chain(), "node", node.name()))
                .value(value)
                .build();
    }
}
