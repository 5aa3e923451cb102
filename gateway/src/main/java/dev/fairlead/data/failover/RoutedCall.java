package dev.fairlead.data.failover;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.RoutingNeeds;

/// A call, and what routing and the guards of its answer go by.
///
/// @param named the block that it names
/// @param chain what this gateway knows of its chain
record RoutedCall(LoopDispatch dispatch, Call call, Method method, BlockRef named, CallKind kind, ChainTraffic chain) {
    static RoutedCall of(LoopDispatch dispatch, Call call, ChainTraffic chain) {
        Method method = call.method();
        BlockRef named = call.block();
        return new RoutedCall(dispatch, call, method, named, CallKind.of(method, named, call.request()), chain);
    }

    RoutingNeeds needs() {
        return RoutingNeeds.of(method, kind, named, chain.floor());
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    long left(long now) {
        return call.deadline() - now;
    }

    boolean isSubmission() {
        return method.kind() == Method.Kind.SUBMISSION;
    }
}
