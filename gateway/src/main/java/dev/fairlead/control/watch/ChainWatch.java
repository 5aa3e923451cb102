package dev.fairlead.control.watch;

import dev.fairlead.control.judge.ChainDifference;
import dev.fairlead.control.judge.ChainJudgement;
import dev.fairlead.control.judge.ChainJudgement.Conclusion;
import dev.fairlead.control.judge.ChainMemory;
import dev.fairlead.control.judge.LastKnown;
import dev.fairlead.control.judge.NodeEvidence;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.control.probe.Prober;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.probe.SelfReport;
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

/// Watches one chain: gathers what its nodes say, judges all of them again when anything changed, and puts the
/// verdicts into the Fleet. Important news is judged at once. On large chains there are rests between
/// judgements, so that any number of nodes costs only a small share of a core.
final class ChainWatch implements NodeWatch.Chain, AutoCloseable {
    /// How long samples that show nothing new may wait for others, so that they are judged together. Also how
    /// often all are judged when no node says anything, because then time alone can change a verdict.
    private static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration SHORTEST_TICK = Duration.ofMillis(100);
    private static final Duration BETWEEN_MINOR = Duration.ofSeconds(1);
    private static final int REST_PER_WORK = 40;
    private static final long SHORTEST_REST = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(40).toNanos();

    private record Pushed(NodeId id, SeenBlock block) {}

    private final NodeQueries nodeQueries;
    private final HeadFeeds headFeeds;
    private final ChangeEvents changeEvents;
    private final InstantSource clock;
    private final Map<NodeId, LastKnown> past;
    private final FleetPublisher publisher;
    private final Metronome metronome;
    private final WakeUp wakeUp;
    private final BlockingQueue<Pushed> heads = new ArrayBlockingQueue<>(4096);
    private final CountDownLatch started = new CountDownLatch(1);
    private final Map<NodeId, NodeWatch> watches = new ConcurrentHashMap<>();
    private final Supervisor supervisor;
    private final Supervised loop;
    private volatile boolean open = true;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<NodeId, NodeEvidence> allEvidence = new LinkedHashMap<>();
    private ChainPlan plan;
    private ChainMemory memory;
    private @Nullable ChainState shown;
    private long shownAt;

    ChainWatch(
            ChainPlan plan,
            NodeQueries nodeQueries,
            HeadFeeds headFeeds,
            ChangeEvents changeEvents,
            InstantSource clock,
            Map<NodeId, LastKnown> past,
            FleetPublisher publisher,
            Metronome metronome,
            Supervisor supervisor) {
        this.plan = plan;
        this.memory = ChainMemory.of(plan.chain().declaredId());
        this.nodeQueries = nodeQueries;
        this.headFeeds = headFeeds;
        this.changeEvents = changeEvents;
        this.clock = clock;
        this.past = past;
        this.publisher = publisher;
        this.metronome = metronome;
        this.wakeUp = new WakeUp(metronome);
        this.supervisor = supervisor;
        this.loop = supervisor.loop(
                Part.CHAIN_WATCH,
                Thread.ofVirtual().name("watch of " + plan.chain().name()),
                this::watch);
    }

    void start() {
        loop.start();
    }

    /// Obeys a changed declaration: new nodes are watched, removed ones are not, and the next Fleet shows it
    /// without waiting for a probe.
    void declared(ChainPlan changed) {
        lock.lock();
        try {
            if (changed.chain().declaredId() != plan.chain().declaredId()) {
                memory = ChainMemory.of(changed.chain().declaredId());
            }
            plan = changed;
            reconcile(clock.instant());
        } finally {
            lock.unlock();
        }
        conclude(true);
    }

    private void reconcile(Instant now) {
        var before = Map.copyOf(allEvidence);
        allEvidence.clear();
        for (Node node : plan.nodes()) {
            NodeEvidence known = before.get(node.id());
            allEvidence.put(
                    node.id(),
                    known == null ? NodeEvidence.of(node, now, past.get(node.id())) : known.declared(node, now));
        }
        watches.forEach((id, watch) -> {
            if (!allEvidence.containsKey(id) && watches.remove(id, watch)) watch.close();
        });
        for (Node node : plan.nodes()) {
            NodeWatch watch = watches.get(node.id());
            if (watch == null) watch(node);
            else watch.declared(node, plan.chain().probing());
        }
    }

