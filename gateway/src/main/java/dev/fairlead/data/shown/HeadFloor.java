package dev.fairlead.data.shown;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Head;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The [Floor] of one chain, shared by all event loops, with the newest blocks by hash.
public final class HeadFloor {
    private final AtomicReference<Floor> floor = new AtomicReference<>(Floor.NONE);
    private final AtomicLong safe = new AtomicLong(-1);
    private final AtomicLong finalized = new AtomicLong(-1);
    private final ShownHashes hashes = new ShownHashes();
    private final AtomicReference<NewestBlocks> newest = new AtomicReference<>(NewestBlocks.NONE);
    private volatile long lead;

    /// -1 while no client was shown any.
    public long number() {
        return now().number();
    }

    /// The newest block that there is, as far as is known; -1 for none.
    public long newestKnown() {
        Floor present = now();
        return Math.max(present.number(), present.reference());
    }

    /// The highest block that clients were shown under that tag; -1 for none. The pending block follows the
    /// latest.
    public long number(BlockRef.Tag tag) {
        return switch (tag) {
            case LATEST, PENDING -> number();
            case SAFE -> safe.get();
            case FINALIZED -> finalized.get();
            case EARLIEST -> 0;
        };
    }

    public Floor.Height height(BlockRef.Tag tag, long head, Chain chain, long now) {
        if (tag == BlockRef.Tag.LATEST) return height(head, chain, now);
        if (head < number(tag)) return Floor.Height.BELOW;
        // the block that is being made is one above the latest
        long block = tag == BlockRef.Tag.PENDING ? head - 1 : head;
        return height(block, chain, now) == Floor.Height.ABOVE ? Floor.Height.ABOVE : Floor.Height.FINE;
    }

    public void served(BlockRef.Tag tag, long head) {
        switch (tag) {
            case LATEST -> served(head);
            case SAFE -> raise(safe, head);
            case FINALIZED -> raise(finalized, head);
            case PENDING, EARLIEST -> {}
        }
    }

    private static void raise(AtomicLong shown, long head) {
        if (head > shown.get()) shown.accumulateAndGet(head, Math::max);
    }

    /// The height that a node must have reached to know the block that a call names; -1 where that cannot be told.
    public long needs(BlockRef named) {
        return named instanceof BlockRef.Hash(var hash) ? height(hash) : named.needsHead();
    }

    private long height(String hash) {
        long newest = blocks().number(hash);
        return newest >= 0 ? newest : Math.max(-1, hashes.height(HexKey.ofHash(hash)));
    }

    /// What clients were shown, by hash.
    public ShownHashes hashes() {
        return hashes;
    }

    /// An answer that shows a block of this height went to a client.
    ///
    /// @return whether it is believed: one node cannot lift the floor to where the chain cannot be
    public boolean showed(long number, Chain chain, long now) {
        Floor.Height height = height(number, chain, now);
        if (height == Floor.Height.FINE) served(number);
        return height != Floor.Height.ABOVE;
    }

    public Floor.Height height(long head, Chain chain, long now) {
        return now().height(head, now, lead, chain.probing().blockTime());
    }

    public long awaited(long now, Duration blockTime) {
        return now().awaited(now, blockTime);
    }

    void served(long head) {
        if (head > number()) floor.updateAndGet(before -> before.served(head));
    }

    /// Whether the hash of the block at that height is still wanted.
    public boolean lacksHash(long number) {
        return blocks().newest() < number;
    }

    public void saw(long number, String hash) {
        newest.updateAndGet(before -> before.with(number, hash));
    }

    /// Health published a reference head.
    ///
    /// @param seconded the highest head that two nodes which serve have reached; above it, only one node
    /// vouches for a block
    public void measured(@Nullable Head head, long seconded, Chain chain, long now) {
        long number = head == null ? -1 : head.number();
        lead = lead(Math.max(0, seconded - Math.max(0, number)), chain);
        var patience = Floor.patience(chain.probing().blockTime());
        long before = number();
        floor.updateAndGet(last -> last.measured(number, now, patience));
        if (number() < before) rolledBack(number());
        if (head != null) saw(number, head.hash());
    }

    /// How far beyond the reference one node alone is believed: as far as another one has come, plus the
    /// blocks that the chain may have made between two probes; never further than a node may be ahead at all.
    private static long lead(long seconded, Chain chain) {
        var probing = chain.probing();
        long unseen = probing.interval().multipliedBy(2).dividedBy(probing.blockTime());
        long most = chain.tolerance().ahead();
        return Math.min(most, Math.min(most, seconded) + unseen + 2);
    }

    private void rolledBack(long head) {
        safe.accumulateAndGet(head, Math::min);
        finalized.accumulateAndGet(head, Math::min);
    }

    private Floor now() {
        return Objects.requireNonNull(floor.get());
    }

    private NewestBlocks blocks() {
        return Objects.requireNonNull(newest.get());
    }
}
