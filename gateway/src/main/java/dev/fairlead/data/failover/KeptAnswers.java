package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.guard.Absence;
import dev.fairlead.data.guard.AwaitedBlock;
import dev.fairlead.data.guard.CountGuard;
import dev.fairlead.data.guard.Denial;
import dev.fairlead.data.guard.HeadCheck;
import dev.fairlead.data.guard.HeadGuard;
import dev.fairlead.data.guard.ReplyGuard;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.Floor;
import dev.fairlead.data.shown.HeadFloor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept for one call until it is clear that no node has a better answer: replies that are not good
/// enough, a node's answer that something is not there, and the block that is awaited meanwhile.
final class KeptAnswers {
    private final RoutedCall routed;
    private @Nullable AwaitedBlock block;
    private @Nullable Denial denial;
    private @Nullable ReplyGuard guard;

    KeptAnswers(RoutedCall routed) {
        this.routed = routed;
    }

    /// For calls about the head or a count.
    ReplyGuard guard() {
        if (guard == null) {
            guard = routed.kind instanceof CallKind.PendingCount(var address)
                    ? new CountGuard(routed.chain.recentSends(), address)
                    : new HeadGuard(routed.chain, routed.kind);
        }
        return guard;
    }

    /// What a node's answer to [HeadCheck#NUMBER] means; its reply is discarded.
    HeadCheck headOf(RunningAttempt from, Outcome outcome, Chain chain, long now) {
        HeadFloor floor = routed.floor;
        long head = -1;
        if (outcome instanceof Outcome.Answered(var reply)) {
            head = ReplyBlock.height(reply);
            reply.discard();
        }
        boolean isPlausible = head >= 0 && floor.height(head, chain, now) != Floor.Height.ABOVE;
        if (isPlausible) from.node().showed(head, now);
        return HeadCheck.of(outcome, head, floor.number());
    }

    /// Null for a call that is not about the head.
    @Nullable
    HeadGuard headGuard() {
        CallKind kind = routed.kind;
        boolean isOfHead = kind instanceof CallKind.HeadBlock || kind instanceof CallKind.HeadNumber;
        return isOfHead && guard() instanceof HeadGuard heads ? heads : null;
    }

    boolean hasKept() {
        return guard != null && !guard.isEmpty();
    }

    /// Whether another node is asked although this one says that what the call asks for is not there.
    ///
    /// @param upcoming the next that is fit to serve, or null
    boolean contests(Outcome outcome, PlannedNode asked, @Nullable PlannedNode upcoming, ChainState state, long now) {
        Absence absence = denial().judge(outcome, asked, upcoming, state, now);
        return switch (absence) {
            case BELIEVED -> false;
            case DOUBTED -> {
                if (block != null) block.settle(now);
                yield outcome instanceof Outcome.Answered;
            }
            case QUESTIONED -> routed.chain.opinions().permits(now);
            case LATE -> block().awaits(state.chain(), now) || outcome instanceof Outcome.Answered;
        };
    }

    /// Keeps a node's answer that something is not there.
    void keep(RunningAttempt from, Outcome outcome) {
        if (outcome instanceof Outcome.Answered(var none)) denial().keep(from, none);
    }

    boolean isDenied() {
        return denial != null && denial.isKept();
    }

    /// Only for an answer that was kept.
    Denial denial() {
        if (denial == null) denial = new Denial(routed.chain, routed.method, routed.kind, routed.named);
        return denial;
    }

    /// The nodes' denials, if any node said that something is not there; else null.
    @Nullable
    Denial denialOrNull() {
        return denial;
    }

    /// Whether the block that the call names is known to exist.
    boolean isBlockThere(ChainState state, long now) {
        return block().isThere(state, now);
    }

    boolean isBlockAwaited(long now) {
        return block != null && block.isAwaited(now);
    }

    /// Begins to wait for the block of that height, which no node has yet.
    void await(long number, ChainState state, long now) {
        block().await(number, state.chain(), now);
    }

    /// Nanoseconds between two attempts while a block is awaited, at the most.
    long blockPause() {
        return block == null ? 0 : block.pause();
    }

    /// The nodes that are asked while a block is awaited.
    List<PlannedNode> ordered(List<PlannedNode> planned, int pauses, long now) {
        return block == null ? planned : block.steps(planned, pauses, now);
    }

    void discard() {
        if (denial != null) denial.discard();
        if (guard != null) guard.discard();
    }

    private AwaitedBlock block() {
        if (block == null) {
            HeadFloor floor = routed.floor;
            block = new AwaitedBlock(floor, CallKind.height(routed.kind, routed.named, floor));
        }
        return block;
    }
}
