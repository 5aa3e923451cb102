package dev.fairlead.data.failover;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RoutingNeeds;
import java.util.function.BiConsumer;

/// For a call about the head: asks a node, by number, for the block that clients were shown before.
final class ShownBlockRequest {
    private ShownBlockRequest() {}

    /// @return whether a node is asked; if not, no node has the block and a free place, or there is no time
    static boolean begin(
            RoutedCall routed,
            ChainRoutes routes,
            CallAttempts attempts,
            long number,
            long now,
            BiConsumer<RunningAttempt, Outcome> ended) {
        Request request = ReplyBlock.byNumber(routed.call.request(), number);
        var needs = RoutingNeeds.of(MethodTable.of(request.method()), new BlockRef.Number(number), number);
        if (routed.left(now) <= 0
                || !(routed.dispatch.plan(routes, needs, now) instanceof RoutePlan.Plan(var steps, var _)))
            return false;
        PlannedNode planned = steps.getFirst();
        if (planned.candidate().head(now) < number) return false;
        Entry entry = routed.dispatch.enter(planned, routes.chain().chain(), needs.method());
        if (!entry.isOpen()) return false;
        attempts.lookUp(planned, entry == Entry.TRIAL, request, now, ended);
        return true;
    }
}
