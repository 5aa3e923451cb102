package dev.fairlead.control.store;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;

/// One step from what is kept to what shall be kept. An order is a list of them, carried out whole or not at all.
public sealed interface StoreChange {
    /// @param id EIP-155 id, or 0 when it is to be learned
    record ChainKept(String name, long id) implements StoreChange {}

    record ChainForgotten(String name) implements StoreChange {}

    /// Adds the node, or replaces the one of the same id.
    record NodeKept(AddedNode node) implements StoreChange {}

    record NodeForgotten(NodeId id) implements StoreChange {}

    record ModeSet(NodeId id, Node.Mode mode) implements StoreChange {}
}
