package dev.fairlead.control.judge;

import dev.fairlead.control.probe.SeenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which hashes one node is known to have, so that branches can be compared without asking again: an unbroken run of
/// blocks up to the newest one, each the parent of the next, and single heights that were asked for.
///
/// Only blocks that the node showed with their own number say which hash it has there. On some chains a block's
/// `parentHash` is not the hash that the block below is shown with, or there is no block right below.
///
/// @param top height of the newest block of the run
/// @param run newest first; an empty text where the chain has no block at a height
/// @param parent what the lowest block of the run calls its parent: it may prove a branch, never contradict one
/// @param asked oldest first
/// @param since when the run began: the node may have changed branches just before
record KnownHashes(long top, List<String> run, String parent, List<Anchor> asked, Instant since) {
    static final KnownHashes EMPTY = new KnownHashes(-1, List.of(), "", List.of(), Instant.MIN);

    private static final int LONGEST_RUN = 64;
    private static final int MOST_ASKED = 8;

    private static final Duration ASKED_KEPT = Duration.ofSeconds(20);

    record Anchor(long height, String hash, Instant at) {}

    sealed interface Meeting {
        /// No height is known of both.
        record Nowhere() implements Meeting {}

        record Same(long height) implements Meeting {}

        /// @param height the lowest at which they are known to differ
        /// @param highest at which they were compared
        record Apart(long height, long highest) implements Meeting {}
    }

    boolean isEmpty() {
        return run.isEmpty();
    }

    boolean hasHeadOf(KnownHashes other) {
        return !isEmpty() && !other.isEmpty() && run.getFirst().equals(other.run.getFirst());
    }

    /// The node showed this block as its newest.
    KnownHashes saw(SeenBlock block, Instant now) {
        if (block.hash().isEmpty()) return EMPTY;
        if (block.hash().equals(at(block.number()))) return this;
        if (block.follows(top, run.isEmpty() ? "" : run.getFirst())) return longer(block);
        boolean onward = block.number() > top && block.number() - top <= SeenBlock.LEAP;
        String below = block.number() == 0 ? "" : block.parentHash();
        return new KnownHashes(block.number(), List.of(block.hash()), below, onward ? recent(now) : List.of(), now);
    }

    private KnownHashes longer(SeenBlock block) {
        var next = new ArrayList<String>(LONGEST_RUN);
        next.add(block.hash());
        for (long height = block.number() - 1; height > top && next.size() < LONGEST_RUN; height--) next.add("");
        int kept = Math.min(run.size(), LONGEST_RUN - next.size());
        next.addAll(run.subList(0, kept));
        return new KnownHashes(block.number(), List.copyOf(next), kept < run.size() ? "" : parent, asked, since);
    }

    private List<Anchor> recent(Instant now) {
        return asked.stream()
                .filter(anchor -> anchor.at().plus(ASKED_KEPT).isAfter(now))
                .toList();
    }

    /// The node was asked for these blocks and showed them.
    KnownHashes shown(List<SeenBlock> blocks, Instant now) {
        if (isEmpty()) return this;
        var next = new ArrayList<>(recent(now));
        for (SeenBlock block : blocks) add(next, new Anchor(block.number(), block.hash(), now));
        var newest = next.subList(Math.max(0, next.size() - MOST_ASKED), next.size());
        return new KnownHashes(top, run, parent, List.copyOf(newest), since);
    }

    /// Without the single heights above this one.
    KnownHashes upTo(long height) {
        var lower = asked.stream().filter(anchor -> anchor.height() <= height).toList();
        return lower.size() == asked.size() ? this : new KnownHashes(top, run, parent, lower, since);
    }

    /// Without what the node showed before its run began.
    KnownHashes fresh() {
        var newer =
                asked.stream().filter(anchor -> !anchor.at().isBefore(since)).toList();
        return newer.size() == asked.size() ? this : new KnownHashes(top, run, parent, newer, since);
    }

