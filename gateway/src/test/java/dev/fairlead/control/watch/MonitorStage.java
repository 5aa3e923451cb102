package dev.fairlead.control.watch;

import dev.fairlead.control.judge.BlockLine;
import dev.fairlead.control.judge.LastKnown;
import dev.fairlead.control.judge.Rehearsal;
import dev.fairlead.control.judge.ScriptedNode;
import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.support.RecordedEvents;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running monitor over scripted nodes, with a clock that the test moves.
public final class MonitorStage implements NodeQueries, HeadFeeds, AutoCloseable {
    static final BlockLine MAIN = BlockLine.from(Rehearsal.GENESIS);
    static final long TOP = 10_000;

    final Map<String, ScriptedNode> nodes = new ConcurrentHashMap<>();
    final Map<String, OpenFeed> feeds = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Fleet> published = new ConcurrentLinkedQueue<>();
    final RecordedEvents events = new RecordedEvents();
    final Board<Fleet> fleet = new Board<>(Fleet.EMPTY);
    final Board<Declared> declared = new Board<>(Declared.NOTHING);
    volatile Instant now = Rehearsal.GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));
    final Supervisor supervisor = new Supervisor(events::fault);
    private final Map<NodeId, LastKnown> past = new ConcurrentHashMap<>();
    private @Nullable Monitor monitor;
    private Duration interval = Duration.ofMillis(20);
    private @Nullable NodeQueries instead;
    /// What opening a feed ends with, or null.
    volatile @Nullable RuntimeException unopened;

    public MonitorStage() {
        fleet.onPublish(published::add);
    }

    public MonitorStage every(Duration pause) {
        interval = pause;
        return this;
    }

    MonitorStage asking(NodeQueries other) {
        instead = other;
        return this;
    }

    /// What was remembered of a node when the monitor was made.
    MonitorStage remembering(String name, String verdict, Instant since) {
        past.put(id(name), new LastKnown(verdict, since));
        return this;
    }

    Monitor monitor() {
        if (monitor == null) monitor = new Monitor(declared, fleet, this, this, events, () -> now, past, supervisor);
        return monitor;
    }

    public MonitorStage start() {
        monitor().start();
        return this;
    }

    public ScriptedNode script(String name) {
        return nodes.computeIfAbsent(name, _ -> new ScriptedNode(MAIN, TOP));
    }

    static NodeId id(String name) {
        return new NodeId("mainnet", name);
    }

    Node node(String name) {
        script(name);
        return Node.of(id(name), Endpoint.of("http://" + name + ".invalid:8545"));
    }

    public Node pushing(String name) {
        Node plain = node(name);
        var endpoint = new Endpoint(
                plain.endpoint().http(), URI.create("ws://" + name + ".invalid:8546"), Map.of(), null, null);
        return new Node(
                plain.id(),
                plain.role(),
                endpoint,
                plain.labels(),
                plain.weight(),
                plain.capacity(),
                plain.mode(),
                plain.origin());
    }

    public void declare(Node... all) {
        declare(List.of(), all);
    }

    void declare(List<String> leaders, Node... all) {
        var probing = new Probing(interval, Duration.ofSeconds(2), 2, 2, Duration.ofSeconds(12), false);
        var chain = new Chain("mainnet", 1, leaders, Tolerance.DEFAULT, probing, 0);
        var plan = new ChainPlan(chain, List.of(all), List.of(Group.DEFAULT));
        declared.publish(new Declared(declared.now().version() + 1, List.of(plan)));
    }

    @Override
    public ProbeAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException {
        NodeQueries other = instead;
        return other == null ? script(node.id().name()).answer(request) : other.ask(node, request, timeout);
    }

    @Override
    public Feed open(Node node, Listener listener) {
        RuntimeException bug = unopened;
        if (bug != null) throw bug;
        var feed = new OpenFeed(listener);
        feeds.put(node.id().name(), feed);
        return feed;
    }

    public static final class OpenFeed implements Feed {
        public final Listener listener;
        volatile boolean closed;

        OpenFeed(Listener listener) {
            this.listener = listener;
        }

        public void push(long height) {
            listener.head(Slice.of(ScriptedNode.json(MAIN.block(height))));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    public OpenFeed feed(String name) {
        await(name + " has a feed", () -> feeds.containsKey(name));
        OpenFeed feed = feeds.get(name);
        if (feed == null) throw new AssertionError("the feed of " + name + " vanished");
        return feed;
    }

    public ChainState chain() {
        ChainState state = fleet.now().chain("mainnet");
        if (state == null) throw new AssertionError("the chain is not in the Fleet");
        return state;
    }

    NodeState state(String name) {
        NodeState state = fleet.now().node(id(name));
        if (state == null) throw new AssertionError(name + " is not in the Fleet");
        return state;
    }

    public String word(String name) {
        NodeState state = fleet.now().node(id(name));
        return state == null ? "absent" : state.verdict().word();
    }

    void awaitWord(String word, String... names) {
        for (String name : names) {
            await(name + " is " + word, () -> word(name).equals(word));
        }
    }

    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never: " + what + "; " + fleet.now());
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Waits until so many more probes of this node have ended.
    void awaitProbes(String name, int more) {
        long until = script(name).asked("eth_getBlockByNumber") + more;
        await(more + " probes of " + name, () -> script(name).asked("eth_getBlockByNumber") >= until);
    }

    void allAt(long height) {
        Stream.of(nodes.values().toArray(ScriptedNode[]::new)).forEach(node -> node.at(height));
    }

    @Override
    public void close() {
        monitor().close();
    }
}
