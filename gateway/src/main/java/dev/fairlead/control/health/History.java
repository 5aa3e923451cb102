package dev.fairlead.control.health;

import dev.fairlead.control.health.Trail.Anchor;
import dev.fairlead.control.health.Trail.Comparison;
import dev.fairlead.control.health.Trail.Meeting;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which hashes the main branch is known to have, by whichever nodes showed them: what a node that leaps, or changes
/// branches, is compared with although nobody else shows the same height right now.
///
/// @param hashes by height; never changed
record History(NavigableMap<Long, String> hashes) {
    static final History EMPTY = new History(Collections.emptyNavigableMap());

    private static final int LONGEST = 256;
    /// How many of a node's newest blocks count.
    private static final int COUNTED = 8;

    static History of(Trail trail) {
        var first = new TreeMap<Long, String>();
        add(trail, trail.lowest(), first);
        for (Anchor anchor : trail.asked()) first.put(anchor.height(), anchor.hash());
        return new History(Collections.unmodifiableNavigableMap(first));
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    long top() {
        return isEmpty() ? -1 : hashes.lastKey();
    }

    /// The hash at this height, or an empty text.
    String at(long height) {
        return hashes.getOrDefault(height, "");
    }

    /// The greatest known height that is no greater than this one, or -1.
    long floor(long height) {
        Long known = hashes.floorKey(height);
        return known == null ? -1 : known;
    }

    /// What the greatest height says that is known here and of the node; where they differ, from where on.
    ///
    /// @param trail what the node shows now, and nothing older
    Meeting meet(Trail trail) {
        var found = new Comparison();
        for (long height = trail.top(); height >= trail.lowest() && !found.isSame(); height--) {
            found.compare(height, trail.at(height), at(height));
        }
        if (at(trail.lowest() - 1).equals(trail.parent())) {
            found.compare(trail.lowest() - 1, trail.parent(), trail.parent());
        }
        long differs = Long.MAX_VALUE;
        for (Anchor anchor : trail.asked()) {
            String known = at(anchor.height());
            found.compare(anchor.height(), anchor.hash(), known);
            if (!known.isEmpty() && !known.equals(anchor.hash())) differs = Math.min(differs, anchor.height());
        }
        // It was asked after it showed its newest block, which it may have left since.
        boolean left = differs != Long.MAX_VALUE && found.isSame();
        return left ? new Meeting.Apart(differs, found.highest()) : found.meeting();
    }

    /// Whether it is not known if a node goes on from what is known here.
    boolean isStrange(Witness witness) {
        return !isEmpty() && !witness.trail().isEmpty() && witness.agreed() instanceof Meeting.Nowhere;
    }

    /// With what most of these nodes show at one height, and what follows from what is known, block by block.
    History with(List<Witness> witnesses, long all) {
        var more = new TreeMap<Long, String>();
        for (Witness witness : witnesses) follow(witness.trail().fresh(), more);
        more.putAll(shownByMost(witnesses, all));
        if (more.isEmpty()) return this;
        more.putAll(hashes);
        while (more.size() > LONGEST) more.pollFirstEntry();
        return new History(Collections.unmodifiableNavigableMap(more));
    }

    private void follow(Trail trail, TreeMap<Long, String> more) {
        long height = trail.top();
        while (height >= trail.lowest() && at(height).isEmpty()) height--;
        if (height == trail.top()) return;
        boolean linked = height >= trail.lowest()
                ? at(height).equals(trail.at(height))
                : !trail.parent().isEmpty() && at(height).equals(trail.parent());
        if (linked) add(trail, height + 1, more);
    }

    private static void add(Trail trail, long from, TreeMap<Long, String> more) {
        for (long height = trail.top(); height >= from; height--) {
            if (!trail.at(height).isEmpty()) more.putIfAbsent(height, trail.at(height));
        }
    }

    private Map<Long, String> shownByMost(List<Witness> witnesses, long all) {
        var votes = new HashMap<String, Long>();
        var most = new HashMap<Long, String>();
        for (Witness witness : witnesses) {
            Trail trail = witness.trail().fresh();
            for (Anchor anchor : trail.asked()) vote(witness, anchor.height(), anchor.hash(), votes, most, all);
            long lowest = Math.max(trail.lowest(), trail.top() - COUNTED);
            for (long height = trail.top(); height >= lowest; height--) {
                vote(witness, height, trail.at(height), votes, most, all);
            }
        }
        return most;
    }

    private void vote(
            Witness witness, long height, String hash, Map<String, Long> votes, Map<Long, String> most, long all) {
        if (hash.isEmpty() || !at(height).isEmpty()) return;
        if (votes.merge(hash, witness.weight(), Long::sum) * 2 > all) most.put(height, hash);
    }
}