    /// What this trail and one with the same newest block show together.
    KnownHashes joined(KnownHashes other) {
        boolean longer = other.run.size() > run.size();
        KnownHashes most = longer ? other : this;
        KnownHashes least = longer ? this : other;
        var anchors = new ArrayList<>(most.asked);
        for (Anchor anchor : least.asked) {
            if (anchors.size() < MOST_ASKED && most.at(anchor.height()).isEmpty()) anchors.add(anchor);
        }
        boolean more = anchors.size() > most.asked.size();
        return more ? new KnownHashes(top, most.run, most.parent, List.copyOf(anchors), most.since) : most;
    }

    private static void add(List<Anchor> anchors, Anchor added) {
        if (added.height() < 0 || added.hash().isEmpty()) return;
        anchors.removeIf(anchor -> anchor.height() == added.height());
        anchors.add(added);
    }

    /// The hash that the node is known to have at this height, or an empty text.
    String at(long height) {
        if (height <= top && height > top - run.size()) return run.get((int) (top - height));
        for (Anchor anchor : asked) {
            if (anchor.height() == height) return anchor.hash();
        }
        return "";
    }

    /// Whether the run itself shows that the node went on from this block.
    boolean passed(long height, String hash) {
        return height < top && height > top - run.size() && at(height).equals(hash);
    }

    /// What the greatest height that is known of both says; where they differ, from where on.
    Meeting meet(KnownHashes other) {
        var found = new Comparison();
        long high = Math.min(top, other.top);
        long low = Math.max(top - run.size(), other.top - other.run.size()) + 1;
        if (high >= low) found.compare(high, at(high), other.at(high));
        for (long height = high - 1; height >= low && found.lowestApart == height + 1; height--) {
            found.compare(height, at(height), other.at(height));
        }
        found.agree(lowest() - 1, parent, other);
        found.agree(other.lowest() - 1, other.parent, this);
        for (Anchor anchor : asked) found.compare(anchor.height(), anchor.hash(), other.at(anchor.height()));
        for (Anchor anchor : other.asked) found.compare(anchor.height(), at(anchor.height()), anchor.hash());
        return found.meeting();
    }

    /// Whether both are known to have the same block at this height or above it, wherever they may differ.
    boolean agrees(KnownHashes other, long from) {
        return !isEmpty() && !other.isEmpty() && (shares(other, from) || other.shares(this, from));
    }

    private boolean shares(KnownHashes other, long from) {
        for (Anchor anchor : asked) {
            if (anchor.height() >= from && anchor.hash().equals(other.named(anchor.height()))) return true;
        }
        for (long height = top; height >= Math.max(from, lowest() - 1); height--) {
            String hash = named(height);
            if (!hash.isEmpty() && hash.equals(other.named(height))) return true;
        }
        return false;
    }

    private String named(long height) {
        String shown = at(height);
        return shown.isEmpty() && height == lowest() - 1 ? parent : shown;
    }

    long lowest() {
        return top - run.size() + 1;
    }

    static final class Comparison {
        private long highest = -1;
        private boolean same;
        private long lowestApart = Long.MAX_VALUE;

        void compare(long height, String one, String other) {
            if (one.isEmpty() || other.isEmpty()) return;
            boolean equal = one.equals(other);
            if (!equal) lowestApart = Math.min(lowestApart, height);
            if (height > highest) {
                highest = height;
                same = equal;
            }
        }

        boolean isSame() {
            return same;
        }

        long highest() {
            return highest;
        }

        /// A parent that is the very block that the other has there proves that they are of one branch.
        void agree(long height, String parent, KnownHashes other) {
            String known = height == other.lowest() - 1 ? other.parent : other.at(height);
            if (known.equals(parent)) compare(height, parent, known);
        }

        Meeting meeting() {
            if (highest < 0) return new Meeting.Nowhere();
            return same ? new Meeting.Same(highest) : new Meeting.Apart(lowestApart, highest);
        }
    }
}
