package dev.fairlead.cli;

import dev.fairlead.config.keys.Overrides;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The nodes of a rehearsal: two that are well, one of them pushing its head, and one that breaks off now and then.
final class RehearsalFleet implements AutoCloseable {
    private static final String CHAIN = "rehearsal";
    private static final int CHAIN_ID = 424_243;
    private static final int PAST = 10;
    private static final double BREAKS_OFF = 0.02;
    private static final int SEED = 11;
    private static final int LOGS = 30_000;
    private static final int TRACE = 1_000_000;

    private final FakeChain chain = FakeChain.of(CHAIN_ID);
    private final Map<String, FakeNode> nodes = new LinkedHashMap<>();

    RehearsalFleet() {
        chain.mine(PAST);
        add("first", new Behaviour.Normal());
        add("second", new Behaviour.Normal());
        add("shaky", new Behaviour.Reset());
    }

    private void add(String name, Behaviour now) {
        FakeNode node = FakeNode.start(chain);
        node.recording(false);
        node.sometimes(BREAKS_OFF, SEED, now);
        node.on("eth_getLogs", new Behaviour.HugeResult(LOGS));
        node.on("debug_traceTransaction", new Behaviour.HugeResult(TRACE));
        node.on("eth_call", new Behaviour.ErrorReply(3, "execution reverted"));
        nodes.put(name, node);
    }

    void mine() {
        chain.mine();
    }

    Settings settings(Path data) {
        var declared = new ArrayList<Node>();
        nodes.forEach((name, node) -> declared.add(Node.of(new NodeId(CHAIN, name), endpoint(name, node))));
        var plan = new ChainPlan(Chain.of(CHAIN, CHAIN_ID, List.of()), declared, List.of(Group.DEFAULT));
        var overrides = new Overrides(List.of(), null, "127.0.0.1:0", "127.0.0.1:0", data, null);
        return switch (overrides.over(Settings.DEFAULT.with(List.of(plan)))) {
            case Overrides.Merged.Good(var merged, var _) -> merged;
            case Overrides.Merged.Bad(var faults) -> throw new Gateways.Unusable(faults);
        };
    }

    private static Endpoint endpoint(String name, FakeNode node) {
        return new Endpoint(node.httpUrl(), name.equals("first") ? node.wsUrl() : null, Map.of(), null, null);
    }

    @Override
    public void close() {
        nodes.values().forEach(FakeNode::close);
    }
}
