package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import org.jspecify.annotations.Nullable;

/// How far one call has come. Immutable.
///
/// @param pauses how often it waited for something to change
/// @param rests how often it waited for nodes that asked to be left alone
/// @param isReconnected whether the same node was asked again, over another connection
/// @param isBehind whether a node of the present plan was left out because it has not reached what clients were shown
/// @param takesHeads whether nodes are taken whatever their heads are, since the block was waited for in vain
/// @param shed the refusal for the client because nodes took no more calls, or null
record Progress(
        Objections objections,
        AttemptBudget budget,
        int pauses,
        int rests,
        boolean isReconnected,
        boolean isBehind,
        boolean takesHeads,
        @Nullable Refused shed) {
    static final Progress NONE = new Progress(Objections.NONE, AttemptBudget.UNUSED, 0, 0, false, false, false, null);

    Progress objected(NodeId node, Outcome outcome) {
        return with(objections.with(node, outcome), budget);
    }

    /// A node that is fit to serve is not asked any more.
    Progress cutShort() {
        return with(objections.withUnasked(), budget);
    }

    Progress with(Objections objections, AttemptBudget budget) {
        return new Progress(objections, budget, pauses, rests, isReconnected, isBehind, takesHeads, shed);
    }

    Progress with(AttemptBudget budget) {
        return with(objections, budget);
    }

    Progress paused() {
        return new Progress(
                objections.paused(), budget.paused(), pauses + 1, rests, isReconnected, isBehind, takesHeads, shed);
    }

    Progress rested() {
        AttemptBudget left = objections.areOfLoad() ? budget.rested() : budget;
        return new Progress(objections, left, pauses, rests + 1, isReconnected, isBehind, takesHeads, shed);
    }

    Progress reconnected() {
        return new Progress(objections, budget, pauses, rests, true, isBehind, takesHeads, shed);
    }

    Progress behind() {
        return new Progress(objections, budget.withLate(), pauses, rests, isReconnected, true, takesHeads, shed);
    }

    /// The call has waited for a block that the nodes do not have yet.
    ///
    /// @param inVain whether it did not come, so that nodes are now taken whatever their heads are
    Progress headAwaited(boolean inVain) {
        return new Progress(objections, budget, pauses, rests, isReconnected, false, takesHeads || inVain, shed);
    }

    Progress shed(Refused why) {
        return new Progress(objections, budget, pauses, rests, isReconnected, isBehind, takesHeads, why);
    }
}
