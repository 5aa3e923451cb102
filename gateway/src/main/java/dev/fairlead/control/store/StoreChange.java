package dev.fairlead.control.store;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;

/// One step from what is kept to what shall be kept. An order is a list of them, carried out whole or not at all.
public sealed interface StoreChange {
    /// @param id EIP-155 id, or 0 when it is to be learned
    record ChainKept(String name, long id) implements StoreChange {}

    record ChainForgotten(String name) implements StoreChange {}

    /// Adds the node, or replaces the one of the same id.
    record NodeKept(AddedNode node) implements StoreChange {}

    record NodeForgotten(NodeId id) implements StoreChange {}

    record ModeSet(NodeId id, Node.Mode mode) implements StoreChange {}

    /// Adds the tenant, or replaces the one of the same name.
    record TenantKept(AddedTenant tenant) implements StoreChange {}

    record TenantForgotten(String name) implements StoreChange {}

    /// Adds the key, or replaces the one of the same hash.
    record KeyKept(ApiKey key) implements StoreChange {}

    record KeyForgotten(KeyHash hash) implements StoreChange {}

    /// All keys of one tenant.
    record KeysForgotten(String tenant) implements StoreChange {}
}
