package dev.fairlead.control.store;

import static java.util.Collections.unmodifiableMap;

import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.KeyForgotten;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoreChange.KeysForgotten;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoreChange.TenantForgotten;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that was declared at run time and not taken back. Immutable; every order makes the next one.
///
/// @param revision grows by one with every order; -1 before anything was read
/// @param chains names and EIP-155 ids (0: to be learned) of the chains that were added together with a node
/// @param nodes in the order in which they were added
/// @param modes of all nodes that are not simply serving, including those from the file
/// @param tenants in the order in which they were added
/// @param keys of these tenants and of those of the file
public record StoredDeclarations(
        long revision,
        Map<String, Long> chains,
        List<AddedNode> nodes,
        Map<NodeId, Node.Mode> modes,
        List<AddedTenant> tenants,
        StoredKeys keys) {
    public static final StoredDeclarations UNREAD = nothing(-1);

    public StoredDeclarations {
        chains = unmodifiableMap(new LinkedHashMap<>(chains));
        nodes = List.copyOf(nodes);
        modes = unmodifiableMap(new LinkedHashMap<>(modes));
        tenants = List.copyOf(tenants);
    }

    public static StoredDeclarations nothing(long revision) {
        return new StoredDeclarations(revision, Map.of(), List.of(), Map.of(), List.of(), StoredKeys.NONE);
    }

    public Optional<AddedNode> node(NodeId id) {
        return nodes.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    public StoredDeclarations after(List<StoreChange> changes) {
        var nextChains = new LinkedHashMap<>(chains);
        var nextNodes = new ArrayList<>(nodes);
        var nextModes = new LinkedHashMap<>(modes);
        var nextTenants = new LinkedHashMap<String, AddedTenant>();
        for (AddedTenant tenant : tenants) nextTenants.put(tenant.name(), tenant);
        var nextKeys = new ChangingKeys(keys);
        for (StoreChange change : changes) {
            switch (change) {
                case ChainKept(var name, var id) -> nextChains.put(name, id);
                case ChainForgotten(var name) -> nextChains.remove(name);
                case NodeKept(var node) -> put(nextNodes, node);
                case NodeForgotten(var id) ->
                    nextNodes.removeIf(each -> each.id().equals(id));
                case ModeSet(var id, var mode) when mode == Node.Mode.SERVING -> nextModes.remove(id);
                case ModeSet(var id, var mode) -> nextModes.put(id, mode);
                case TenantKept(var tenant) -> nextTenants.put(tenant.name(), tenant);
                case TenantForgotten(var name) -> nextTenants.remove(name);
                case KeyKept(var key) -> nextKeys.keep(key);
                case KeyForgotten(var hash) -> nextKeys.forget(hash);
                case KeysForgotten(var tenant) -> nextKeys.forget(tenant);
            }
        }
        return new StoredDeclarations(
                revision + 1, nextChains, nextNodes, nextModes, List.copyOf(nextTenants.values()), nextKeys.toStored());
    }

    private static void put(List<AddedNode> nodes, AddedNode node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).id().equals(node.id())) continue;
            nodes.set(i, node);
            return;
        }
        nodes.add(node);
    }
}
