package dev.fairlead.control.store;

import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the monitor last knew of a node, so that a restart does not forget how long its state has lasted.
///
/// @param verdict its word
/// @param reason the evidence as one line
/// @param since when the word last changed
/// @param headNumber of the newest block that the node showed, or null
public record NodeMemory(
        NodeId node,
        String verdict,
        String reason,
        Instant since,
        @Nullable Long headNumber,
        @Nullable String headHash) {
    static NodeMemory of(NodeState state) {
        Head head = state.head();
        return new NodeMemory(
                state.id(),
                state.verdict().word(),
                state.verdict().evidence(),
                state.since(),
                head == null ? null : head.number(),
                head == null ? null : head.hash());
    }

    boolean sameVerdict(@Nullable NodeMemory other) {
        return other != null && verdict.equals(other.verdict) && since.equals(other.since);
    }
}
