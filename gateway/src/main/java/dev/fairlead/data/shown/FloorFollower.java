package dev.fairlead.data.shown;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Tells the [HeadFloor] of every chain which head each new Fleet shows for it.
public final class FloorFollower {
    private final Function<String, HeadFloor> floorOf;
    private final LongSupplier clock;

    /// @param floorOf the floor of the chain with a name
    public FloorFollower(Function<String, HeadFloor> floorOf, LongSupplier clock) {
        this.floorOf = floorOf;
        this.clock = clock;
    }

    public void follow(Board<Fleet> board) {
        board.onPublish(this::published);
        published(board.now());
    }

    private void published(Fleet fleet) {
        long now = clock.getAsLong();
        for (ChainState chain : fleet.chains().values()) {
            floorOf.apply(chain.chain().name()).measured(chain.head(), seconded(chain), chain.chain(), now);
        }
    }

    /// The second highest head of the nodes that serve; where only one serves, no other can contradict it.
    private static long seconded(ChainState chain) {
        long highest = -1;
        long second = -1;
        for (NodeState node : chain.nodes()) {
            Head head = node.verdict().ready() ? node.head() : null;
            if (head == null) continue;
            second = Math.max(second, Math.min(highest, head.number()));
            highest = Math.max(highest, head.number());
        }
        return second < 0 ? Long.MAX_VALUE : second;
    }
}
