package dev.fairlead.data.call;

import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import java.time.Duration;

/// What the client gets. The JSON-RPC code and HTTP status of calls that get no node's own reply stand in [Refusal] and
/// nowhere else; the statuses of bare HTTP stand in `data/http` and in `HttpRouting`.
public sealed interface Answer {
    /// A node's reply; the receiver owns its bytes.
    record Served(Reply reply) implements Answer {}

    /// Answered without a node.
    ///
    /// @param result raw JSON
    record Known(Slice result) implements Answer {}

    /// Every node that was asked objected; the most telling objection goes back as the node put it.
    record Objected(RpcError error) implements Answer {}

    /// The gateway refuses the call, or could not get it answered.
    ///
    /// @param detail one sentence for the client's log: what was expected, what was found, what to do; no secrets
    /// @param data what it knows beyond, raw JSON, or [Slice#NONE]; the caller's style says how it is shown
    /// @param retryAfter when to come again; zero says nothing of it
    record Refused(Refusal why, String detail, Slice data, Duration retryAfter) implements Answer {
        public Refused(Refusal why, String detail) {
            this(why, detail, Slice.NONE, why.retryAfter());
        }

        /// The method is not there for the caller, in the words of go-ethereum, by which ethers knows that it must do
        /// without.
        public static Refused methodNotAvailable(String method, String because) {
            String detail = "the method " + OneLine.of(method) + " does not exist/is not available here: " + because;
            return new Refused(Refusal.METHOD_NOT_FOUND, detail);
        }
    }
}
