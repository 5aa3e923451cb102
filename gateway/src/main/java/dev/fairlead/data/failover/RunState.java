package dev.fairlead.data.failover;

import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.routing.PlannedNode;

/// Where a call stands, and with it what is done for it next: [FailoverRun] does that, tells what came of it as a
/// [RunEvent], and [RunTransitions] gives the next state.
sealed interface RunState {
    Progress progress();

    /// A plan is made of the chain as it is now.
    record Planning(Progress progress) implements RunState {}

    /// The next node of the plan that has a place is looked for.
    record Choosing(Progress progress) implements RunState {}

    /// That node once more if it has a place, over another connection; else the next one.
    record Returning(Progress progress, PlannedNode planned) implements RunState {}

    /// The node is asked for its head first.
    record Checking(Progress progress, PlannedNode planned, boolean trial) implements RunState {}

    /// The node is asked what the call asks.
    record Attempting(Progress progress, PlannedNode planned, boolean trial) implements RunState {}

    /// Waits for a place at that node.
    record Queued(Progress progress, PlannedNode planned) implements RunState {}

    /// Waits, since something may change, and then plans anew.
    record Pausing(Progress progress, long nanos) implements RunState {}

    /// Waits for nodes that asked to be left alone, and then plans anew; only so many calls may do so at once.
    ///
    /// @param otherwise when that many do already
    record Resting(Progress progress, long nanos, RunState otherwise) implements RunState {}

    /// Every node that can serve is behind what clients were shown: that block is waited for.
    record AwaitingHead(Progress progress) implements RunState {}

    /// The last safe or final block that clients were shown is asked for by its number.
    record StandingIn(Progress progress) implements RunState {}

    /// The client gets the best of the replies that are too low, if there is one.
    record GivingLow(Progress progress) implements RunState {}

    /// No further node is asked: the client gets the best there is.
    record Concluding(Progress progress, Conclusion conclusion) implements RunState {}

    record Refusing(Progress progress, Refused refusal) implements RunState {}
}
