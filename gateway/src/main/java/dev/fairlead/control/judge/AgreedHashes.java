package dev.fairlead.control.judge;

import dev.fairlead.control.judge.KnownHashes.Anchor;
import dev.fairlead.control.judge.KnownHashes.Comparison;
import dev.fairlead.control.judge.KnownHashes.Meeting;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which hashes the main branch is known to have, whichever nodes showed them. A node that leaps, or changes
/// branches, is compared with them even if no other node shows the same height right now.
///
/// @param hashes by height; never changed
record AgreedHashes(NavigableMap<Long, String> hashes) {
    static final AgreedHashes EMPTY = new AgreedHashes(Collections.emptyNavigableMap());

    private static final int LONGEST = 256;
    /// How many of a node's newest blocks count.
    private static final int COUNTED = 8;

    static AgreedHashes of(KnownHashes hashes) {
        var first = new TreeMap<Long, String>();
        add(hashes, hashes.lowest(), first);
        for (Anchor anchor : hashes.asked()) first.put(anchor.height(), anchor.hash());
        return new AgreedHashes(Collections.unmodifiableNavigableMap(first));
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

    /// Compares the node at the greatest height that is known of it and here; where they differ, says from
    /// which height on.
    ///
    /// @param hashes what the node shows now, and nothing older
    Meeting meet(KnownHashes hashes) {
        var found = new Comparison();
        for (long height = hashes.top(); height >= hashes.lowest() && !found.isSame(); height--) {
            found.compare(height, hashes.at(height), at(height));
        }
        if (at(hashes.lowest() - 1).equals(hashes.parent())) {
            found.compare(hashes.lowest() - 1, hashes.parent(), hashes.parent());
        }
        long differs = Long.MAX_VALUE;
        for (Anchor anchor : hashes.asked()) {
            String known = at(anchor.height());
            found.compare(anchor.height(), anchor.hash(), known);
            if (!known.isEmpty() && !known.equals(anchor.hash())) differs = Math.min(differs, anchor.height());
        }
        // It was asked after it showed its newest block, which it may have left since.
        boolean left = differs != Long.MAX_VALUE && found.isSame();
        return left ? new Meeting.Apart(differs, found.highest()) : found.meeting();
    }

    /// Whether it is not known if a node goes on from what is known here.
    boolean isStrange(Voter voter) {
        return !isEmpty() && !voter.hashes().isEmpty() && voter.agreed() instanceof Meeting.Nowhere;
    }

    /// Adds what most of these nodes show at one height, and blocks that follow, one by one, from what is
    /// known.
    AgreedHashes with(List<Voter> voters, long all) {
        var more = new TreeMap<Long, String>();
        for (Voter voter : voters) follow(voter.hashes().fresh(), more);
        more.putAll(shownByMost(voters, all));
        if (more.isEmpty()) return this;
        more.putAll(hashes);
        while (more.size() > LONGEST) more.pollFirstEntry();
        return new AgreedHashes(Collections.unmodifiableNavigableMap(more));
    }

    private void follow(KnownHashes hashes, TreeMap<Long, String> more) {
        long height = hashes.top();
        while (height >= hashes.lowest() && at(height).isEmpty()) height--;
        if (height == hashes.top()) return;
        boolean linked = height >= hashes.lowest()
                ? at(height).equals(hashes.at(height))
                : !hashes.parent().isEmpty() && at(height).equals(hashes.parent());
        if (linked) add(hashes, height + 1, more);
    }

    private static void add(KnownHashes hashes, long from, TreeMap<Long, String> more) {
        for (long height = hashes.top(); height >= from; height--) {
            if (!hashes.at(height).isEmpty()) more.putIfAbsent(height, hashes.at(height));
        }
    }

    private Map<Long, String> shownByMost(List<Voter> voters, long all) {
        var votes = new HashMap<String, Long>();
        var most = new HashMap<Long, String>();
        for (Voter voter : voters) {
            KnownHashes hashes = voter.hashes().fresh();
            for (Anchor anchor : hashes.asked()) vote(voter, anchor.height(), anchor.hash(), votes, most, all);
            long lowest = Math.max(hashes.lowest(), hashes.top() - COUNTED);
            for (long height = hashes.top(); height >= lowest; height--) {
                vote(voter, height, hashes.at(height), votes, most, all);
            }
        }
        return most;
    }

    private void vote(
            Voter voter, long height, String hash, Map<String, Long> votes, Map<Long, String> most, long all) {
        if (hash.isEmpty() || !at(height).isEmpty()) return;
        if (votes.merge(hash, voter.weight(), Long::sum) * 2 > all) most.put(height, hash);
    }
}
