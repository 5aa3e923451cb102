package dev.fairlead.control.probe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks a node to show how it went on from a head that others agree on. Heights without a block are normal on
/// some chains, and so are parent hashes that are no hash of any block: a parent hash that does not fit counts
/// only against a node whose other blocks do follow from each other.
public record AncestryProbe(Shows node, FollowUp.Onward check, Instant now) {
    /// So many heights are asked for one by one; after that the steps grow.
    private static final int NEAREST = 8;
    private static final int MOST_STEPS = 16;

    public enum Heard {
        /// The node answers with a block, or that there is none.
        ANSWER,
        /// The node objects: Filecoin nodes do so for a height without a block, others for a block that they
        /// no longer keep.
        OBJECTION,
        NOTHING
    }

    public record Shown(Heard heard, Optional<SeenBlock> block) {
        @Nullable
        SeenBlock orNull() {
            return block.orElse(null);
        }
    }

    /// Asks the node for its block at a height.
    @FunctionalInterface
    public interface Shows {
        Shown at(long height) throws InterruptedException;
    }

    /// The newest block at this height or, where there is none, a little below.
    static Optional<SeenBlock> newest(Shows node, long height) throws InterruptedException {
        for (long at = height; at >= Math.max(0, height - NEAREST); at--) {
            Shown shown = node.at(at);
            if (shown.block().isPresent() || shown.heard() == Heard.NOTHING) return shown.block();
        }
        return Optional.empty();
    }

    public FollowUpAnswer followUpAnswer() throws InterruptedException {
        Shown common = node.at(check.height());
        SeenBlock base = common.orNull();
        if (base != null && !base.hash().equals(check.hash())) {
            return new FollowUpAnswer(check, List.of(base), new Ancestry.Elsewhere(base.number(), now));
        }
        boolean higher = check.head() > check.height();
        return higher && common.heard() == Heard.ANSWER ? onward(base) : untold();
    }

    private FollowUpAnswer onward(@Nullable SeenBlock base) throws InterruptedException {
        long below = check.height();
        boolean objected = false;
        for (long height : heights()) {
            Shown shown = node.at(height);
            SeenBlock next = shown.orNull();
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
        return objected ? untold() : new FollowUpAnswer(check, List.of(), new Ancestry.Disproven(none, now));
    }

    private FollowUpAnswer untold() {
        return new FollowUpAnswer(check, List.of(), new Ancestry.Untold(now));
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
    private FollowUpAnswer follows(@Nullable SeenBlock base, SeenBlock next, boolean nearest)
            throws InterruptedException {
        if (base == null) return untold();
        boolean linked = next.parentHash().equals(base.hash());
        if (linked || !nearest || !isLinked(base, next)) {
            return showsHead(next)
                    ? new FollowUpAnswer(check, List.of(base, next), new Ancestry.Proven(next.number(), now))
                    : new FollowUpAnswer(check, List.of(base, next), new Ancestry.Untold(now));
        }
        String reason = "its block " + next.number() + " does not follow its block " + base.number();
        return new FollowUpAnswer(check, List.of(base), new Ancestry.Disproven(reason, now));
    }

    /// Whether the head that it claims is a block of its own, and not merely a number: it may have gone on from the
    /// base, but not as far as it said.
    private boolean showsHead(SeenBlock next) throws InterruptedException {
        SeenBlock own =
                next.number() == check.head() ? next : node.at(check.head()).orNull();
        return own != null && own.hash().equals(check.headHash());
    }

    /// Whether this node's parent hashes are those of its blocks: seen below the base, or above where there is nothing
    /// below.
    private boolean isLinked(SeenBlock base, SeenBlock next) throws InterruptedException {
        if (base.number() == 0) {
            SeenBlock above = node.at(next.number() + 1).orNull();
            return above == null || above.parentHash().equals(next.hash());
        }
        Optional<SeenBlock> below = newest(node, base.number() - 1);
        return below.isPresent() && base.parentHash().equals(below.get().hash());
    }
}
