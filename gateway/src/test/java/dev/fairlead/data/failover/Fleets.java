package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Fleets of one chain, `main`, written down briefly.
public final class Fleets {
    public static final String CHAIN = "main";
    static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<NodeState> nodes = new ArrayList<>();
    private final List<String> leaders = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private long id = 1;
    private String network = "";
    private double leaderRate;
    private CallBounds bounds = CallBounds.NONE;
    private long rentedDaily;
    private long reference = 100;

    public static NodeId id(String name) {
        return new NodeId(CHAIN, name);
    }

    static Head head(long number) {
        return new Head(number, "0x" + "%064x".formatted(number), THEN, THEN);
    }

    public static Verdict ready(long head) {
        return new Verdict.Ready(head(head), Lag.ZERO);
    }

    public static Verdict lagging(long head, long lag) {
        return new Verdict.Lagging(head(head), new Lag(lag, Duration.ofSeconds(lag)), "behind");
    }

    public static Verdict syncing(long head) {
        return new Verdict.Syncing(head(head), new Lag(100 - head, Duration.ofSeconds(9)));
    }

    public static Verdict forked() {
        return new Verdict.Forked(head(100), "another hash at 90");
    }

    public static Verdict wrongChain() {
        return new Verdict.WrongChain("1", "5");
    }

    public static Verdict unreachable() {
        return new Verdict.Unreachable("connection refused", THEN);
    }

    public static Verdict unknown() {
        return new Verdict.Unknown("not probed yet");
    }

    /// Own nodes that are ready at block 100.
    public static Fleets of(String... names) {
        var fleets = new Fleets();
        for (String name : names) fleets.node(name, ready(100));
        return fleets;
    }

    public Fleets node(String name, Verdict verdict) {
        return node(Node.of(id(name), Endpoint.of("http://" + name)), verdict);
    }

    public Fleets node(Node node, Verdict verdict) {
        nodes.add(new NodeState(node, verdict, verdict.head(), THEN, null, -1, -1));
        return this;
    }

    public Fleets pendingBehind(String name, long blocks) {
        var node = Node.of(id(name), Endpoint.of("http://" + name));
        nodes.add(new NodeState(node, ready(100), ready(100).head(), THEN, null, -1, -1, Lag.ZERO, blocks));
        return this;
    }

    public Fleets rented(String name, Verdict verdict) {
        return node(with(name, Node.Role.RENTED, 100, 256), verdict);
    }

    public Fleets weighted(String name, int weight) {
        return node(with(name, Node.Role.OWN, weight, 256), ready(100));
    }

    public Fleets small(String name, int capacity) {
        return node(with(name, Node.Role.OWN, 100, capacity), ready(100));
    }

    public Fleets leader(String name, Verdict verdict) {
        leaders.add(name);
        return node(name, verdict);
    }

    Fleets leaderRate(double rate) {
        leaderRate = rate;
        return this;
    }

    /// For leaders and rented nodes together.
    Fleets rentedDaily(long credits) {
        rentedDaily = credits;
        return this;
    }

    /// The same nodes, of which this one has a plan to keep to.
    Fleets plan(String name, @Nullable CallRate rate, long daily) {
        return plan(name, new SpendingPlan(rate, daily, Credits.ONE_EACH));
    }

    Fleets plan(String name, SpendingPlan plan) {
        nodes.replaceAll(state -> state.id().name().equals(name) ? with(state, plan) : state);
        return this;
    }

    private static NodeState with(NodeState state, SpendingPlan plan) {
        return new NodeState(state.node().with(plan), state.verdict(), state.head(), state.since(), null, -1, -1);
    }

    Declared declared() {
        ChainState state = chain();
        var declared = state.nodes().stream().map(NodeState::node).toList();
        return new Declared(1, List.of(new ChainPlan(state.chain(), declared, state.groups())));
    }

    Fleets id(long chainId) {
        id = chainId;
        return this;
    }

    /// What `net_version` says.
    Fleets network(String id) {
        network = id;
        return this;
    }

    public Fleets group(String name, Group.Strategy strategy, List<String> members, String... methods) {
        groups.add(new Group(name, members, strategy, List.of(methods)));
        return this;
    }

    /// The default group, in order, whose calls have bounds of their own.
    Fleets bounded(CallBounds ofGroup) {
        groups.add(new Group(Group.DEFAULT_NAME, List.of(), Group.Strategy.ORDERED, List.of(), ofGroup));
        return this;
    }

    /// What differs for calls of the chain.
    Fleets boundedChain(CallBounds ofChain) {
        bounds = ofChain;
        return this;
    }

    public Fleets ordered() {
        return group(Group.DEFAULT_NAME, Group.Strategy.ORDERED, List.of());
    }

    public Fleets reference(long number) {
        reference = number;
        return this;
    }

    public ChainState chain() {
        var probing = Chain.Probing.DEFAULT;
        var chain = new Chain(CHAIN, id, leaders, Chain.Tolerance.DEFAULT, probing, leaderRate, rentedDaily, bounds);
        Reference head =
                reference < 0 ? new Reference.None("nobody answered") : new Reference.Agreement(head(reference), "");
        return new ChainState(
                chain, id, network, head, nodes, groups.isEmpty() ? List.of(Group.DEFAULT) : groups, null);
    }

    Fleet fleet() {
        return new Fleet(1, new TreeMap<>(Map.of(CHAIN, chain())));
    }

    public static Node with(String name, Node.Role role, int weight, int capacity) {
        return new Node(
                id(name),
                role,
                Endpoint.of("http://" + name),
                Map.of(),
                weight,
                capacity,
                Node.Mode.SERVING,
                Node.Origin.FILE);
    }
}
