package dev.fairlead.control.watch;

import dev.fairlead.control.judge.LastKnown;
import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Suspicion;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Watches every declared node; nothing else publishes the Fleet. A changed declaration is in the Fleet at
/// once, a changed verdict within 100 ms of the sample that caused it.
public final class Monitor implements Suspicion, AutoCloseable {
    private final Board<Declared> declared;
    private final NodeQueries nodeQueries;
    private final HeadFeeds headFeeds;
    private final ChangeEvents changeEvents;
    private final InstantSource clock;
    private final Map<NodeId, LastKnown> past;
    private final FleetPublisher publisher;
    private final Supervisor supervisor;
    private final Metronome metronome;
    private final Map<String, ChainWatch> chains = new ConcurrentHashMap<>();
    private boolean open = true;

    /// @param past how the nodes were before the start, as far as that is known
    public Monitor(
            Board<Declared> declared,
            Board<Fleet> fleet,
            NodeQueries nodeQueries,
            HeadFeeds headFeeds,
            Events events,
            InstantSource clock,
            Map<NodeId, LastKnown> past,
            Supervisor supervisor) {
        this.declared = declared;
        this.nodeQueries = nodeQueries;
        this.headFeeds = headFeeds;
        this.changeEvents = new ChangeEvents(events);
        this.clock = clock;
        this.past = Map.copyOf(past);
        this.publisher = new FleetPublisher(fleet);
        this.supervisor = supervisor;
        this.metronome = new Metronome(supervisor);
    }

    /// Begins to watch, and to follow the declarations. Returns when the first Fleet is published, with verdicts still
    /// unknown.
    public void start() {
        metronome.start();
        declared.onPublish(_ -> follow());
        follow();
    }

    private void follow() {
        if (arrange()) publisher.print();
    }

    private synchronized boolean arrange() {
        if (!open) return false;
        var plans = declared.now().chains();
        var names = new LinkedHashSet<String>();
        for (ChainPlan plan : plans) names.add(plan.chain().name());
        chains.forEach((name, watch) -> {
            if (!names.contains(name) && chains.remove(name, watch)) watch.close();
        });
        for (ChainPlan plan : plans) watch(plan);
        publisher.arrange(names);
        return true;
    }

    private void watch(ChainPlan plan) {
        String name = plan.chain().name();
        ChainWatch known = chains.get(name);
        if (known != null) {
            known.declared(plan);
            return;
        }
        var watch = new ChainWatch(
                plan, nodeQueries, headFeeds, changeEvents, clock, past, publisher, metronome, supervisor);
        chains.put(name, watch);
        watch.declared(plan);
        watch.start();
    }

    @Override
    public void suspect(NodeId node, String cause) {
        ChainWatch watch = chains.get(node.chain());
        if (watch != null) watch.suspect(node);
    }

    /// Waits until every node that is declared now has been heard, or found silent, once.
    ///
    /// @return false when the bound passed first
    public boolean firstRound(Duration bound) throws InterruptedException {
        long until = System.nanoTime() + bound.toNanos();
        for (ChainWatch watch : new ArrayList<>(chains.values())) {
            if (!watch.awaitStart(until - System.nanoTime())) return false;
        }
        return true;
    }

    /// Stops watching. The last Fleet stays on its board.
    @Override
    public synchronized void close() {
        open = false;
        chains.values().forEach(ChainWatch::close);
        chains.clear();
        metronome.close();
    }
}
