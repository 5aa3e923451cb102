package dev.fairlead.data.guard;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.failover.FailoverRun;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.RecentSends;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees to it that the pending count of an address, from which wallets take the next nonce, does not leave out what was
/// sent a moment ago: it asks the nodes that took what was sent lately, and the client gets the highest count.
public final class CountGuard implements ReplyGuard {
    private final LoopDispatch dispatch;
    private final RecentSends recentSends;
    private final long address;
    private final FailoverRun run;
    private final List<NodeId> asked = new ArrayList<>(2);
    private @Nullable RunningAttempt from;
    private @Nullable Reply best;
    private long count = -1;

    public CountGuard(LoopDispatch dispatch, RecentSends recentSends, long address, FailoverRun run) {
        this.dispatch = dispatch;
        this.recentSends = recentSends;
        this.address = address;
        this.run = run;
    }

    @Override
    public boolean gave(RunningAttempt attempt, Reply reply) {
        long said = ReplyBlock.quantity(reply);
        if (said < 0) {
            run.give(attempt, reply);
            return true;
        }
        keep(attempt, reply, said);
        asked.add(attempt.node().id());
        boolean enough = count >= recentSends.shown(address, window(), dispatch.now())
                && recentSends.areAllAmong(asked, window(), dispatch.now());
        if (enough) conclude();
        return enough;
    }

    @Override
    public boolean isEmpty() {
        return best == null;
    }

    @Override
    public void conclude() {
        Reply highest = best;
        RunningAttempt its = from;
        best = null;
        if (highest == null || its == null) return;
        recentSends.show(address, count, window(), dispatch.now());
        run.give(its, highest);
    }

    @Override
    public void discard() {
        if (best != null) best.discard();
        best = null;
    }

    private void keep(RunningAttempt attempt, Reply reply, long said) {
        if (best != null && said <= count) {
            reply.discard();
            return;
        }
        discard();
        from = attempt;
        best = reply;
        count = said;
    }

    private long window() {
        Chain chain = run.routes().chain().chain();
        return RecentSends.window(chain.probing().blockTime());
    }
}
