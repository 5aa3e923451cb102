package dev.fairlead.control.health;

import dev.fairlead.control.health.Round.Conclusion;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Watches one chain: gathers what its nodes are heard to say, judges all of them again when anything changed, and
/// puts the outcome into the Fleet. News that matter are judged at once; on large chains judging takes turns with
/// resting, so that any number of nodes costs a small share of a core.
final class ChainWatch implements AutoCloseable {
    /// How long samples that show nothing new may wait for company, and how often time is looked at when nobody says
    /// anything: only its passing can change a verdict then.
    private static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration SHORTEST_TICK = Duration.ofMillis(100);
    private static final Duration BETWEEN_MINOR = Duration.ofSeconds(1);
    private static final int REST_PER_WORK = 40;
    private static final long SHORTEST_REST = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(40).toNanos();

    private record Pushed(NodeId id, Block block) {}

    private final Asks asks;
    private final Feeds feeds;
    private final News news;
    private final InstantSource clock;
    private final Map<NodeId, Past> past;
    private final Press press;
    private final Metronome metronome;
    private final Bell bell;
    private final BlockingQueue<Pushed> heads = new ArrayBlockingQueue<>(4096);
    private final CountDownLatch started = new CountDownLatch(1);
    private final Map<NodeId, NodeWatch> watches = new ConcurrentHashMap<>();
    private final Supervisor supervisor;
    private final Supervised loop;
    private volatile boolean open = true;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<NodeId, Dossier> dossiers = new LinkedHashMap<>();
    private ChainPlan plan;
    private Memory memory;
    private @Nullable ChainState shown;
    private long shownAt;

    ChainWatch(
            ChainPlan plan,
            Asks asks,
            Feeds feeds,
            News news,
            InstantSource clock,
            Map<NodeId, Past> past,
            Press press,
            Metronome metronome,
            Supervisor supervisor) {
        this.plan = plan;
        this.memory = Memory.of(plan.chain().declaredId());
        this.asks = asks;
        this.feeds = feeds;
        this.news = news;
        this.clock = clock;
        this.past = past;
        this.press = press;
        this.metronome = metronome;
        this.bell = new Bell(metronome);
        this.supervisor = supervisor;
        this.loop = supervisor.loop(
                Part.CHAIN_WATCH,
                Thread.ofVirtual().name("watch of " + plan.chain().name()),
                this::watch);
    }

    void start() {
        loop.start();
    }

    /// Obeys a changed declaration: what is new is watched, what is gone is not, and the Fleet's next edition is set
    /// without waiting for any probe.
    void declared(ChainPlan changed) {
        lock.lock();
        try {
            if (changed.chain().declaredId() != plan.chain().declaredId()) {
                memory = Memory.of(changed.chain().declaredId());
            }
            plan = changed;
            reconcile(clock.instant());
        } finally {
            lock.unlock();
        }
        conclude(true);
    }

    private void reconcile(Instant now) {
        var before = Map.copyOf(dossiers);
        dossiers.clear();
        for (Node node : plan.nodes()) {
            Dossier known = before.get(node.id());
            dossiers.put(
                    node.id(), known == null ? Dossier.of(node, now, past.get(node.id())) : known.declared(node, now));
        }
        watches.forEach((id, watch) -> {
            if (!dossiers.containsKey(id) && watches.remove(id, watch)) watch.close();
        });
        for (Node node : plan.nodes()) {
            NodeWatch watch = watches.get(node.id());
            if (watch == null) watch(node);
            else watch.declared(node, plan.chain().probing());
        }
    }

    private void watch(Node node) {
        var prober = new Prober(asks, clock, ThreadLocalRandom.current().nextDouble(0.75, 1.0));
        var watch = new NodeWatch(node, plan.chain().probing(), this, prober, feeds, metronome, supervisor);
        watches.put(node.id(), watch);
        watch.start();
    }

    void told(NodeId id, Sample sample) {
        update(id, dossier -> dossier.told(sample));
    }

    void hinted(NodeId id, Hints hints) {
        update(id, dossier -> dossier.hinted(hints));
    }

    void found(NodeId id, Finding finding) {
        update(id, dossier -> dossier.found(finding, clock.instant()));
    }

    /// A node pushed its head. Returns at once, because it is told on an event loop; what finds no room is left to the
    /// next probe.
    void pushed(NodeId id, Block block) {
        if (heads.offer(new Pushed(id, block))) bell.ring();
    }

