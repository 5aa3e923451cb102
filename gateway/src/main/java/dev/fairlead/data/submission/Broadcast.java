package dev.fairlead.data.submission;

import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RoutingNeeds;
import java.util.List;

/// Sends a transaction that one node has accepted to further own nodes, so that it is not lost with that node
/// before the network has it. The client has its answer already, and no outcome of this changes it.
///
/// It goes to own nodes only, and to the leader when there is no other own node; and only if it was meant for
/// the public pool. A rented node may be one that was chosen because it keeps transactions to itself.
public final class Broadcast {
    private static final String PUBLIC = "eth_sendRawTransaction";

    private final LoopDispatch dispatch;
    private final ChainRoutes routes;
    private final Call call;
    private final String hash;
    private final NodeId accepted;

    private Broadcast(LoopDispatch dispatch, ChainRoutes routes, Call call, String hash, NodeId accepted) {
        this.dispatch = dispatch;
        this.routes = routes;
        this.call = call;
        this.hash = hash;
        this.accepted = accepted;
    }

    /// @param hash of the transaction
    public static void begin(
            LoopDispatch dispatch, ChainRoutes routes, Call call, RoutingNeeds needs, String hash, NodeId accepted) {
        int copies = dispatch.config().broadcast();
        if (copies == 0 || !call.request().method().equals(PUBLIC)) return;
        if (!(dispatch.plan(routes, needs, dispatch.now()) instanceof RoutePlan.Plan(var steps, var _))) return;
        var broadcast = new Broadcast(dispatch, routes, call, hash, accepted);
        if (broadcast.tell(steps, Eligibility.OWN, copies) == 0) broadcast.tell(steps, Eligibility.LAST_RESORT, 1);
    }

    /// @return how many were told
    private int tell(List<PlannedNode> steps, Eligibility eligibility, int copies) {
        int told = 0;
        for (PlannedNode planned : steps) {
            if (told == copies) break;
            if (planned.eligibility() != eligibility || planned.node().equals(accepted)) continue;
            Entry entry = dispatch.enter(planned, routes.chain().chain(), call.method());
            if (entry == Entry.TRIAL) dispatch.leave(planned, call.method(), true);
            if (entry != Entry.OPEN) continue;
            told++;
            RunningAttempt.start(
                    dispatch.attempts(),
                    call,
                    planned,
                    call.request(),
                    false,
                    call.method(),
                    dispatch.now(),
                    dispatch.config().attempt(),
                    (attempt, outcome) -> ended(attempt.node().id(), outcome));
        }
        return told;
    }

    /// A node that has it already counts as having taken it.
    private void ended(NodeId told, Outcome said) {
        Outcome outcome = SendResult.read(new CallKind.Signed(hash, false), call.request(), said);
        boolean took = switch (outcome) {
            case Outcome.Answered(var reply) -> {
                reply.discard();
                yield reply.error() == null || NodeErrors.alreadyKnown(reply.error());
            }
            case Outcome.Declined declined -> declined.error() != null && NodeErrors.alreadyKnown(declined.error());
            case Outcome.NotSent _, Outcome.Unanswered _ -> false;
        };
        if (took) routes.traffic().recentSends().took(hash, told, dispatch.now());
    }
}
