package dev.fairlead.data.guard;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.shown.RecentSends;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes sure that the pending count of an address, from which wallets take the next nonce, includes what was
/// sent a moment ago: the nodes that took what was sent lately are asked, and the client gets the highest
/// count.
public final class CountGuard implements ReplyGuard {
    private final RecentSends recentSends;
    private final long address;
    private final List<NodeId> asked = new ArrayList<>(2);
    private @Nullable RunningAttempt from;
    private @Nullable Reply highest;
    private long count = -1;

    public CountGuard(RecentSends recentSends, long address) {
        this.recentSends = recentSends;
        this.address = address;
    }

    @Override
    public Weighed weigh(RunningAttempt attempt, Reply reply, Chain chain, long now) {
        long counted = ReplyBlock.quantity(reply);
        if (counted < 0) return Weighed.GOOD;
        keep(attempt, reply, counted);
        asked.add(attempt.node().id());
        long window = window(chain);
        boolean enough =
                count >= recentSends.shown(address, window, now) && recentSends.areAllAmong(asked, window, now);
        return enough ? Weighed.ENOUGH : Weighed.KEPT;
    }

    @Override
    public boolean isEmpty() {
        return highest == null;
    }

    @Override
    public BestKept best(Chain chain, long now) {
        Reply reply = highest;
        RunningAttempt its = from;
        highest = null;
        if (reply == null || its == null) throw new IllegalStateException("no count is kept");
        recentSends.show(address, count, window(chain), now);
        return new BestKept.OfNode(its, reply);
    }

    @Override
    public void discard() {
        if (highest != null) highest.discard();
        highest = null;
    }

    private void keep(RunningAttempt attempt, Reply reply, long counted) {
        if (highest != null && counted <= count) {
            reply.discard();
            return;
        }
        discard();
        from = attempt;
        highest = reply;
        count = counted;
    }

    private static long window(Chain chain) {
        return RecentSends.window(chain.probing().blockTime());
    }
}
