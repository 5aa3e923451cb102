package dev.fairlead.data.load;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// What this gateway knows of nodes and chains from its own calls: loads, ejections, floors, budgets. One for all event
/// loops; an entry lives as long as its node is in the Fleet.
public final class Traffic {
    private final LongSupplier clock;
    private final Spending spending;
    private final ConcurrentHashMap<NodeId, NodeTraffic> nodes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ChainTraffic> chains = new ConcurrentHashMap<>();

    /// Over nodes without plans.
    public Traffic(LongSupplier clock) {
        this(clock, Spending.unbound());
    }

    /// @param clock `System::nanoTime`, or a clock of a test
    public Traffic(LongSupplier clock, Spending spending) {
        this.clock = clock;
        this.spending = spending;
    }

    /// What nodes with a plan have been asked.
    public Spending spending() {
        return spending;
    }

    /// Calls that are at the node now: an operator who drains it waits for 0.
    public int inFlight(NodeId node) {
        NodeTraffic traffic = nodes.get(node);
        return traffic == null ? 0 : traffic.inFlight();
    }

    /// Calls that wait for a place at the node.
    public int waiting(NodeId node) {
        NodeTraffic traffic = nodes.get(node);
        return traffic == null ? 0 : traffic.places().length();
    }

    /// Why the gateway itself spares the node at the moment, if it does.
    public Optional<String> ejected(NodeId node) {
        NodeTraffic traffic = nodes.get(node);
        if (traffic == null) return Optional.empty();
        return switch (traffic.ejection()) {
            case EjectionState.In _ -> Optional.empty();
            case EjectionState.Out out -> Optional.of(out.cause());
            case EjectionState.Trial trial -> Optional.of(trial.cause());
        };
    }

    /// The services for which the gateway spares the node calls at the moment.
    public List<String> spared(NodeId node) {
        NodeTraffic traffic = nodes.get(node);
        if (traffic == null) return List.of();
        long now = now();
        return Stream.of(Service.values())
                .filter(service -> traffic.fails(service, now))
                .map(Service::word)
                .toList();
    }

    public NodeTraffic node(NodeId id) {
        NodeTraffic known = nodes.get(id);
        return known != null ? known : nodes.computeIfAbsent(id, fresh -> new NodeTraffic(fresh, now()));
    }

    public ChainTraffic chain(String name) {
        ChainTraffic known = chains.get(name);
        return known != null ? known : chains.computeIfAbsent(name, fresh -> new ChainTraffic(fresh, now()));
    }

    public long now() {
        return clock.getAsLong();
    }

    /// Forgets what is no longer in the Fleet, once its last call has ended.
    void keep(Fleet fleet) {
        nodes.values().removeIf(node -> fleet.node(node.id()) == null && node.inFlight() == 0);
        chains.keySet().removeIf(name -> fleet.chain(name) == null);
    }
}
