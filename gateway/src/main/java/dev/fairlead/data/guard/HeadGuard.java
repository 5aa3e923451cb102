package dev.fairlead.data.guard;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.SecondOpinions;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.HeadFloor;
import org.jspecify.annotations.Nullable;

/// Gives the client of a call about the head no head that is lower than clients were shown before, and none
/// that a single node made up. Keeps the replies that are not good enough until it is clear that none is
/// better: the highest of those that are too low, the lowest of those that are too high.
public final class HeadGuard implements ReplyGuard {
    private final HeadFloor floor;
    private final SecondOpinions opinions;
    private final CallKind kind;
    private final BlockRef.Tag tag;
    private @Nullable Kept low;
    private @Nullable Kept high;
    private boolean hasStoodIn;

    private record Kept(RunningAttempt from, Reply reply, long number) {
        BestKept.OfNode given() {
            return new BestKept.OfNode(from, reply);
        }
    }

    public HeadGuard(ChainTraffic chain, CallKind kind) {
        this.floor = chain.floor();
        this.opinions = chain.opinions();
        this.kind = kind;
        this.tag = kind instanceof CallKind.HeadBlock(var of) ? of : BlockRef.Tag.LATEST;
    }

    @Override
    public Weighed weigh(RunningAttempt from, Reply reply, Chain chain, long now) {
        long number = ReplyBlock.of(kind, reply);
        if (number < 0) {
            noteInside(chain, now);
            return Weighed.GOOD;
        }
        if (!BlockNumber.isPossible(number)) {
            reply.discard();
            return Weighed.IMPOSSIBLE;
        }
        return switch (floor.height(tag, number, chain, now)) {
            case FINE -> {
                shows(from, reply, number, chain, now);
                yield Weighed.GOOD;
            }
            case BELOW -> {
                from.node().showed(tag, number);
                low = better(low, new Kept(from, reply, number), low == null || number > low.number);
                yield Weighed.KEPT;
            }
            case ABOVE -> {
                high = better(high, new Kept(from, reply, number), high == null || number < high.number);
                yield Weighed.KEPT;
            }
        };
    }

    @Override
    public boolean isEmpty() {
        return low == null && high == null;
    }

    /// When all are too high, the chain has indeed moved. When some are too low, the others are still not
    /// believed: `eth_blockNumber` is answered with the height that clients were shown; the latest block is
    /// asked for by that number, and awaited where no node has it yet.
    @Override
    public BestKept best(Chain chain, long now) {
        Kept moved = high;
        high = null;
        if (moved != null && low == null) {
            shows(moved.from, moved.reply, moved.number, chain, now);
            return moved.given();
        }
        if (moved != null) moved.reply.discard();
        if (kind instanceof CallKind.HeadNumber) {
            discard();
            return new BestKept.Known(Slice.of('"' + Quantity.print(floor.number()) + '"'));
        }
        return tag == BlockRef.Tag.PENDING ? new BestKept.TooLow() : new BestKept.BlockByNumber(floor.number(tag));
    }

    /// The best of the replies that are too low, for want of a better one; null for none. The caller owns its
    /// reply.
    public BestKept.@Nullable OfNode low() {
        Kept best = low;
        low = null;
        return best == null ? null : best.given();
    }

    @Override
    public void discard() {
        if (low != null) low.reply.discard();
        if (high != null) high.reply.discard();
        low = null;
        high = null;
    }

    /// The number of the block that clients were shown.
    public long shownNumber() {
        return floor.number(tag);
    }

    /// While they start, nodes do not tell their safe or final block: then the last one that clients were
    /// shown may be asked for by number, once.
    public boolean mayStandIn() {
        boolean moves = tag == BlockRef.Tag.SAFE || tag == BlockRef.Tag.FINALIZED;
        return moves && !hasStoodIn && floor.number(tag) >= 0;
    }

    /// @return that number
    public long standIn() {
        hasStoodIn = true;
        return floor.number(tag);
    }

    /// A node was asked for the block of that number instead.
    ///
    /// @return whether its reply goes to the client
    public boolean accepts(Reply reply, long number, Chain chain, long now) {
        if (!ReplyBlock.isSomething(reply)) return false;
        long shown = ReplyBlock.of(kind, reply);
        if (shown >= 0 && shown != number) return false;
        discard();
        noteInside(chain, now);
        return true;
    }

    private void shows(RunningAttempt from, Reply reply, long number, Chain chain, long now) {
        floor.served(tag, number);
        from.node().showed(tag, number);
        if (kind instanceof CallKind.HeadBlock && tag == BlockRef.Tag.LATEST && floor.lacksHash(number)) {
            String hash = ReplyBlock.hash(reply);
            if (hash != null) floor.saw(number, hash);
        }
        if (tag != BlockRef.Tag.PENDING) from.node().showed(number, now);
        noteInside(chain, now);
    }

    private void noteInside(Chain chain, long now) {
        if (kind instanceof CallKind.HeadBlock)
            opinions.insideShown(chain.probing().blockTime(), now);
    }

    private static @Nullable Kept better(@Nullable Kept kept, Kept seen, boolean isBetter) {
        Kept worse = isBetter ? kept : seen;
        if (worse != null) worse.reply.discard();
        return isBetter ? seen : kept;
    }
}
