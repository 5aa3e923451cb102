package dev.fairlead.data.submission;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the attempts of one submission may have done, and what its client may be told of that. Pure and immutable.
///
/// @param effect the most that an attempt may have done
/// @param takers the nodes that were sent a signed transaction and did not prove that they did not take it
/// @param cameBack what came instead of an answer from the last attempt that may have done something; or empty
/// @param checks how often nodes were asked for the transaction between two rounds of attempts
record SubmissionState(Effect effect, List<NodeId> takers, String cameBack, int checks) {
    private static final long LONGEST_LOOK_UP = Duration.ofSeconds(2).toNanos();
    private static final long SHORTEST_CHECK = Duration.ofMillis(500).toNanos();
    private static final int MOST_CHECKS = 3;

    static final SubmissionState NONE = new SubmissionState(Effect.NONE, List.of(), "", 0);

    /// What the client gets once the nodes were asked for the transaction.
    enum Ending {
        /// The hash, or the receipt.
        ACCEPTED,
        /// What the nodes objected.
        OBJECTION,
        /// It may or may not have been accepted.
        UNCERTAIN
    }

    /// Whether a node may well have acted on the call without confirming it.
    boolean isMaybeDone() {
        return effect.compareTo(Effect.UNLIKELY) > 0;
    }

    /// An attempt at that node ended, and may have done something.
    SubmissionState after(NodeId node, Effect possible, Outcome outcome) {
        List<NodeId> allTakers = mayHaveTaken(outcome) ? with(node) : takers;
        if (possible == Effect.UNLIKELY && isMaybeDone())
            return new SubmissionState(effect, allTakers, cameBack, checks);
        Effect most = possible.compareTo(effect) > 0 ? possible : effect;
        return new SubmissionState(most, allTakers, cameBack(outcome), checks);
    }

    /// That node objected to the transaction itself, which it or another one may have accepted.
    SubmissionState objected(NodeId node) {
        return new SubmissionState(effect, with(node), cameBack, checks);
    }

    SubmissionState checked() {
        return new SubmissionState(effect, takers, cameBack, checks + 1);
    }

    /// Whether nodes are asked for the transaction before it is sent again.
    boolean isChecked() {
        return !takers.isEmpty() && checks < MOST_CHECKS;
    }

    /// How long the nodes are asked for the transaction: less than the call has left, so that there is time to
    /// answer.
    ///
    /// @param left nanoseconds that the call has left
    static long lookUpTime(long left) {
        return Math.min(left * 3 / 4, LONGEST_LOOK_UP);
    }

    /// The same, before the call waits for `wait` to ask nodes again.
    static long checkTime(long left, long wait) {
        return Math.min(left / 2, Math.clamp(wait, SHORTEST_CHECK, LONGEST_LOOK_UP));
    }

    /// A node objected to the call, and the nodes were asked. No node takes a transaction whose very bytes are
    /// wrong.
    static Ending afterObjection(boolean isInvalid, LookUpResult found) {
        return switch (found) {
            case THERE -> Ending.ACCEPTED;
            case NOWHERE -> Ending.OBJECTION;
            case UNKNOWN -> isInvalid ? Ending.OBJECTION : Ending.UNCERTAIN;
        };
    }

    /// Every node turned it away before any work, and the nodes were asked. The client is not told so when a
    /// node has it nevertheless, or when a node that was sent it cannot say.
    Ending afterTurnedAway(LookUpResult found) {
        return switch (found) {
            case THERE -> Ending.ACCEPTED;
            case NOWHERE -> Ending.OBJECTION;
            case UNKNOWN -> takers.isEmpty() ? Ending.OBJECTION : Ending.UNCERTAIN;
        };
    }

    /// A node may have done it, it goes to no further node, and the nodes were asked.
    ///
    /// @param isObjected whether nodes said anything that can be told
    Ending afterDoubt(boolean isObjected, LookUpResult found) {
        return switch (found) {
            case THERE -> Ending.ACCEPTED;
            case NOWHERE -> isObjected && effect == Effect.POSSIBLE ? Ending.OBJECTION : Ending.UNCERTAIN;
            case UNKNOWN -> Ending.UNCERTAIN;
        };
    }

    private List<NodeId> with(NodeId node) {
        if (takers.contains(node)) return takers;
        var more = new ArrayList<>(takers);
        more.add(node);
        return List.copyOf(more);
    }

    private String cameBack(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined -> declined.cause();
            case Outcome.Unanswered unanswered -> unanswered.cameBack();
            case Outcome.Answered _, Outcome.NotSent _ -> cameBack;
        };
    }

    private static boolean mayHaveTaken(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined ->
                declined.proof() != Proof.INVALID && declined.meaning() != ErrorMeaning.LOOP;
            case Outcome.NotSent _ -> false;
            case Outcome.Answered _, Outcome.Unanswered _ -> true;
        };
    }
}
