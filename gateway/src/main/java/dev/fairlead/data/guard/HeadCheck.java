package dev.fairlead.data.guard;

import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.failover.FailoverRun;
import dev.fairlead.data.failover.PlanCursor;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.HeadFloor;
import org.jspecify.annotations.Nullable;

/// Keeps a call about the latest state from a node that has not reached what clients were shown. Where that is not
/// known, the node is asked for its head first, which is rare: those that are known to have reached it come first.
public final class HeadCheck {
    private static final Request NUMBER = Request.of("eth_blockNumber", "[]");

    private final HeadFloor floor;
    private final FailoverRun run;
    private boolean behind;
    private boolean settled;

    public HeadCheck(HeadFloor floor, FailoverRun run) {
        this.floor = floor;
        this.run = run;
    }

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

    /// Whether nodes are taken as they are.
    public boolean isSettled() {
        return settled;
    }

    /// Whether a node of this plan was left out because it is behind.
    public boolean isBehind() {
        return behind;
    }

    /// Another plan begins.
    ///
    /// @param waited whether nodes are now taken as they are, since the block was waited for in vain
    public void again(boolean waited) {
        behind = false;
        settled |= waited;
    }

    public void begin(PlanCursor cursor, PlannedNode planned, boolean trial, long now) {
        run.lookUp(planned, trial, NUMBER, now, (at, ended, outcome) -> {
            @Nullable Outcome failure = failure(outcome);
            if (failure != null) run.failed(cursor, at, ended, failure);
            else if (hasReached(ended, outcome)) run.enter(cursor, at);
            else {
                behind = true;
                run.passedOver(cursor);
            }
        });
    }

    private boolean hasReached(RunningAttempt ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(var reply))) return true;
        long number = ReplyBlock.height(reply);
        reply.discard();
        if (number >= 0) run.saw(ended, number);
        return number < 0 || (BlockNumber.isPossible(number) && number >= floor.number());
    }

    /// An error that only says that the node does not tell its head is none.
    private static @Nullable Outcome failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered _ -> null;
            case Outcome.Declined declined -> declined.meaning() == ErrorMeaning.UNSUPPORTED ? null : declined;
            case Outcome.NotSent _, Outcome.Unanswered _ -> outcome;
        };
    }
}
