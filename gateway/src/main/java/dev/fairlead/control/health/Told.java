package dev.fairlead.control.health;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;

/// What came of asking a node.
public sealed interface Told {
    /// @param result the raw JSON of the `result` member
    record Said(Slice result) implements Told {}

    record Objected(RpcError error, Complaint complaint) implements Told {}

    /// Nothing that makes sense: refused, reset, timed out, not JSON-RPC.
    record Silent(String cause) implements Told {}
}
