package dev.fairlead.data.failover;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.HeadFloor;

/// A call with what routing and the guards of its answer need. Fields without accessors, because they are read
/// many times for every call.
final class RoutedCall {
    final LoopDispatch dispatch;
    final Call call;
    /// How hard the nodes are tried, as it was when the call came.
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

    RoutedCall(LoopDispatch dispatch, Call call, ChainTraffic chain) {
        this.dispatch = dispatch;
        this.call = call;
        this.bounds = dispatch.config();
        this.method = call.method();
        this.named = call.block();
        this.kind = CallKind.of(method, named, call.request());
        this.chain = chain;
        this.floor = chain.floor();
        this.isSubmission = method.kind() == Method.Kind.SUBMISSION;
    }

    RoutingNeeds needs() {
        return RoutingNeeds.of(method, kind, named, floor);
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    long left(long now) {
        return call.deadline() - now;
    }
}
