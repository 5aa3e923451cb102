package dev.fairlead.control.admin;

import dev.fairlead.core.fleet.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the calls tell about the nodes, beyond the Fleet.
public interface Usage {
    /// Nothing is known.
    Usage UNKNOWN = new Usage() {};

    /// Why the gateway spares the node at the moment, if it does.
    default Optional<String> ejected(NodeId node) {
        return Optional.empty();
    }

    /// Calls that the node is working on: when a draining node is at 0, it can be stopped.
    default OptionalInt inFlight(NodeId node) {
        return OptionalInt.empty();
    }

    /// Whether the chain's calls go to its leader because no other node can serve.
    default boolean lastResort(String chain) {
        return false;
    }

    /// The chain's groups in which nobody is fit to serve and the least bad is used.
    default List<String> panic(String chain) {
        return List.of();
    }
}
