package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.dispatch.Lane.Entry;
import org.jspecify.annotations.Nullable;

/// Sees to it that a call about the head shows its client none that is lower than what clients were told before, nor
/// one that a single node made up. Keeps the replies that are not good enough until it is clear that none is better:
/// the highest of those that are too low, the lowest of those that are too high.
final class HeadWatch implements Watch {
    private final Lane lane;
    private final HeadFloor floor;
    private final SecondOpinions opinions;
    private final Errand errand;
    private final BlockRef.Tag tag;
    private final Passage passage;
    private @Nullable Seen low;
    private @Nullable Seen high;
    private boolean stoodIn;

    private record Seen(Flight from, Reply reply, long number) {}

    HeadWatch(Lane lane, ChainTraffic chain, Errand errand, Passage passage) {
        this.lane = lane;
        this.floor = chain.floor();
        this.opinions = chain.opinions();
        this.errand = errand;
        this.tag = errand instanceof Errand.HeadBlock(var of) ? of : BlockRef.Tag.LATEST;
        this.passage = passage;
    }

    @Override
    public boolean gave(Flight from, Reply reply) {
        long number = HeadReply.of(errand, reply);
        if (number < 0) {
            noteInside();
            passage.give(from, reply);
            return true;
        }
        if (!BlockNumber.isPossible(number)) {
            reply.discard();
            passage.disbelieves(from);
            return false;
        }
        var seen = new Seen(from, reply, number);
        return switch (floor.height(tag, number, passage.roster().chain().chain(), lane.now())) {
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
        } else if (errand instanceof Errand.HeadNumber) {
            discard();
            passage.finish(new Answer.Known(Slice.of('"' + Quantity.print(floor.number()) + '"')));
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
        Request byNumber = HeadReply.byNumber(passage.request(), number);
        Roster roster = passage.roster();
        var ask = Ask.of(MethodTable.of(byNumber.method()), new BlockRef.Number(number), number);
        if (passage.left() <= 0 || !(lane.plan(roster, ask, lane.now()) instanceof Routing.Plan(var steps, var _)))
            return false;
        Step step = steps.getFirst();
        if (step.candidate().head(lane.now()) < number) return false;
        Entry entry = lane.enter(step, roster.chain().chain(), false);
        if (entry != Entry.OPEN && entry != Entry.TRIAL) return false;
        passage.lookUp(
                step,
                entry == Entry.TRIAL,
                byNumber,
                lane.now(),
                (at, ended, outcome) -> floorEnded(number, ended, outcome));
        return true;
    }

    private void floorEnded(long number, Flight ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(var reply))) {
            giveLow();
        } else if (HeadReply.isSomething(reply) && isOrHides(number, reply)) {
            discard();
            noteInside();
            passage.give(ended, reply);
        } else {
            reply.discard();
            giveLow();
        }
    }

    private boolean isOrHides(long number, Reply reply) {
        long shown = HeadReply.of(errand, reply);
        return shown < 0 || shown == number;
    }

    private void giveLow() {
        if (tag != BlockRef.Tag.PENDING && passage.waitsFor(floor.number(tag))) return;
        Seen best = low;
        low = null;
        if (best != null) passage.give(best.from, best.reply);
        else passage.conclude();
    }

    private void give(Seen seen) {
        floor.served(tag, seen.number);
        seen.from.node().showed(tag, seen.number);
        if (errand instanceof Errand.HeadBlock && tag == BlockRef.Tag.LATEST && floor.lacksHash(seen.number)) {
            String hash = HeadReply.hash(seen.reply);
            if (hash != null) floor.saw(seen.number, hash);
        }
        if (tag != BlockRef.Tag.PENDING) seen.from.node().showed(seen.number, lane.now());
        noteInside();
        passage.give(seen.from, seen.reply);
    }

    private void noteInside() {
        if (!(errand instanceof Errand.HeadBlock)) return;
        var probing = passage.roster().chain().chain().probing();
        opinions.insideShown(probing.blockTime(), lane.now());
    }

    private static @Nullable Seen better(@Nullable Seen kept, Seen seen, boolean isBetter) {
        Seen worse = isBetter ? kept : seen;
        if (worse != null) worse.reply.discard();
        return isBetter ? seen : kept;
    }
}