    private void watch(Node node) {
        var prober = new Prober(nodeQueries, clock, ThreadLocalRandom.current().nextDouble(0.75, 1.0));
        var watch = new NodeWatch(node, plan.chain().probing(), this, prober, headFeeds, metronome, supervisor);
        watches.put(node.id(), watch);
        watch.start();
    }

    @Override
    public void told(NodeId id, Sample sample) {
        update(id, evidence -> evidence.told(sample));
    }

    @Override
    public void hinted(NodeId id, SelfReport selfReport) {
        update(id, evidence -> evidence.hinted(selfReport));
    }

    @Override
    public void found(NodeId id, FollowUpAnswer followUpAnswer) {
        update(id, evidence -> evidence.found(followUpAnswer, clock.instant()));
    }

    /// A node pushed its head. Returns at once, because it is told on an event loop; a head that finds no room
    /// is left to the next probe.
    @Override
    public void pushed(NodeId id, SeenBlock block) {
        if (heads.offer(new Pushed(id, block))) wakeUp.ring();
    }

    private void takePushed() {
        for (Pushed head = heads.poll(); head != null; head = heads.poll()) take(head.id(), head.block());
    }

    /// A pushed head is believed when it continues what the node showed; otherwise the node itself is asked.
    private void take(NodeId id, SeenBlock block) {
        NodeEvidence evidence = evidenceOf(id);
        if (evidence == null || (evidence.head() != null && block.same(evidence.head()))) return;
        if (evidence.continuedBy(block)) {
            update(id, known -> known.continuedBy(block) ? known.pushed(block, clock.instant()) : known);
        } else {
            NodeWatch watch = watches.get(id);
            if (watch != null) watch.look();
        }
    }

    private void update(NodeId id, UnaryOperator<NodeEvidence> heard) {
        boolean urgent;
        lock.lock();
        try {
            NodeEvidence before = allEvidence.get(id);
            if (before == null) return;
            NodeEvidence after = heard.apply(before);
            allEvidence.put(id, after);
            urgent = after.urgentAfter(before);
        } finally {
            lock.unlock();
        }
        if (urgent) wakeUp.ring();
    }

    /// Whether the node is not shown as ready, or soon will not be.
    @Override
    public boolean isLate(NodeId id) {
        NodeEvidence evidence = evidenceOf(id);
        return evidence != null && evidence.late();
    }

    /// Whether the node is still shown as ready although it did not answer.
    @Override
    public boolean doubts(NodeId id) {
        NodeEvidence evidence = evidenceOf(id);
        return evidence != null && evidence.shown().ready() && evidence.silence() != null;
    }

    /// Whether the node does not answer, and no other one of the chain serves.
    @Override
    public boolean misses(NodeId id) {
        lock.lock();
        try {
            NodeEvidence evidence = allEvidence.get(id);
            return evidence != null
                    && evidence.silence() != null
                    && allEvidence.values().stream()
                            .noneMatch(each -> each.shown().ready());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable NodeEvidence evidenceOf(NodeId id) {
        lock.lock();
        try {
            return allEvidence.get(id);
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
            wakeUp.await(tick());
            publisher.printMissed();
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
            conclusion = ChainJudgement.conclude(plan, allEvidence.values(), memory, clock.instant());
            memory = conclusion.memory();
            for (NodeEvidence evidence : conclusion.allEvidence()) allEvidence.put(evidence.id(), evidence);
            before = shown;
            showing = worthShowing(before, conclusion.state(), declared);
            if (showing) show(conclusion.state());
        } finally {
            lock.unlock();
        }
        if (showing && !declared) publisher.print();
        if (showing) changeEvents.tell(before, conclusion.state());
        if (conclusion.memory().started()) started.countDown();
        conclusion.checks().forEach(this::check);
    }

    private void check(NodeId id, FollowUp asked) {
        NodeWatch watch = watches.get(id);
        if (watch != null) watch.check(asked);
    }

    private boolean worthShowing(@Nullable ChainState before, ChainState after, boolean declared) {
        if (before == null || declared) return true;
        return switch (ChainDifference.between(before, after)) {
            case MAJOR -> true;
            case MINOR -> System.nanoTime() - shownAt >= BETWEEN_MINOR.toNanos();
            case NONE -> false;
        };
    }

    private void show(ChainState state) {
        shown = state;
        shownAt = System.nanoTime();
        changeEvents.sharedId(state, publisher.set(state));
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
