package dev.fairlead.data.guard;

import dev.fairlead.core.eth.BlockInAnswer;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.HeadFloor;
import dev.fairlead.data.shown.ShownBlockScan;
import dev.fairlead.data.shown.ShownHashes;
import org.jspecify.annotations.Nullable;

/// Remembers what answers to clients show: a block raises the floor, and something that was found by its hash
/// is not reported missing afterwards.
public final class ShownAnswers {
    private final LoopDispatch dispatch;
    private final ChainTraffic traffic;
    private final HeadFloor floor;

    public ShownAnswers(LoopDispatch dispatch, ChainTraffic traffic) {
        this.dispatch = dispatch;
        this.traffic = traffic;
        this.floor = traffic.floor();
    }

    public static boolean isOf(Method method, CallKind kind) {
        return kind instanceof CallKind.Lookup || BlockInAnswer.of(method.name()) != BlockInAnswer.NOTHING;
    }

    /// @param reply a result that goes to a client
    /// @param denial the denials of other nodes before, or null
    public void note(
            Method method,
            CallKind kind,
            BlockRef named,
            Chain chain,
            RunningAttempt from,
            Reply reply,
            @Nullable Denial denial) {
        if (!ReplyBlock.isSomething(reply)) return;
        BlockInAnswer showing = BlockInAnswer.of(method.name());
        long now = dispatch.now();
        boolean isOther = showing.isOfHashes() && !(kind instanceof CallKind.Lookup);
        if (isOther) traffic.opinions().insideShown(chain.probing().blockTime(), now);
        if (named == BlockRef.Tag.PENDING) return;
        ShownBlockScan shownBlockScan = dispatch.shownBlockScan();
        long number = shownBlockScan.look(showing, reply) ? shownBlockScan.number() : ShownHashes.NO_BLOCK;
        if (number >= 0 && !floor.showed(number, chain, now)) return;
        if (number >= 0) from.node().showed(number, now);
        if (number >= 0) floor.hashes().shown(shownBlockScan.hash(), number);
        if (kind instanceof CallKind.Lookup(var key, var _)) noteFound(key, number);
        if (denial != null && number >= 0)
            denial.contradicted(number, chain.tolerance().blocks(), now);
    }

    private void noteFound(long key, long number) {
        if (number >= 0) floor.hashes().shown(key, number);
        else floor.hashes().pending(key, floor.newestKnown());
    }
}
