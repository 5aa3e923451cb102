package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import java.util.Set;

/// What is remembered of a node that was seen on another branch than the main one. It holds until a block of the node
/// at that height, or above it, is seen to be the main branch's, whatever the node claims and however long it is silent
/// meanwhile.
///
/// @param since when it was first seen there
/// @param height the greatest at which its block differed
/// @param known whether the node is called forked, and not merely seen apart for a moment
/// @param against the nodes that outweighed it, two at least; empty where it was one word against another
record ForkMemory(Instant since, long height, boolean known, Set<NodeId> against) {
    /// Whether the memory holds although the nodes that outweighed this one are silent now.
    boolean isOutvoted() {
        return known && !against.isEmpty();
    }

    /// Only nodes that are still declared for this chain speak against another.
    ForkMemory by(Set<NodeId> declared) {
        if (against.isEmpty() || against.stream().anyMatch(declared::contains)) return this;
        return new ForkMemory(since, height, known, Set.of());
    }

    String words() {
        return "has another block %d than the reference".formatted(height);
    }
}
