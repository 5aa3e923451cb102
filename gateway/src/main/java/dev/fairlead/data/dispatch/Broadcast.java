package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.dispatch.Lane.Entry;
import java.util.List;

/// Tells further own nodes of a transaction that one node has accepted, so that it does not die with that node before
/// the network has heard of it. The client has its answer already, and nothing that comes of this changes it.
///
/// Only own nodes are told, and the leader when there is no other own node to tell; and only of what was meant for the
/// public pool. A rented node may be one that was chosen because it keeps transactions to itself.
final class Broadcast {
    private static final String PUBLIC = "eth_sendRawTransaction";

    private final Lane lane;
    private final Roster roster;
    private final Call call;
    private final String hash;
    private final NodeId accepted;

    private Broadcast(Lane lane, Roster roster, Call call, String hash, NodeId accepted) {
        this.lane = lane;
        this.roster = roster;
        this.call = call;
        this.hash = hash;
        this.accepted = accepted;
    }

    /// @param hash of the transaction
    static void begin(Lane lane, Roster roster, Call call, Ask ask, String hash, NodeId accepted) {
        int copies = lane.config().broadcast();
        if (copies == 0 || !call.request().method().equals(PUBLIC)) return;
        if (!(lane.plan(roster, ask, lane.now()) instanceof Routing.Plan(var steps, var _))) return;
        var broadcast = new Broadcast(lane, roster, call, hash, accepted);
        if (broadcast.tell(steps, Place.OWN, copies) == 0) broadcast.tell(steps, Place.LAST_RESORT, 1);
    }

    /// @return how many were told
    private int tell(List<Step> steps, Place place, int copies) {
        int told = 0;
        for (Step step : steps) {
            if (told == copies) break;
            if (step.place() != place || step.node().equals(accepted)) continue;
            Entry entry = lane.enter(step, roster.chain().chain(), false);
            if (entry == Entry.TRIAL) lane.leave(step, true);
            if (entry != Entry.OPEN) continue;
            told++;
            lane.attempts()
                    .start(
                            call,
                            step.candidate(),
                            call.request(),
                            false,
                            call.method(),
                            lane.now(),
                            lane.config().attempt(),
                            (flight, outcome) -> ended(flight.node().id(), outcome));
        }
        return told;
    }

    /// A node that has it already took it as well.
    private void ended(NodeId told, Outcome said) {
        Outcome outcome = SendResult.read(new Errand.Signed(hash, false), call.request(), said);
        boolean took = switch (outcome) {
            case Outcome.Answered(var reply) -> {
                reply.discard();
                yield reply.error() == null || NodeErrors.alreadyKnown(reply.error());
            }
            case Outcome.Declined declined -> declined.error() != null && NodeErrors.alreadyKnown(declined.error());
            case Outcome.NotSent _, Outcome.Unanswered _ -> false;
        };
        if (took) roster.traffic().sends().took(hash, told, lane.now());
    }
}
