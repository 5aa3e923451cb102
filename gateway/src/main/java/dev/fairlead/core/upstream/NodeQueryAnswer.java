package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;

/// What a node told the control plane, and how long it took.
public sealed interface NodeQueryAnswer {
    Duration took();

    /// @param result raw JSON
    record Said(Slice result, Duration took) implements NodeQueryAnswer {}

    /// The node spoke, but did not answer. Where it spoke no JSON-RPC, the error is ours and says its HTTP status.
    record Objected(RpcError error, ErrorMeaning meaning, Duration took) implements NodeQueryAnswer {}

    /// The gateway could not ask: it lacked connections, descriptors or memory, or is stopping. This says
    /// nothing of the node.
    record Unasked(String cause, Duration took) implements NodeQueryAnswer {}

    /// No answer, or none that makes sense.
    record Silent(String cause, Duration took) implements NodeQueryAnswer {}
}
