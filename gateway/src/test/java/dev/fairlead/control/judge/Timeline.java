package dev.fairlead.control.judge;

import dev.fairlead.control.judge.ChainJudgement.Conclusion;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.Prober;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The way of a verdict as the shells walk it, without threads: every node is probed at its own pace, a check is
/// answered between two probes or never, a newer check takes the place of an older one, and everything that is heard
/// leads to a judgement of its own.
final class Timeline {
    static final Duration STEP = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /// One node and what is open at it.
    private static final class Seat {
        final ScriptedNode node;
        final Prober prober;
        NodeEvidence evidence;
        Instant nextProbe;

        @Nullable
        FollowUp asked;

        Instant answersAt = Instant.MAX;
        int lossPercent = 5;

        Seat(ScriptedNode node, Prober prober, NodeEvidence evidence, Instant nextProbe) {
            this.node = node;
            this.prober = prober;
            this.evidence = evidence;
            this.nextProbe = nextProbe;
        }
    }

    private final Map<NodeId, Seat> seats = new LinkedHashMap<>();
    private final Random random;
    private ChainPlan plan;
    private ChainMemory memory;
    private Instant now;
    private @Nullable ChainState state;
    private Runnable afterEach = () -> {};

    Timeline(Duration blockTime, Instant now, long seed, String... leaders) {
        var probing = new Probing(Duration.ofSeconds(2), TIMEOUT, 2, 2, blockTime, false);
        var chain = new Chain(
                "mainnet", 1, List.of(leaders), Tolerance.of(10L, Duration.ofSeconds(120), 10, blockTime), probing, 0);
        this.plan = new ChainPlan(chain, List.of(), List.of(Group.DEFAULT));
        this.memory = ChainMemory.of(1);
        this.random = new Random(seed);
        this.now = now;
    }

    Timeline with(String name, ScriptedNode node) {
        var id = id(name);
        var declared = Node.of(id, Endpoint.of("http://" + name + ".invalid:8545"));
        var all = new ArrayList<>(plan.nodes());
        all.add(declared);
        plan = new ChainPlan(plan.chain(), all, plan.groups());
        var prober = new Prober((_, request, _) -> node.answer(request), () -> now, 1.0);
        seats.put(id, new Seat(node, prober, NodeEvidence.of(declared, now), now.plusMillis(random.nextInt(300))));
        return this;
    }

    /// The gateway forgets everything, as at a restart.
    void restart() {
        memory = ChainMemory.of(1);
        seats.values().forEach(seat -> {
            seat.evidence = NodeEvidence.of(seat.evidence.node(), now);
            seat.asked = null;
            seat.nextProbe = now.plusMillis(random.nextInt(300));
        });
    }

    void remove(String name) {
        seats.remove(id(name));
        var left = plan.nodes().stream()
                .filter(node -> !node.id().equals(id(name)))
                .toList();
        plan = new ChainPlan(plan.chain(), left, plan.groups());
    }

    private static NodeId id(String name) {
        return new NodeId("mainnet", name);
    }

    void afterEach(Runnable look) {
        afterEach = look;
    }

    /// So many of the checks that are put to the node are never answered.
    void loses(String name, int percent) {
        seat(name).lossPercent = percent;
    }

    /// So much time passes while nodes are probed; their blocks are made at the pace of the chain.
    Timeline pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) step();
        return this;
    }

    void step() {
        now = now.plus(STEP);
        for (Seat seat : seats.values()) {
            if (!seat.nextProbe.isAfter(now)) probe(seat);
            if (!seat.answersAt.isAfter(now)) answer(seat);
        }
        conclude();
    }

    private void probe(Seat seat) {
        seat.nextProbe = now.plusMillis(1800 + random.nextInt(400));
        try {
            seat.evidence = seat.evidence.told(seat.prober.probe(seat.evidence.node(), TIMEOUT));
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        conclude();
    }

    private void answer(Seat seat) {
        FollowUp asked = seat.asked;
        seat.asked = null;
        seat.answersAt = Instant.MAX;
        if (asked == null || random.nextInt(100) < seat.lossPercent) return;
        try {
            seat.evidence = seat.evidence.found(seat.prober.check(seat.evidence.node(), asked, TIMEOUT), now);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        conclude();
    }

    private void conclude() {
        var allEvidence = seats.values().stream().map(seat -> seat.evidence).toList();
        Conclusion conclusion = ChainJudgement.conclude(plan, allEvidence, memory, now);
        memory = conclusion.memory();
        conclusion.allEvidence().forEach(evidence -> seat(evidence.id().name()).evidence = evidence);
        state = conclusion.state();
        conclusion.checks().forEach((id, followUp) -> {
            Seat seat = seat(id.name());
            if (seat.asked == null) seat.answersAt = now.plusMillis(random.nextInt(1200));
            seat.asked = followUp;
        });
        if (memory.started()) afterEach.run();
    }

    private Seat seat(String name) {
        Seat seat = seats.get(id(name));
        if (seat == null) throw new AssertionError("unknown node " + name);
        return seat;
    }

    boolean isStarted() {
        return memory.started();
    }

    Instant now() {
        return now;
    }

    ChainState state() {
        if (state == null) throw new AssertionError("nobody was probed yet");
        return state;
    }

    /// The height of the newest block that the node was seen to show, or -1.
    long seen(String name) {
        Head head = seat(name).evidence.head();
        return head == null ? -1 : head.number();
    }

    String word(String name) {
        return seat(name).evidence.shown().word();
    }

    /// Everything that is known, for the message of a test that fails.
    String told() {
        var text = new StringBuilder(now + " " + state().reference());
        seats.values()
                .forEach(seat -> text.append("\n  ")
                        .append(seat.evidence.id().name())
                        .append(" at ")
                        .append(seat.node.head())
                        .append(' ')
                        .append(seat.evidence.shown())
                        .append(' ')
                        .append(seat.evidence));
        return text.toString();
    }
}
