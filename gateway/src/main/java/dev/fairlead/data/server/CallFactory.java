package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import org.jspecify.annotations.Nullable;

/// Makes the calls of one HTTP request: what they have in common stands here.
///
/// @param chain empty when the path names none
/// @param requestId what the client calls them, or what we call a whole batch, or null
/// @param body what their body takes, or null when it is small
/// @param next to the chain's nodes, or one that refuses every call
record CallFactory(
        LoopContext context,
        Next next,
        String chain,
        Client client,
        @Nullable String requestId,
        InFlightLimit limit,
        long startedAt,
        long deadline,
        @Nullable Lease body) {
    PendingCall make(long serial, Request request, PendingCall.Receiver receiver) {
        var call = new Call(serial, chain, request, client, context.loop(), startedAt, deadline);
        return new PendingCall(context.state(), next, call, requestId, limit, body, receiver);
    }
}
