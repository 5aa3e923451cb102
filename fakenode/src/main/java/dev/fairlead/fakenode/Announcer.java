package dev.fairlead.fakenode;

import java.util.function.Consumer;

/// Tells newHeads subscribers about every block that comes into a node's sight, once and in order.
/// A head that moves back is not announced; on another fork the blocks since the branching are.
final class Announcer {
    private final Sight sight;
    private final Consumer<String> newHeads;
    private long announced;
    private boolean muted;

    Announcer(Sight sight, Consumer<String> newHeads) {
        this.sight = sight;
        this.newHeads = newHeads;
        this.announced = sight.head().number();
    }

    /// What is seen while muted is never announced.
    synchronized void mute(boolean on) {
        muted = on;
    }

    synchronized void look() {
        long head = sight.head().number();
        for (long number = announced + 1; number <= head && !muted; number++) {
            sight.block(number).map(BlockJson::header).ifPresent(newHeads);
        }
        announced = head;
    }

    synchronized void turnTo(FakeChain other) {
        long shared = other.newestSharedWith(sight.chain()).map(Block::number).orElse(0L);
        sight.turnTo(other);
        announced = Math.min(announced, shared);
        look();
    }
}
