package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import org.jspecify.annotations.Nullable;

/// What the calls of one message have in common.
///
/// @param next to the chain's nodes, or one that refuses every call
/// @param chain empty when the path names none
/// @param requestId the client's name for the message, or the gateway's name for a whole batch, or null
record CallOrigin(
        LoopCalls loop,
        Next next,
        String chain,
        Client client,
        @Nullable String requestId,
        InFlightLimit inFlight,
        MessageExchange exchange) {
    Call call(long serial, Request request) {
        return new Call(serial, chain, request, client, loop.loop(), exchange.startedAt(), exchange.deadline());
    }

    /// The same call once more, with as much time as it had.
    Call again(Call before, long now) {
        long patience = before.deadline() - before.startedAt();
        var again = new Call(before.serial(), chain, before.request(), client, loop.loop(), now, now + patience);
        again.askedAgain();
        again.charged(before.credits());
        return again;
    }
}
