package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.upstream.Outcome;
import org.jspecify.annotations.Nullable;

/// Keeps a call about the latest state from a node that has not reached what clients were shown. Where that is not
/// known, the node is asked for its head first, which is rare: those that are known to have reached it come first.
final class HeadCheck {
    private static final Request NUMBER = Request.of("eth_blockNumber", "[]");

    private final HeadFloor floor;
    private final Passage passage;
    private boolean behind;
    private boolean settled;

    HeadCheck(HeadFloor floor, Passage passage) {
        this.floor = floor;
        this.passage = passage;
    }

    /// Whether the answer to a call is the state at the head, and does not show of which block it is.
    static boolean isFor(Method method, Errand errand, BlockRef named) {
        if (errand instanceof Errand.PendingCount) return true;
        return errand instanceof Errand.Reading && method.repeatable() && isHead(named);
    }

    private static boolean isHead(BlockRef named) {
        return named == BlockRef.Tag.LATEST
                || named == BlockRef.Tag.PENDING
                || (named instanceof BlockRef.Range(var _, var to) && isHead(to));
    }

    /// Whether nodes are taken as they are.
    boolean isSettled() {
        return settled;
    }

    /// Whether a node of this walk was left out because it is behind.
    boolean isBehind() {
        return behind;
    }

    /// Another walk begins.
    ///
    /// @param waited whether nodes are now taken as they are, since the block was waited for in vain
    void again(boolean waited) {
        behind = false;
        settled |= waited;
    }

    void begin(Walk along, Step step, boolean trial, long now) {
        passage.lookUp(step, trial, NUMBER, now, (at, ended, outcome) -> {
            @Nullable Outcome failure = failure(outcome);
            if (failure != null) passage.failed(along, at, ended, failure);
            else if (hasReached(ended, outcome)) passage.enter(along, at);
            else {
                behind = true;
                passage.passedOver(along);
            }
        });
    }

    private boolean hasReached(Flight ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(var reply))) return true;
        long number = HeadReply.height(reply);
        reply.discard();
        if (number >= 0) passage.saw(ended, number);
        return number < 0 || (BlockNumber.isPossible(number) && number >= floor.number());
    }

    /// An error that only says that the node does not tell its head is none.
    private static @Nullable Outcome failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered _ -> null;
            case Outcome.Declined declined -> declined.complaint() == Complaint.UNSUPPORTED ? null : declined;
            case Outcome.NotSent _, Outcome.Unanswered _ -> outcome;
        };
    }
}
