package dev.fairlead.data.guard;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.routing.CallKind;

/// Keeps a call about the latest state from a node that has not reached what clients were shown. Where that is
/// not known, the node is asked for its head first; this is rare, because nodes that are known to have reached
/// it come first. Pure.
public enum HeadCheck {
    REACHED,
    /// The node is behind, or told a head that no chain can have.
    BEHIND,
    /// The node could not even tell its head.
    FAILED;

    /// The question for the node's head.
    public static final Request NUMBER = Request.of("eth_blockNumber", "[]");

    /// Whether the answer to a call is the state at the head, and does not show of which block it is.
    public static boolean isFor(Method method, CallKind kind, BlockRef named) {
        if (kind instanceof CallKind.PendingCount) return true;
        return kind instanceof CallKind.Reading && method.repeatable() && isHead(named);
    }

    private static boolean isHead(BlockRef named) {
        return named == BlockRef.Tag.LATEST
                || named == BlockRef.Tag.PENDING
                || (named instanceof BlockRef.Range(var _, var to) && isHead(to));
    }

    /// What the node's answer means. An error that only says that the node does not tell its head is no failure, nor
    /// is an answer that is no number.
    ///
    /// @param head that it told; -1 for none
    /// @param floor the highest block that clients were shown
    public static HeadCheck of(Outcome outcome, long head, long floor) {
        return switch (outcome) {
            case Outcome.Answered _ -> head < 0 || (head >= floor && BlockNumber.isPossible(head)) ? REACHED : BEHIND;
            case Outcome.Declined declined when declined.meaning() == ErrorMeaning.UNSUPPORTED -> REACHED;
            case Outcome.Declined _, Outcome.NotSent _, Outcome.Unanswered _ -> FAILED;
        };
    }
}
