package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Way;
import org.jspecify.annotations.Nullable;

/// Makes the calls of one HTTP request: what they have in common stands here.
///
/// @param chain empty when the path names none
/// @param requestId what the client calls them, or what we call a whole batch, or null
/// @param body what their body takes, or null when it is small
/// @param way to the chain's nodes, or one that refuses every call
record CallMaker(
        LoopSide side,
        Way way,
        String chain,
        Client client,
        @Nullable String requestId,
        Places places,
        long startedAt,
        long deadline,
        @Nullable Lease body) {
    PendingCall make(long serial, Request request, PendingCall.Receiver receiver) {
        var call = new Call(serial, chain, request, client, side.loop(), startedAt, deadline);
        return new PendingCall(side.serving(), way, call, requestId, places, body, receiver);
    }
}
