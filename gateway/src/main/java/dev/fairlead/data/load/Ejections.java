package dev.fairlead.data.load;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Suspicion;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ejects a node at the first sign that it is dead, before health has looked: the shell around [EjectionState].
/// Thread-safe. It tells health which node to look at, and the events which nodes are ejected and readmitted.
public final class Ejections {
    /// How often nodes that left the Fleet are looked through again: one is forgotten once its last call has ended.
    private static final long BETWEEN_KEEPING = Duration.ofSeconds(1).toNanos();

    /// A trial whether calls still hang costs a client more than one whether a node is back, so it comes later.
    private static final int LONGER = 8;

    private final Traffic traffic;
    private final Supplier<DispatchConfig> config;
    private final Events events;
    private final Suspicion suspicion;
    private volatile Fleet last = Fleet.EMPTY;
    private volatile long keptAt;

    public Ejections(Traffic traffic, Supplier<DispatchConfig> config, Events events, Suspicion suspicion) {
        this.traffic = traffic;
        this.config = config;
        this.events = events;
        this.suspicion = suspicion;
        this.keptAt = traffic.now();
    }

    /// Readmits nodes that health finds ready again, and has [Traffic] forget those that are no longer in the Fleet.
    public void follow(Board<Fleet> board) {
        board.onPublish(this::published);
        published(board.now());
    }

    public void failed(NodeTraffic node, String cause, long startedAt) {
        DispatchConfig bounds = config.get();
        long now = traffic.now();
        var before = node.changeEjection(
                state -> state.failed(cause, startedAt, now, bounds.firstEjection(), bounds.longestEjection()));
        if (before == null) return;
        node.forget(Service.BASIC);
        if (node.ejection() instanceof EjectionState.Out out) {
            events.ejected(node.id(), cause, Duration.ofNanos(out.until() - now));
        }
        suspicion.suspect(node.id(), cause);
    }

    /// The node failed a call that another node then answered. Too many of them, and it is spared calls that need the
    /// same service, or all calls when the service is one that no node can do without.
    ///
    /// @param weight of the failure; 1 is usual
    public void wentBad(NodeTraffic node, Service service, int weight, String cause, long startedAt) {
        DispatchConfig bounds = config.get();
        long now = traffic.now();
        if (!node.wentBad(service, weight, now, bounds.firstEjection(), bounds.longestEjection())) return;
        String why = "too many failures, last: " + cause;
        if (service == Service.BASIC) failed(node, why, startedAt);
        else events.spared(node.id(), service, why);
    }

    /// Several calls wait for the node, and none is answered; other nodes answer such calls. So the node is spared
    /// them.
    public void hangs(NodeTraffic node, Service service) {
        DispatchConfig bounds = config.get();
        if (!node.spareIfHanging(service, traffic.now(), bounds.firstEjection(), bounds.longestEjection())) return;
        events.spared(node.id(), service, "calls hang that other nodes answer");
    }

    /// The node left a call without an answer which another node then answered quickly: the next ones of its kind go
    /// elsewhere, for a while.
    public void lost(NodeTraffic node, Service service, String cause) {
        DispatchConfig bounds = config.get();
        Duration spared = bounds.firstEjection().multipliedBy(LONGER);
        if (!node.lost(service, traffic.now(), spared, bounds.longestEjection())) return;
        events.spared(node.id(), service, cause + "; another node answered it");
    }

    /// How long a call may wait before it counts as one that hangs, whatever its method: as long as a quick one may.
    public long patience() {
        return config.get().attempt().toNanos();
    }

    /// Nothing has come from the node for a while: health is to look at it now.
    public void silent(NodeTraffic node, String cause) {
        suspicion.suspect(node.id(), cause);
    }

    /// The node is this gateway itself, or asks it: no call goes there while health makes sure.
    public void leadsBack(NodeTraffic node, String cause) {
        node.ledBack(traffic.now());
        suspicion.suspect(node.id(), cause);
    }

    public void answered(NodeTraffic node, Service service, long startedAt) {
        node.wentWell(service);
        if (node.ejection() instanceof EjectionState.In) return;
        long now = traffic.now();
        if (node.changeEjection(state -> state.answered(startedAt, now)) != null) events.readmitted(node.id());
    }

    /// Fleets come in quick succession and mostly differ in one chain: only nodes of chains that differ are
    /// looked at.
    private void published(Fleet fleet) {
        Fleet before = last;
        last = fleet;
        long now = traffic.now();
        boolean sameNodes = fleet.chains().size() == before.chains().size();
        for (ChainState chain : fleet.chains().values()) {
            ChainState known = before.chain(chain.chain().name());
            if (chain.equals(known)) continue;
            readmit(known, chain, now);
            sameNodes &= known != null && sameNodes(known, chain);
        }
        if (!sameNodes || now - keptAt >= BETWEEN_KEEPING) {
            keptAt = now;
            traffic.keep(fleet);
        }
    }

    private void readmit(@Nullable ChainState before, ChainState after, long now) {
        for (NodeState state : after.nodes()) {
            if (state.verdict().ready() && !wasReady(before, state.id())) readmit(traffic.node(state.id()), now);
        }
    }

    private static boolean sameNodes(ChainState before, ChainState after) {
        if (before.nodes().size() != after.nodes().size()) return false;
        for (int i = 0; i < after.nodes().size(); i++) {
            if (!before.nodes().get(i).id().equals(after.nodes().get(i).id())) return false;
        }
        return true;
    }

    private void readmit(NodeTraffic node, long now) {
        if (node.changeEjection(state -> state.recovered(now)) != null) events.readmitted(node.id());
    }

    private static boolean wasReady(@Nullable ChainState chain, NodeId id) {
        NodeState state = chain == null ? null : chain.node(id);
        return state != null && state.verdict().ready();
    }
}
