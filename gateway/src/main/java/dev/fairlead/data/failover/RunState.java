package dev.fairlead.data.failover;

import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.routing.PlannedNode;

/// Where a call stands, which says what is done for it next. [FailoverRun] does that and reports the result as
/// a [RunEvent]; [RunTransitions] then gives the next state.
sealed interface RunState {
    Progress progress();

    /// Makes a plan from the chain as it is now.
    record Planning(Progress progress) implements RunState {}

    /// Looks for the next node of the plan that has a free place.
    record Choosing(Progress progress) implements RunState {}

    /// Asks that node once more over another connection, if it has a place; else the next node.
    record Returning(Progress progress, PlannedNode planned) implements RunState {}

    /// Asks the node for its head first.
    record Checking(Progress progress, PlannedNode planned, boolean trial) implements RunState {}

    /// Puts the call to the node.
    record Attempting(Progress progress, PlannedNode planned, boolean trial) implements RunState {}

    /// Waits for a place at that node.
    record Queued(Progress progress, PlannedNode planned) implements RunState {}

    /// Waits, because something may change, and then plans anew.
    record Pausing(Progress progress, long nanos) implements RunState {}

    /// Waits for nodes that asked to be left alone, and then plans anew; only so many calls may do so at once.
    ///
    /// @param otherwise the state when the allowed number of calls does so already
    record Resting(Progress progress, long nanos, RunState otherwise) implements RunState {}

    /// Every node that can serve is behind what clients were shown: waits for that block.
    record AwaitingHead(Progress progress) implements RunState {}

    /// Asks by number for the last safe or final block that clients were shown.
    record StandingIn(Progress progress) implements RunState {}

    /// The client gets the best of the replies that are too low, if there is one.
    record GivingLow(Progress progress) implements RunState {}

    /// No further node is asked: the client gets the best there is.
    record Concluding(Progress progress, Conclusion conclusion) implements RunState {}

    record Refusing(Progress progress, Refused refusal) implements RunState {}
}
