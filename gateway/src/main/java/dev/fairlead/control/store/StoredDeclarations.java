package dev.fairlead.control.store;

import static java.util.Collections.unmodifiableMap;

import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
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
public record StoredDeclarations(
        long revision, Map<String, Long> chains, List<AddedNode> nodes, Map<NodeId, Node.Mode> modes) {
    public static final StoredDeclarations UNREAD = new StoredDeclarations(-1, Map.of(), List.of(), Map.of());

    public StoredDeclarations {
        chains = unmodifiableMap(new LinkedHashMap<>(chains));
        nodes = List.copyOf(nodes);
        modes = unmodifiableMap(new LinkedHashMap<>(modes));
    }

    public Optional<AddedNode> node(NodeId id) {
        return nodes.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    public StoredDeclarations after(List<StoreChange> changes) {
        var nextChains = new LinkedHashMap<>(chains);
        var nextNodes = new ArrayList<>(nodes);
        var nextModes = new LinkedHashMap<>(modes);
        for (StoreChange change : changes) {
            switch (change) {
                case ChainKept(var name, var id) -> nextChains.put(name, id);
                case ChainForgotten(var name) -> nextChains.remove(name);
                case NodeKept(var node) -> put(nextNodes, node);
                case NodeForgotten(var id) ->
                    nextNodes.removeIf(each -> each.id().equals(id));
                case ModeSet(var id, var mode) when mode == Node.Mode.SERVING -> nextModes.remove(id);
                case ModeSet(var id, var mode) -> nextModes.put(id, mode);
            }
        }
        return new StoredDeclarations(revision + 1, nextChains, nextNodes, nextModes);
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
