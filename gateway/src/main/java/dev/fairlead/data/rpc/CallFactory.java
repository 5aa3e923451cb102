package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import org.jspecify.annotations.Nullable;

/// Makes the calls of one message: what they have in common stands here.
///
/// @param next to the chain's nodes, or one that refuses every call
/// @param chain empty when the path names none
/// @param requestId what the client calls them, or what we call a whole batch, or null
record CallFactory(
        LoopCalls loop,
        Next next,
        String chain,
        Client client,
        @Nullable String requestId,
        InFlightLimit inFlight,
        MessageExchange exchange) {
    PendingCall make(long serial, Request request, PendingCall.Receiver receiver) {
        var call = new Call(serial, chain, request, client, loop.loop(), exchange.startedAt(), exchange.deadline());
        return new PendingCall(loop, next, call, requestId, inFlight, exchange.body(), receiver);
    }
}
