package dev.fairlead.core.jsonrpc;

import java.util.List;

/// What a client's body turned out to be.
public sealed interface Envelope {
    record Single(Request request) implements Envelope {}

    record Batch(List<Element> elements) implements Envelope {}

    /// Not a legal JSON-RPC body; the whole of it gets this one answer.
    ///
    /// @param id the request's id where it could be read, else the JSON `null`
    record Malformed(Slice id, RpcError error) implements Envelope {}

    /// A batch of more calls than allowed; none of them is answered alone.
    record TooMany(int found, int limit) implements Envelope {}

    /// One element of a batch: a call, or the error that it gets instead.
    sealed interface Element {
        record Call(Request request) implements Element {}

        /// @param id the element's id where it could be read, else the JSON `null`
        record Invalid(Slice id, RpcError error) implements Element {}
    }
}
