package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/// Shows the Fleet to Prometheus: read at scrape time from the same value that routing obeys, so that a node's
/// series exists exactly while the node is declared, even when it is down.
public final class FleetMetrics implements MultiCollector {
    private final Board<Fleet> fleet;

    public FleetMetrics(Board<Fleet> fleet) {
        this.fleet = fleet;
    }

    @Override
    public MetricSnapshots collect() {
        var head = new Family(
                "fairlead_node_head", "Newest block that the node showed, also while it is down; NaN if none.");
        var lagBlocks =
                new Family("fairlead_node_lag_blocks", "Blocks behind the reference; negative is ahead, NaN unknown.");
        var lagSeconds = new Family(
                "fairlead_node_lag_seconds", "Seconds since the reference was seen to pass the node's height.");
        var pendingBehind = new Family(
                "fairlead_node_pending_behind_blocks",
                "Blocks that the node's pending block is behind its newest; 0 while that is tolerated.");
        var verdict = new Family("fairlead_node_verdict", "1 for the verdict that holds, 0 for the others.");
        var serving = new Family("fairlead_node_serving", "1 while the node may serve calls.");
        var probe = new Family("fairlead_node_probe_seconds", "Time that the last answered probe took.");
        var peers = new Family("fairlead_node_peers", "Peers that the node says it has.");
        var chainHead =
                new Family("fairlead_chain_head", "Newest block of what the chain's nodes are measured against.");
        var leaderUsed = new Family(
                "fairlead_chain_leader_used", "1 while a leader measures the nodes, 0 while they must agree.");
        var stalled =
                new Family("fairlead_chain_stalled", "1 while no node shows new blocks although they are expected.");
        var ready = new Family("fairlead_chain_serving_nodes", "Nodes that may serve, leaders not counted.");
        for (ChainState chain : fleet.now().chains().values()) {
            Labels chainLabels = Labels.of("chain", chain.chain().name());
            if (chain.head() != null) chainHead.add(chainLabels, chain.head().number());
            if (!chain.chain().leaders().isEmpty()) {
                leaderUsed.add(chainLabels, chain.reference() instanceof Reference.Leader ? 1 : 0);
            }
            stalled.add(chainLabels, chain.stalled() == null ? 0 : 1);
            ready.add(chainLabels, servingNodes(chain));
            for (NodeState node : chain.nodes()) {
                Labels labels = Labels.of(
                        "chain", chain.chain().name(), "node", node.id().name());
                Lag lag = node.lag();
                head.add(labels, node.head() == null ? Double.NaN : node.head().number());
                lagBlocks.add(labels, lag == null ? Double.NaN : lag.blocks());
                lagSeconds.add(labels, lag == null ? Double.NaN : lag.time().toMillis() / 1000.0);
                pendingBehind.add(labels, node.pendingBehind());
                for (String word : Verdict.WORDS) {
                    verdict.add(
                            labels.add("verdict", word), node.verdict().word().equals(word) ? 1 : 0);
                }
                serving.add(labels, node.serves() ? 1 : 0);
                if (node.latencyMillis() >= 0) probe.add(labels, node.latencyMillis() / 1000);
                if (node.peers() >= 0) peers.add(labels, node.peers());
            }
        }
        var all = MetricSnapshots.builder();
        for (Family family : List.of(
                head,
                lagBlocks,
                lagSeconds,
                pendingBehind,
                verdict,
                serving,
                probe,
                peers,
                chainHead,
                leaderUsed,
                stalled,
                ready)) {
            all.metricSnapshot(family.snapshot());
        }
        return all.build();
    }

    private static long servingNodes(ChainState chain) {
        return chain.nodes().stream()
                .filter(node -> node.serves() && !chain.chain().isLeader(node.id()))
                .count();
    }

    /// One gauge in the making.
    private record Family(String name, String help, List<GaugeDataPointSnapshot> points) {
        Family(String name, String help) {
            this(name, help, new ArrayList<>());
        }

        void add(Labels labels, long value) {
            add(labels, (double) value);
        }

        void add(Labels labels, double value) {
            points.add(
                    GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
        }

        GaugeSnapshot snapshot() {
            var snapshot = GaugeSnapshot.builder().name(name).help(help);
            points.forEach(snapshot::dataPoint);
            return snapshot.build();
        }
    }
}
