package dev.fairlead.control.judge;

import dev.fairlead.control.store.NodeMemory;
import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// A node's verdict before the start, so that a node which still has it shows since when.
///
/// @param verdict its word
public record LastKnown(String verdict, Instant since) {
    public static Map<NodeId, LastKnown> of(Collection<NodeMemory> memories) {
        var past = new HashMap<NodeId, LastKnown>();
        for (NodeMemory memory : memories) past.put(memory.node(), new LastKnown(memory.verdict(), memory.since()));
        return past;
    }
}
