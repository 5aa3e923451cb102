package dev.fairlead.control.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has a node show how it went on from a head that others agree on. Heights without a block are normal on some chains,
/// and so are parent hashes that are no hash of any block: only a node whose other blocks do follow from each other is
/// held to it.
record Lineage(Shows node, Check.Onward check, Instant now) {
    /// Heights that are asked for one by one; beyond, ever larger steps are made.
    private static final int NEAREST = 8;
    private static final int MOST_STEPS = 16;

    enum Heard {
        /// A block, or that there is none.
        ANSWER,
        /// Filecoin nodes object to a height without a block, others to one that they no longer keep.
        OBJECTION,
        NOTHING
    }

    record Shown(Heard heard, Optional<Block> block) {
        @Nullable
        Block orNull() {
            return block.orElse(null);
        }
    }

    /// The node's own words about a height.
    @FunctionalInterface
    interface Shows {
        Shown at(long height) throws InterruptedException;
    }

    /// The newest block at this height or, where there is none, a little below.
    static Optional<Block> newest(Shows node, long height) throws InterruptedException {
        for (long at = height; at >= Math.max(0, height - NEAREST); at--) {
            Shown shown = node.at(at);
            if (shown.block().isPresent() || shown.heard() == Heard.NOTHING) return shown.block();
        }
        return Optional.empty();
    }

    Finding finding() throws InterruptedException {
        Shown common = node.at(check.height());
        Block base = common.orNull();
        if (base != null && !base.hash().equals(check.hash())) {
            return new Finding(check, List.of(base), new Descent.Elsewhere(base.number(), now));
        }
        boolean higher = check.head() > check.height();
        return higher && common.heard() == Heard.ANSWER ? onward(base) : untold();
    }

    private Finding onward(@Nullable Block base) throws InterruptedException {
        long below = check.height();
        boolean objected = false;
        for (long height : heights()) {
            Shown shown = node.at(height);
            Block next = shown.orNull();
            boolean nearest = height - below == 1;
            if (next != null
                    && (height < check.head() || nearest || next.parentHash().equals(check.hash()))) {
                return follows(base, next, nearest);
            }
            if (shown.heard() == Heard.NOTHING) return untold();
            objected |= shown.heard() == Heard.OBJECTION;
            if (nearest) below = height;
        }
        String none = "it shows no block between " + check.height() + " and its head";
        return objected ? untold() : new Finding(check, List.of(), new Descent.Disproven(none, now));
    }

    private Finding untold() {
        return new Finding(check, List.of(), new Descent.Untold(now));
    }

    private List<Long> heights() {
        var heights = new ArrayList<Long>();
        long step = 1;
        long between = check.head() - check.height();
        for (long above = 1; above < between && heights.size() < MOST_STEPS + NEAREST; above += step) {
            heights.add(check.height() + above);
            if (heights.size() >= NEAREST) step *= 2;
        }
        long last = heights.isEmpty() ? check.height() : heights.getLast();
        for (long below = 2; below >= 0; below--) {
            if (check.head() - below > last) heights.add(check.head() - below);
        }
        return heights;
    }

    /// @param nearest whether there is no block between the two
    private Finding follows(@Nullable Block base, Block next, boolean nearest) throws InterruptedException {
        if (base == null) return untold();
        boolean linked = next.parentHash().equals(base.hash());
        if (linked || !nearest || !isLinked(base, next)) {
            return showsHead(next)
                    ? new Finding(check, List.of(base, next), new Descent.Proven(next.number(), now))
                    : new Finding(check, List.of(base, next), new Descent.Untold(now));
        }
        String reason = "its block " + next.number() + " does not follow its block " + base.number();
        return new Finding(check, List.of(base), new Descent.Disproven(reason, now));
    }

    /// Whether the head that it claims is a block of its own, and not merely a number: it may have gone on from the
    /// base,
    /// but not as far as it said.
    private boolean showsHead(Block next) throws InterruptedException {
        Block own = next.number() == check.head() ? next : node.at(check.head()).orNull();
        return own != null && own.hash().equals(check.headHash());
    }

    /// Whether this node's parent hashes are those of its blocks: seen below the base, or above where there is nothing
    /// below.
    private boolean isLinked(Block base, Block next) throws InterruptedException {
        if (base.number() == 0) {
            Block above = node.at(next.number() + 1).orNull();
            return above == null || above.parentHash().equals(next.hash());
        }
        Optional<Block> below = newest(node, base.number() - 1);
        return below.isPresent() && base.parentHash().equals(below.get().hash());
    }
}
