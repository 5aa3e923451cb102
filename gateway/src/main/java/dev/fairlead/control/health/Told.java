package dev.fairlead.control.health;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;

/// What came of asking a node.
public sealed interface Told {
    /// @param result the raw JSON of the `result` member
    record Said(Slice result) implements Told {}

    record Objected(RpcError error, Complaint complaint) implements Told {}

    /// We could not ask, for a lack of our own; it says nothing of the node.
    record Unasked(String cause) implements Told {}

    /// Nothing that makes sense: refused, reset, timed out, not JSON-RPC.
    record Silent(String cause) implements Told {}
}
