package dev.fairlead.data.guard;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.shown.HeadFloor;
import java.time.Duration;
import java.util.List;

/// The block that a call is about, as far as it is known to exist. One that clients were shown may be missing
/// on every node that remains, because the node that showed it is gone: then the call waits for it, for about
/// one block time, and asks again at intervals, instead of saying that there is no such block.
public final class AwaitedBlock {
    /// For chains that are so fast that one hiccup is longer than a block.
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final int PAUSES = 16;

    private final HeadFloor floor;
    private final long height;
    private boolean begun;
    private long number;
    private long until;
    private long pause;

    /// @param height of the block that the call names, or is known to be about; -1 where that cannot be told
    public AwaitedBlock(HeadFloor floor, long height) {
        this.floor = floor;
        this.height = height;
    }

    /// Whether the block is known to exist, so that a node without it may be late. False once it was awaited
    /// in vain.
    public boolean isThere(ChainState chain, long now) {
        if (begun) return isAwaited(now);
        Head head = chain.head();
        long known = Math.max(head == null ? -1 : head.number(), floor.number());
        return known >= 0 && height <= known;
    }

    /// A node that is late said that it does not have the block.
    ///
    /// @return whether the call waits for the block
    public boolean awaits(Chain chain, long now) {
        await(height, chain, now);
        return isAwaited(now);
    }

    /// Begins to wait for a node that has reached `height`, unless that has begun before.
    public void await(long height, Chain chain, long now) {
        if (begun) return;
        Duration usual = chain.probing().blockTime();
        Duration blockTime = usual.compareTo(LEAST) < 0 ? LEAST : usual;
        begun = true;
        number = height;
        until = floor.awaited(now, blockTime);
        pause = blockTime.toNanos() / PAUSES;
    }

    /// There is no such block: nodes that have later blocks say so.
    public void settle(long now) {
        if (begun) until = now;
    }

    public boolean isAwaited(long now) {
        return begun && until - now > 0;
    }

    /// The longest between two attempts while it is awaited.
    public long pause() {
        return pause;
    }

    /// The nodes to ask after a pause: all as soon as one is known to have the block; before that, one at a
    /// time.
    public List<PlannedNode> steps(List<PlannedNode> planned, int round, long now) {
        if (!isAwaited(now) || planned.getFirst().candidate().head(now) >= number) return planned;
        int fit = 0;
        while (fit < planned.size() && planned.get(fit).tier() != Tier.PANIC) fit++;
        return List.of(planned.get(round % (fit == 0 ? planned.size() : fit)));
    }
}
