package dev.fairlead.control.watch;

import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.telemetry.Events;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells what changed from one state of a chain to the next.
record ChangeEvents(Events events) {
    void tell(@Nullable ChainState before, ChainState after) {
        if (before == null) return;
        String chain = after.chain().name();
        if (!sameSource(before.reference(), after.reference())) {
            events.reference(chain, before.reference(), after.reference());
        }
        if ((before.stalled() == null) != (after.stalled() == null)) events.stalled(chain, after.stalled());
        verdicts(before, after);
    }

    /// @param others chains that have the same id
    void sharedId(ChainState chain, List<String> others) {
        if (!others.isEmpty()) events.sharedId(chain.chain().name(), chain.learnedId(), String.join(", ", others));
    }

    /// A head that moves on is no news.
    private static boolean sameSource(Reference before, Reference after) {
        return switch (before) {
            case Reference.Leader(var node, var _) ->
                after instanceof Reference.Leader(var next, var _) && next.equals(node);
            case Reference.Agreement _ -> after instanceof Reference.Agreement;
            case Reference.None _ -> after instanceof Reference.None;
        };
    }

    private void verdicts(ChainState before, ChainState after) {
        Map<NodeId, NodeState> known = new HashMap<>();
        for (NodeState node : before.nodes()) known.put(node.id(), node);
        for (NodeState node : after.nodes()) {
            NodeState was = known.get(node.id());
            if (was != null && (was.pendingBehind() == 0) != (node.pendingBehind() == 0)) {
                events.pending(node.id(), node.pendingBehind());
            }
            if (was != null && !was.verdict().word().equals(node.verdict().word())) {
                events.verdict(node.id(), was.verdict(), node.verdict());
            }
        }
    }
}
