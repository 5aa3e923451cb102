package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.routing.PlannedNode;

/// What happened to a call on its way.
sealed interface RunEvent {
    /// There is a plan.
    record Planned() implements RunEvent {}

    /// There is a plan, and the best nodes in it asked to be left alone.
    record PlannedOfSpared(RunFacts facts) implements RunEvent {}

    /// No node may be asked.
    record NoNode(Refused refusal, RunFacts facts) implements RunEvent {}

    /// There is no such chain any more.
    record NoChain(Refused refusal, RunFacts facts) implements RunEvent {}

    /// The call has a place at that node.
    ///
    /// @param isHeadAsked whether the node may be behind what clients were shown, in a way that matters for
    /// this call
    record PlaceTaken(PlannedNode planned, boolean trial, boolean isHeadAsked) implements RunEvent {}

    /// The call has cost as many attempts as it may, or its time is over.
    ///
    /// @param isFitUnasked whether the node that is not asked any more is fit to serve
    record OutOfAttempts(boolean isFitUnasked, RunFacts facts) implements RunEvent {}

    /// Every place is taken; that node is the best to wait for.
    record AllFull(PlannedNode planned) implements RunEvent {}

    /// Every node of the plan was asked.
    record NobodyLeft(RunFacts facts) implements RunEvent {}

    /// The node that was chosen cannot be asked now.
    record Closed() implements RunEvent {}

    /// The call did not get a place in time.
    record LeftQueue(Refused refusal, RunFacts facts) implements RunEvent {}

    /// The node has not reached what clients were shown.
    record NodeBehind() implements RunEvent {}

    /// The wait has begun for a block that the nodes do not have yet.
    record HeadAwaited(RunFacts facts) implements RunEvent {}

    /// The same, for a block that clients were shown when every node's answer is below it.
    record LowAwaited(RunFacts facts) implements RunEvent {}

    /// No reply that was kept goes to the client.
    record NothingKept(RunFacts facts) implements RunEvent {}

    /// A node gave no answer that goes to the client.
    ///
    /// @param move how the call goes on
    /// @param mayTakeLong whether the node may still be at work on it
    /// @param ranOutOfTime whether the attempt used all of its time
    /// @param isNodeDown whether the attempt ended because health or other calls found the node dead or hanging
    record Failed(
            Move.GoOn move,
            PlannedNode planned,
            Outcome outcome,
            boolean mayTakeLong,
            boolean ranOutOfTime,
            boolean isNodeDown)
            implements RunEvent {}

    /// A node says that there is no such thing, and another one may have it.
    ///
    /// @param isLast whether no other one is fit to serve
    record Denied(NodeId node, Outcome outcome, boolean isLast, RunFacts facts) implements RunEvent {}

    /// A node's reply is not good enough, and is kept.
    ///
    /// @param isLast whether no other node need be asked
    record ReplyKept(boolean isLast, RunFacts facts) implements RunEvent {}

    /// A node's reply is one that no chain can give.
    record ReplyImpossible(NodeId node, boolean isLast, RunFacts facts) implements RunEvent {}
}
