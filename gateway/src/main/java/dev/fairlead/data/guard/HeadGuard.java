package dev.fairlead.data.guard;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.failover.FailoverRun;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.SecondOpinions;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.HeadFloor;
import org.jspecify.annotations.Nullable;

/// Sees to it that a call about the head shows its client none that is lower than what clients were told before, nor
/// one that a single node made up. Keeps the replies that are not good enough until it is clear that none is better:
/// the highest of those that are too low, the lowest of those that are too high.
public final class HeadGuard implements ReplyGuard {
    private final LoopDispatch dispatch;
    private final HeadFloor floor;
    private final SecondOpinions opinions;
    private final CallKind kind;
    private final BlockRef.Tag tag;
    private final FailoverRun run;
    private @Nullable Seen low;
    private @Nullable Seen high;
    private boolean stoodIn;

    private record Seen(RunningAttempt from, Reply reply, long number) {}

    public HeadGuard(LoopDispatch dispatch, ChainTraffic chain, CallKind kind, FailoverRun run) {
        this.dispatch = dispatch;
        this.floor = chain.floor();
        this.opinions = chain.opinions();
        this.kind = kind;
        this.tag = kind instanceof CallKind.HeadBlock(var of) ? of : BlockRef.Tag.LATEST;
        this.run = run;
    }

    @Override
    public boolean gave(RunningAttempt from, Reply reply) {
        long number = ReplyBlock.of(kind, reply);
        if (number < 0) {
            noteInside();
            run.give(from, reply);
            return true;
        }
        if (!BlockNumber.isPossible(number)) {
            reply.discard();
            run.disbelieves(from);
            return false;
        }
        var seen = new Seen(from, reply, number);
        return switch (floor.height(tag, number, run.routes().chain().chain(), dispatch.now())) {
            case FINE -> {
                give(seen);
                yield true;
            }
            case BELOW -> {
                from.node().showed(tag, number);
                low = better(low, seen, low == null || number > low.number);
                yield false;
            }
            case ABOVE -> {
                high = better(high, seen, high == null || number < high.number);
                yield false;
            }
        };
    }

    @Override
    public boolean isEmpty() {
        return low == null && high == null;
    }

    /// When all are too high, the chain has indeed moved. When some are too low, that is no reason to believe another:
    /// `eth_blockNumber` is answered with what clients were told; the latest block is asked for by that number, and
    /// waited for where nobody has it yet.
    @Override
    public void conclude() {
        Seen moved = high;
        high = null;
        if (moved != null && low != null) moved.reply.discard();
        if (moved != null && low == null) {
            give(moved);
        } else if (kind instanceof CallKind.HeadNumber) {
            discard();
            run.finish(new Answer.Known(Slice.of('"' + Quantity.print(floor.number()) + '"')));
        } else if (tag == BlockRef.Tag.PENDING || !asksForFloor(floor.number(tag))) {
            giveLow();
        }
    }

    @Override
    public void discard() {
        if (low != null) low.reply.discard();
        if (high != null) high.reply.discard();
        low = null;
        high = null;
    }

    /// Nodes do not tell what is safe or final while they start: the last that clients were shown is asked for by
    /// number.
    @Override
    public boolean standsIn() {
        boolean moves = tag == BlockRef.Tag.SAFE || tag == BlockRef.Tag.FINALIZED;
        if (stoodIn || !moves || floor.number(tag) < 0) return false;
        stoodIn = true;
        return asksForFloor(floor.number(tag));
    }

    private boolean asksForFloor(long number) {
        Request byNumber = ReplyBlock.byNumber(run.request(), number);
        ChainRoutes routes = run.routes();
        var needs = RoutingNeeds.of(MethodTable.of(byNumber.method()), new BlockRef.Number(number), number);
        if (run.left() <= 0
                || !(dispatch.plan(routes, needs, dispatch.now()) instanceof RoutePlan.Plan(var steps, var _)))
            return false;
        PlannedNode planned = steps.getFirst();
        if (planned.candidate().head(dispatch.now()) < number) return false;
        Entry entry = dispatch.enter(planned, routes.chain().chain(), false);
        if (entry != Entry.OPEN && entry != Entry.TRIAL) return false;
        run.lookUp(
                planned,
                entry == Entry.TRIAL,
                byNumber,
                dispatch.now(),
                (at, ended, outcome) -> floorEnded(number, ended, outcome));
        return true;
    }

    private void floorEnded(long number, RunningAttempt ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(var reply))) {
            giveLow();
        } else if (ReplyBlock.isSomething(reply) && isOrHides(number, reply)) {
            discard();
            noteInside();
            run.give(ended, reply);
        } else {
            reply.discard();
            giveLow();
        }
    }

    private boolean isOrHides(long number, Reply reply) {
        long shown = ReplyBlock.of(kind, reply);
        return shown < 0 || shown == number;
    }

    private void giveLow() {
        if (tag != BlockRef.Tag.PENDING && run.waitsFor(floor.number(tag))) return;
        Seen best = low;
        low = null;
        if (best != null) run.give(best.from, best.reply);
        else run.conclude();
    }

    private void give(Seen seen) {
        floor.served(tag, seen.number);
        seen.from.node().showed(tag, seen.number);
        if (kind instanceof CallKind.HeadBlock && tag == BlockRef.Tag.LATEST && floor.lacksHash(seen.number)) {
            String hash = ReplyBlock.hash(seen.reply);
            if (hash != null) floor.saw(seen.number, hash);
        }
        if (tag != BlockRef.Tag.PENDING) seen.from.node().showed(seen.number, dispatch.now());
        noteInside();
        run.give(seen.from, seen.reply);
    }

    private void noteInside() {
        if (!(kind instanceof CallKind.HeadBlock)) return;
        var probing = run.routes().chain().chain().probing();
        opinions.insideShown(probing.blockTime(), dispatch.now());
    }

    private static @Nullable Seen better(@Nullable Seen kept, Seen seen, boolean isBetter) {
        Seen worse = isBetter ? kept : seen;
        if (worse != null) worse.reply.discard();
        return isBetter ? seen : kept;
    }
}
