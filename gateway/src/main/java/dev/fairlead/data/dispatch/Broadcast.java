package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.dispatch.Lane.Entry;
import java.time.Duration;

/// Tells further own nodes of a transaction that one node has accepted, so that it does not die with that node before
/// the network has heard of it. The client has its answer already, and nothing that comes of this changes it.
///
/// Only own nodes are told, and only of what was meant for the public pool: a rented node may be one that was chosen
/// because it keeps transactions to itself.
final class Broadcast {
    private static final String PUBLIC = "eth_sendRawTransaction";

    private Broadcast() {}

    static void begin(Lane lane, Roster roster, Call call, Ask ask, NodeId accepted) {
        if (!call.request().method().equals(PUBLIC)) return;
        int copies = lane.config().broadcast();
        if (copies == 0 || !(lane.plan(roster, ask) instanceof Routing.Plan(var steps, var _))) return;
        Duration timeout = lane.config().attempt();
        for (Step step : steps) {
            if (copies == 0) return;
            if (step.place() != Place.OWN || step.node().equals(accepted)) continue;
            if (lane.enter(step, roster.chain().chain()) != Entry.OPEN) continue;
            copies--;
            lane.attempts()
                    .start(
                            call,
                            step.candidate(),
                            call.request(),
                            false,
                            false,
                            timeout,
                            (_, outcome) -> drop(outcome));
        }
    }

    private static void drop(Outcome outcome) {
        if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
    }
}
