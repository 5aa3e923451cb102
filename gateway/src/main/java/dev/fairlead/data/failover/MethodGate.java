package dev.fairlead.data.failover;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Method.Offer;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.GroupRoutes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Refuses what cannot be put to nodes: subscriptions without a stream, and what one node would keep for the next call
/// where another may get that.
public final class MethodGate implements Stage {
    private final LoopDispatch dispatch;

    public MethodGate(LoopDispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        Method method = call.method();
        if (method.offer() == Offer.ANY_NODE) {
            onward.take(call, back);
            return;
        }
        ChainRoutes routes = dispatch.routes(call.chain());
        Refused refused = routes == null ? null : refusal(method, routes.groupOf(call.route(), method.name()));
        if (refused == null) onward.take(call, back);
        else back.accept(refused);
    }

    /// @param group the nodes of the method's group
    static @Nullable Refused refusal(Method method, GroupRoutes group) {
        return switch (method.offer()) {
            case ANY_NODE -> null;
            case SOLE_NODE -> group.areOfOneNode() ? null : Refusals.needsSoleNode(method.name());
            case STREAM -> Refusals.needsStream(method.name());
        };
    }
}
