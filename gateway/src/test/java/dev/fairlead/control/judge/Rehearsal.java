package dev.fairlead.control.judge;

import dev.fairlead.control.judge.ChainJudgement.Conclusion;
import dev.fairlead.control.probe.Prober;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way of a verdict without threads and without time of its own: every node is probed when the test says so, and
/// every sample is judged at once, as the shells do it.
public final class Rehearsal {
    public static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<NodeId, ScriptedNode> nodes = new LinkedHashMap<>();
    private final Map<NodeId, Prober> probers = new LinkedHashMap<>();
    private final Map<NodeId, NodeEvidence> allEvidence = new LinkedHashMap<>();
    private final Chain chain;
    private ChainPlan plan;
    private ChainMemory memory;
    private Instant now;
    private @Nullable ChainState state;

    Rehearsal(Chain chain, Instant now) {
        this.chain = chain;
        this.plan = new ChainPlan(chain, List.of(), List.of(Group.DEFAULT));
        this.memory = ChainMemory.of(chain.declaredId());
        this.now = now;
    }

    static Chain chain(long id, String... leaders) {
        return Chain.of("mainnet", id, List.of(leaders));
    }

    static Chain quiet(long id, String... leaders) {
        Probing usual = Probing.DEFAULT;
        var quiet = new Probing(usual.interval(), usual.timeout(), usual.fall(), usual.rise(), usual.blockTime(), true);
        return new Chain("mainnet", id, List.of(leaders), Chain.Tolerance.DEFAULT, quiet, 0);
    }

    Rehearsal with(String name, ScriptedNode node) {
        return with(name, Node.DEFAULT_WEIGHT, node);
    }

    Rehearsal with(String name, int weight, ScriptedNode node) {
        var id = new NodeId(chain.name(), name);
        var plain = Node.of(id, Endpoint.of("http://" + name + ".invalid:8545"));
        var declared = new Node(
                id,
                plain.role(),
                plain.endpoint(),
                plain.labels(),
                weight,
                plain.capacity(),
                plain.mode(),
                plain.origin());
        var all = new ArrayList<>(plan.nodes());
        all.add(declared);
        plan = new ChainPlan(chain, all, plan.groups());
        nodes.put(id, node);
        probers.put(id, new Prober((asked, request, _) -> scripted(asked).answer(request), () -> now, 1.0));
        allEvidence.put(id, NodeEvidence.of(declared, now));
        return this;
    }

    private ScriptedNode scripted(Node node) {
        ScriptedNode scripted = nodes.get(node.id());
        if (scripted == null) throw new AssertionError("unknown node " + node.id());
        return scripted;
    }

    /// Probes every node once, in the order of declaration, and asks again what they say of themselves.
    ChainState round() {
        for (NodeId id : List.copyOf(nodes.keySet())) probe(id.name());
        return state();
    }

    ChainState rounds(int count) {
        for (int i = 0; i < count; i++) {
            round();
            pass(Duration.ofSeconds(2));
        }
        return state();
    }

    ChainState probe(String name) {
        var id = new NodeId(chain.name(), name);
        NodeEvidence evidence = evidenceOf(id);
        Prober prober = prober(id);
        try {
            allEvidence.put(id, evidence.told(prober.probe(evidence.node(), Duration.ofSeconds(2))));
            conclude();
            prober.pending(evidence.node(), Duration.ofSeconds(2))
                    .ifPresent(selfReport -> allEvidence.put(id, evidenceOf(id).hinted(selfReport)));
            prober.hints(evidence.node(), Duration.ofSeconds(2), evidenceOf(id).late())
                    .ifPresent(selfReport -> allEvidence.put(id, evidenceOf(id).hinted(selfReport)));
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        return state();
    }

    private void conclude() throws InterruptedException {
        for (int open = 0; open < 5; open++) {
            Conclusion conclusion = ChainJudgement.conclude(plan, allEvidence.values(), memory, now);
            memory = conclusion.memory();
            conclusion.allEvidence().forEach(evidence -> allEvidence.put(evidence.id(), evidence));
            state = conclusion.state();
            if (conclusion.checks().isEmpty()) return;
            for (var check : conclusion.checks().entrySet()) {
                NodeEvidence evidence = evidenceOf(check.getKey());
                var followUpAnswer =
                        prober(check.getKey()).check(evidence.node(), check.getValue(), Duration.ofSeconds(2));
                allEvidence.put(evidence.id(), evidenceOf(check.getKey()).found(followUpAnswer, now));
            }
        }
        throw new AssertionError("the checks never end");
    }

    private NodeEvidence evidenceOf(NodeId id) {
        NodeEvidence evidence = allEvidence.get(id);
        if (evidence == null) throw new AssertionError("unknown node " + id);
        return evidence;
    }

    private Prober prober(NodeId id) {
        Prober prober = probers.get(id);
        if (prober == null) throw new AssertionError("unknown node " + id);
        return prober;
    }

    boolean has(String name) {
        return nodes.containsKey(new NodeId(chain.name(), name));
    }

    Rehearsal pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant now() {
        return now;
    }

    ChainState state() {
        if (state == null) throw new AssertionError("nobody was probed yet");
        return state;
    }

    Verdict verdict(String name) {
        return evidenceOf(new NodeId(chain.name(), name)).shown();
    }

    String word(String name) {
        return verdict(name).word();
    }
}
