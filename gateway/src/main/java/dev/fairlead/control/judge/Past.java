package dev.fairlead.control.judge;

import dev.fairlead.control.judge.KnownHashes.Anchor;
import dev.fairlead.control.probe.SeenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The newest blocks that a node showed before it was seen further on without what is between: one that shows another
/// block there now has changed branches, whoever else knows that height.
///
/// @param tops newest first: those that it was not asked for again yet
/// @param movedAt when it last showed another block than before at one height
record Past(List<Anchor> tops, Instant movedAt) {
    static final Past NONE = new Past(List.of(), Instant.MIN);

    private static final int MOST_TOPS = 3;
    private static final Duration KEPT = Duration.ofSeconds(20);

    /// @param before what was known of the node
    Past saw(SeenBlock block, KnownHashes before, KnownHashes after, Instant now) {
        if (contradicts(block, before)) return new Past(List.of(), now);
        boolean linked = before.isEmpty() || after.since().equals(before.since());
        if (linked || block.number() <= before.top()) return this;
        var more = new ArrayList<Anchor>(MOST_TOPS);
        more.add(new Anchor(before.top(), before.at(before.top()), now));
        more.addAll(tops.subList(0, Math.min(tops.size(), MOST_TOPS - 1)));
        return new Past(List.copyOf(more), movedAt);
    }

    /// @param asked the heights that it was asked for
    /// @param shown what it has there
    Past answered(List<Long> asked, List<SeenBlock> shown, KnownHashes before, Instant now) {
        for (SeenBlock block : shown) {
            if (contradicts(block, before) || contradicts(block)) return new Past(List.of(), now);
        }
        var left = tops.stream().filter(top -> !asked.contains(top.height())).toList();
        return left.size() == tops.size() ? this : new Past(left, movedAt);
    }

    private boolean contradicts(SeenBlock block) {
        return tops.stream()
                .anyMatch(top -> top.height() == block.number() && !top.hash().equals(block.hash()));
    }

    private static boolean contradicts(SeenBlock block, KnownHashes before) {
        String known = before.at(block.number());
        return !known.isEmpty() && !block.hash().isEmpty() && !known.equals(block.hash());
    }

    /// Whether it changed branches so lately that others may not have followed yet.
    boolean moved(Instant now) {
        return movedAt.plus(KEPT).isAfter(now);
    }

    /// Whether it has yet to show if it is still on the branch that it was on before this moment.
    boolean isOpen(Instant until) {
        return tops.stream().anyMatch(top -> !top.at().isAfter(until));
    }
}