    private void takePushed() {
        for (Pushed head = heads.poll(); head != null; head = heads.poll()) take(head.id(), head.block());
    }

    /// A pushed head is believed when it continues what the node showed; otherwise the node itself is asked.
    private void take(NodeId id, Block block) {
        Dossier dossier = dossier(id);
        if (dossier == null || (dossier.head() != null && block.same(dossier.head()))) return;
        if (dossier.continuedBy(block)) {
            update(id, known -> known.continuedBy(block) ? known.pushed(block, clock.instant()) : known);
        } else {
            NodeWatch watch = watches.get(id);
            if (watch != null) watch.look();
        }
    }

    private void update(NodeId id, UnaryOperator<Dossier> heard) {
        boolean urgent;
        lock.lock();
        try {
            Dossier before = dossiers.get(id);
            if (before == null) return;
            Dossier after = heard.apply(before);
            dossiers.put(id, after);
            urgent = after.urgentAfter(before);
        } finally {
            lock.unlock();
        }
        if (urgent) bell.ring();
    }

    /// Whether the node is not shown as ready, or soon will not be.
    boolean isLate(NodeId id) {
        Dossier dossier = dossier(id);
        return dossier != null && dossier.late();
    }

    /// Whether the node is still shown as ready although it did not answer.
    boolean doubts(NodeId id) {
        Dossier dossier = dossier(id);
        return dossier != null && dossier.shown().ready() && dossier.silence() != null;
    }

    /// Whether the node does not answer, and no other one of the chain serves.
    boolean misses(NodeId id) {
        lock.lock();
        try {
            Dossier dossier = dossiers.get(id);
            return dossier != null
                    && dossier.silence() != null
                    && dossiers.values().stream().noneMatch(each -> each.shown().ready());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Dossier dossier(NodeId id) {
        lock.lock();
        try {
            return dossiers.get(id);
        } finally {
            lock.unlock();
        }
    }

    void suspect(NodeId id) {
        NodeWatch watch = watches.get(id);
        if (watch != null) watch.suspect();
    }

    /// @return whether every node has been heard, or found silent, once
    boolean awaitStart(long nanos) throws InterruptedException {
        return started.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void watch() throws InterruptedException {
        while (open) {
            bell.await(tick());
            press.printMissed();
            takePushed();
            long began = System.nanoTime();
            conclude(false);
            rest(System.nanoTime() - began);
        }
    }

    private Duration tick() {
        Duration interval = interval();
        if (interval.compareTo(TICK) >= 0) return TICK;
        return interval.compareTo(SHORTEST_TICK) > 0 ? interval : SHORTEST_TICK;
    }

    private Duration interval() {
        lock.lock();
        try {
            return plan.chain().probing().interval();
        } finally {
            lock.unlock();
        }
    }

    private static void rest(long worked) {
        long rest = Math.min(worked * REST_PER_WORK, LONGEST_REST);
        if (rest >= SHORTEST_REST) LockSupport.parkNanos(rest);
    }

    private void conclude(boolean declared) {
        Conclusion conclusion;
        ChainState before;
        boolean showing;
        lock.lock();
        try {
            if (!open) return;
            conclusion = Round.conclude(plan, dossiers.values(), memory, clock.instant());
            memory = conclusion.memory();
            for (Dossier dossier : conclusion.dossiers()) dossiers.put(dossier.id(), dossier);
            before = shown;
            showing = worthShowing(before, conclusion.state(), declared);
            if (showing) show(conclusion.state());
        } finally {
            lock.unlock();
        }
        if (showing && !declared) press.print();
        if (showing) news.tell(before, conclusion.state());
        if (conclusion.memory().started()) started.countDown();
        conclusion.checks().forEach(this::check);
    }

    private void check(NodeId id, Check asked) {
        NodeWatch watch = watches.get(id);
        if (watch != null) watch.check(asked);
    }

    private boolean worthShowing(@Nullable ChainState before, ChainState after, boolean declared) {
        if (before == null || declared) return true;
        return switch (Difference.between(before, after)) {
            case MAJOR -> true;
            case MINOR -> System.nanoTime() - shownAt >= BETWEEN_MINOR.toNanos();
            case NONE -> false;
        };
    }

    private void show(ChainState state) {
        shown = state;
        shownAt = System.nanoTime();
        press.set(state);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
        loop.stop();
        watches.values().forEach(NodeWatch::close);
        started.countDown();
    }
}
