package dev.fairlead.control.store;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;

/// A node that was added at run time, as the store keeps it.
///
/// @param node always serving and of origin `ADDED`; its mode is kept apart, as that of every node
/// @param leader whether it measures the others of its chain
public record AddedNode(Node node, boolean leader, Instant addedAt) {
    public NodeId id() {
        return node.id();
    }
}
