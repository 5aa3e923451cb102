package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.upstream.ConnectionCounts;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.function.Function;

/// Shows the connections to every node, by what they do: `idle`, `in-flight`, and attempts that are `waiting` for one.
public final class PoolMetrics implements Collector {
    private final Board<Fleet> fleet;
    private final Function<NodeId, ConnectionCounts> connections;

    public PoolMetrics(Board<Fleet> fleet, Function<NodeId, ConnectionCounts> connections) {
        this.fleet = fleet;
        this.connections = connections;
    }

    @Override
    public GaugeSnapshot collect() {
        var all = GaugeSnapshot.builder()
                .name("fairlead_node_connections")
                .help("Connections to the node, and attempts that wait for one.");
        for (ChainState chain : fleet.now().chains().values()) {
            for (NodeState node : chain.nodes()) {
                ConnectionCounts now = connections.apply(node.id());
                all.dataPoint(point(node.id(), "idle", now.idle()));
                all.dataPoint(point(node.id(), "in-flight", now.inFlight()));
                all.dataPoint(point(node.id(), "waiting", now.waiting()));
            }
        }
        return all.build();
    }

    private static GaugeDataPointSnapshot point(NodeId node, String state, int count) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("chain", node.chain(), "node", node.name(), "state", state))
                .value(count)
                .build();
    }
}
