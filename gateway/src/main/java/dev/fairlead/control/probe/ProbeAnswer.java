package dev.fairlead.control.probe;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;

/// The result of asking a node.
public sealed interface ProbeAnswer {
    /// @param result the raw JSON of the `result` member
    record Said(Slice result) implements ProbeAnswer {}

    record Objected(RpcError error, ErrorMeaning meaning) implements ProbeAnswer {}

    /// The gateway could not ask, for a lack of its own; this says nothing of the node.
    record Unasked(String cause) implements ProbeAnswer {}

    /// The node's plan allows no such request now, so it was not asked.
    record Spent(String cause) implements ProbeAnswer {}

    /// No answer that makes sense: refused, reset, timed out, not JSON-RPC.
    record Silent(String cause) implements ProbeAnswer {}
}
