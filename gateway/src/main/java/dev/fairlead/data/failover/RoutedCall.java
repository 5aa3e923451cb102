package dev.fairlead.data.failover;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.HeadFloor;

/// A call with what routing and the guards of its answer need. Fields without accessors, because they are read
/// many times for every call.
final class RoutedCall {
    final LoopDispatch dispatch;
    final Call call;
    /// How hard the nodes are tried for such a call, as it was when the call came.
    final DispatchConfig bounds;
    final Method method;
    /// The block that it names.
    final BlockRef named;
    final CallKind kind;
    /// What this gateway knows of its chain.
    final ChainTraffic chain;
    /// The newest block that clients of the chain were shown.
    final HeadFloor floor;
    final boolean isSubmission;

    RoutedCall(LoopDispatch dispatch, Call call, ChainRoutes routes) {
        this.dispatch = dispatch;
        this.call = call;
        this.method = call.method();
        this.bounds = bounds(dispatch.config(), call, routes.boundsOf(call.route(), call.goesAs()));
        this.named = call.block();
        this.kind = CallKind.of(method, named, call.request());
        this.chain = routes.traffic();
        this.floor = chain.floor();
        this.isSubmission = method.kind() == Method.Kind.SUBMISSION;
    }

    private static DispatchConfig bounds(DispatchConfig usual, Call call, CallBounds bounds) {
        if (bounds.equals(CallBounds.NONE)) return usual;
        if (bounds.deadline() != null) call.endWithin(bounds.deadline().toNanos());
        return usual.with(bounds);
    }

    RoutingNeeds needs() {
        return RoutingNeeds.of(method, kind, named, floor);
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    long left(long now) {
        return call.deadline() - now;
    }
}
