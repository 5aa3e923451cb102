package dev.fairlead.control.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which hashes one node is known to have, so that branches can be compared without asking again: an unbroken run of
/// blocks up to the newest one, each the parent of the next, and single heights that were asked for.
///
/// @param top height of the newest block of the run
/// @param run newest first
/// @param asked oldest first
record Trail(long top, List<String> run, List<Anchor> asked) {
    static final Trail EMPTY = new Trail(-1, List.of(), List.of());

    private static final int LONGEST_RUN = 64;
    private static final int MOST_ASKED = 4;
    /// A node that moved on by more than this at once may be somewhere else entirely.
    private static final long LEAP = 64;

    private static final Duration ASKED_KEPT = Duration.ofSeconds(20);

    record Anchor(long height, String hash, Instant at) {}

    sealed interface Meeting {
        /// No height is known of both.
        record Nowhere() implements Meeting {}

        record Same(long height) implements Meeting {}

        /// @param height the lowest at which they are known to differ
        record Apart(long height) implements Meeting {}
    }

    boolean isEmpty() {
        return run.isEmpty();
    }

    boolean hasHeadOf(Trail other) {
        return !isEmpty() && !other.isEmpty() && run.getFirst().equals(other.run.getFirst());
    }

    /// The node showed this block as its newest.
    Trail saw(Block block, Instant now) {
        if (block.hash().isEmpty()) return EMPTY;
        if (block.hash().equals(at(block.number()))) return this;
        if (follows(block)) return new Trail(block.number(), longer(block.hash()), asked);
        List<String> anew = block.parentHash().isEmpty() || block.number() == 0
                ? List.of(block.hash())
                : List.of(block.hash(), block.parentHash());
        boolean onward = block.number() > top && block.number() - top <= LEAP;
        return new Trail(block.number(), anew, onward ? recent(now) : List.of());
    }

    private boolean follows(Block block) {
        return !run.isEmpty() && block.number() == top + 1 && block.parentHash().equals(run.getFirst());
    }

    private List<String> longer(String hash) {
        var next = new ArrayList<String>(Math.min(run.size() + 1, LONGEST_RUN));
        next.add(hash);
        next.addAll(run.subList(0, Math.min(run.size(), LONGEST_RUN - 1)));
        return List.copyOf(next);
    }

    private List<Anchor> recent(Instant now) {
        return asked.stream()
                .filter(anchor -> anchor.at().plus(ASKED_KEPT).isAfter(now))
                .toList();
    }

    /// The node was asked for these blocks and showed them.
    Trail shown(List<Block> blocks, Instant now) {
        if (isEmpty()) return this;
        var next = new ArrayList<>(recent(now));
        for (Block block : blocks) {
            add(next, new Anchor(block.number(), block.hash(), now));
            add(next, new Anchor(block.number() - 1, block.parentHash(), now));
        }
        return new Trail(top, run, List.copyOf(next.subList(Math.max(0, next.size() - MOST_ASKED), next.size())));
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
    Meeting meet(Trail other) {
        var found = new Comparison();
        long high = Math.min(top, other.top);
        long low = Math.max(top - run.size(), other.top - other.run.size()) + 1;
        if (high >= low) found.compare(high, at(high), other.at(high));
        for (long height = high - 1; height >= low && found.lowestApart == height + 1; height--) {
            found.compare(height, at(height), other.at(height));
        }
        for (Anchor anchor : asked) found.compare(anchor.height(), anchor.hash(), other.at(anchor.height()));
        for (Anchor anchor : other.asked) found.compare(anchor.height(), at(anchor.height()), anchor.hash());
        return found.meeting();
    }

    private static final class Comparison {
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

        Meeting meeting() {
            if (highest < 0) return new Meeting.Nowhere();
            return same ? new Meeting.Same(highest) : new Meeting.Apart(lowestApart);
        }
    }
}
