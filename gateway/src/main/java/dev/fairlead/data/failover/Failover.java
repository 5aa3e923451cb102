package dev.fairlead.data.failover;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.routing.ChainRoutes;
import java.util.function.Consumer;

/// The last stage: puts each call to the nodes until there is an answer or the deadline. The way of one call
/// is a [FailoverRun]; this only starts it. One for each event loop.
public final class Failover implements Stage {
    private final LoopDispatch dispatch;

    public Failover(LoopDispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        ChainRoutes routes = dispatch.routes(call.chain());
        if (routes == null) back.accept(Refusals.noSuchChain(call.chain()));
        else new FailoverRun(dispatch, routes, call, back).begin();
    }
}
