package dev.fairlead.data.guard;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.SecondOpinions;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.Candidate;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.HeadFloor;
import dev.fairlead.data.shown.ShownHashes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nodes' answers that what a call asks for is not there. Keeps the first one until it is clear that no node
/// has it, and remembers which nodes gave one: a node that lacks something old which another one has keeps
/// less than that one.
public final class Denial {
    private final HeadFloor floor;
    private final SecondOpinions opinions;
    private final Method method;
    private final CallKind kind;
    private final BlockRef named;
    private final List<RunningAttempt> deniers = new ArrayList<>(2);
    private @Nullable Reply kept;

    public Denial(ChainTraffic chain, Method method, CallKind kind, BlockRef named) {
        this.floor = chain.floor();
        this.opinions = chain.opinions();
        this.method = method;
        this.kind = kind;
        this.named = named;
    }

    /// Whether a node said that what the call asks for is not there.
    public static boolean isDenied(Method method, CallKind kind, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> mayBeDenied(method, kind) && ReplyBlock.isEmpty(reply);
            case Outcome.Declined declined -> declined.meaning() == ErrorMeaning.HEAD_NOT_THERE;
            case Outcome.NotSent _, Outcome.Unanswered _ -> false;
        };
    }

    /// @param upcoming the node that would be asked next, or null
    public Absence judge(
            Outcome outcome, PlannedNode asked, @Nullable PlannedNode upcoming, ChainState chain, long now) {
        long height = CallKind.height(kind, named, floor);
        Candidate node = asked.candidate();
        if (height < 0) return outcome instanceof Outcome.Answered ? unknown(node, upcoming, now) : Absence.BELIEVED;
        Head head = chain.head();
        long newest = head == null ? -1 : head.number();
        long shown = floor.number();
        if (method.nullMayMeanNoItem() || saysNoItems(outcome)) {
            return Absence.within(height, node.head(now), shown, newest, deniers.size(), saysNoItems(outcome));
        }
        long near = chain.chain().tolerance().blocks();
        return Absence.at(height, node.head(now), shown, newest, near, passed(height, now));
    }

    /// @param reply taken over
    public void keep(RunningAttempt from, Reply reply) {
        deniers.add(from);
        if (kept == null) kept = reply;
        else reply.discard();
    }

    public boolean isKept() {
        return kept != null;
    }

    /// The answer that was kept is the caller's now.
    public Reply release() {
        Reply released = kept;
        kept = null;
        if (released == null) throw new IllegalStateException("no node said that it is not there");
        return released;
    }

    public RunningAttempt first() {
        return deniers.getFirst();
    }

    public void discard() {
        if (kept != null) kept.discard();
        kept = null;
    }

    /// Every node said so: something that was shown before is no longer on the chain.
    public void agreed() {
        if (kind instanceof CallKind.Lookup(var key, var _)) floor.hashes().forget(key);
    }

    /// Another node has it, in a block of that height.
    void contradicted(long height, long tolerated, long now) {
        for (RunningAttempt denier : deniers) {
            long head = denier.candidate().head(now);
            if (head - height > tolerated) denier.node().foundToKeepLess(now);
            else if (height <= head) opinions.contradicted(now);
        }
    }

    private int passed(long height, long now) {
        int passed = 0;
        for (RunningAttempt denier : deniers) {
            if (denier.candidate().head(now) > height) passed++;
        }
        return passed;
    }

    private Absence unknown(Candidate node, @Nullable PlannedNode upcoming, long now) {
        boolean isTransaction = kind instanceof CallKind.Lookup;
        boolean pending = isTransaction && isPending();
        if (pending && !awaitsBlock()) return Absence.DOUBTED;
        if (!isTransaction && !(named instanceof BlockRef.Hash)) return ofTag();
        if (upcoming == null || upcoming.tier() == Tier.LAST_RESORT) return Absence.BELIEVED;
        boolean late = isLate(node, now);
        if (pending) return Absence.ofPending(late, isSeconded(node, now), isMovedSince(node, now));
        boolean keepsLess = node.load().keepsLess(now);
        boolean nextKeepsLess = upcoming.candidate().load().keepsLess(now);
        return Absence.ofUnknown(late, keepsLess, nextKeepsLess, isSeconded(node, now), opinions.areForAll(now));
    }

    private boolean isLate(Candidate node, long now) {
        return node.head(now) < floor.number();
    }

    /// Whether another node that has what clients were shown, and keeps no less, said so too.
    private boolean isSeconded(Candidate node, long now) {
        for (RunningAttempt denier : deniers) {
            boolean counts = !isLate(denier.candidate(), now) && !denier.node().keepsLess(now);
            if (counts && !denier.node().id().equals(node.load().id())) return true;
        }
        return false;
    }

    private boolean isMovedSince(Candidate node, long now) {
        long newest = Math.max(floor.newestKnown(), node.head(now));
        return kind instanceof CallKind.Lookup(var key, var _)
                && newest > floor.hashes().pendingSince(key);
    }

    /// There is always a latest block and a first one, and after a while also a safe and a final one.
    private Absence ofTag() {
        boolean exists = named instanceof BlockRef.Tag && named != BlockRef.Tag.PENDING;
        return exists && !method.nullMayMeanNoItem() ? Absence.DOUBTED : Absence.BELIEVED;
    }

    /// Whether clients were shown the transaction before it was in a block, or have just sent it.
    private boolean isPending() {
        return kind instanceof CallKind.Lookup(var key, var _) && floor.hashes().height(key) == ShownHashes.NO_BLOCK;
    }

    private boolean awaitsBlock() {
        return kind instanceof CallKind.Lookup(var _, var inBlock) && inBlock;
    }

    private static boolean saysNoItems(Outcome outcome) {
        return outcome instanceof Outcome.Answered(var reply) && ReplyBlock.isSomething(reply);
    }

    private static boolean mayBeDenied(Method method, CallKind kind) {
        return kind instanceof CallKind.Lookup || method.nullMeansNoBlock() || method.nullMayMeanNoItem();
    }
}
