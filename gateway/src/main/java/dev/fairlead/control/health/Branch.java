package dev.fairlead.control.health;

import dev.fairlead.control.health.Trail.Meeting;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// One line of history and the nodes that stand by it. A node whose newest block is older than a split stands by
/// both sides.
///
/// @param faces trails that together show what this branch looks like
record Branch(List<Trail> faces, List<Witness> supporters) {
    private static final int MOST_FACES = 4;

    /// All branches, the main one first: that of most of the weight; where there is none, the heaviest, not counting
    /// nodes that were outvoted before. Among equals one that moves on before one that stands still, then the one
    /// that agrees with what was agreed `before`, then the one with the node that was declared first. Branches that
    /// merely share no known height are not merged, and not apart either.
    ///
    /// @param silent weight of the nodes that stood by the main branch and do not answer now
    /// @param still after how long without a new block one stands still
    static List<Branch> among(List<Witness> witnesses, long silent, History before, Duration still, Instant now) {
        long all = Witness.weight(witnesses) + silent;
        var founded = new ArrayList<Branch>();
        for (Witness witness : highestFirst(witnesses)) place(witness, founded);
        for (Witness witness : witnesses) {
            for (Branch branch : closest(witness, founded)) branch.supporters.add(witness);
        }
        return ranked(founded, before).stream()
                .sorted(Comparator.<Ranked, Boolean>comparing(ranked -> Witness.weight(ranked.own) * 2 <= all)
                        .thenComparingLong(ranked -> -trusted(ranked.own))
                        .thenComparing(ranked -> ranked.branch.standsStill(witnesses, still, now))
                        .thenComparing(Ranked::kinship)
                        .thenComparingInt(ranked -> ranked.branch.firstOf(witnesses)))
                .map(Ranked::branch)
                .toList();
    }

    /// @param own the nodes that count for it: one that stands by both sides of a split stays with the side that is
    /// more of a kin to what was agreed on
    private record Ranked(Branch branch, Kinship kinship, List<Witness> own) {}

    /// How a branch relates to the one that was agreed on before.
    private enum Kinship {
        GOES_ON,
        UNKNOWN,
        LEFT
    }

    private static List<Ranked> ranked(List<Branch> founded, History before) {
        var ranked = new ArrayList<Ranked>(founded.size());
        var taken = new HashSet<NodeId>();
        for (Kinship kinship : Kinship.values()) {
            var taking = new HashSet<NodeId>();
            for (Branch branch : founded) {
                if (branch.kinship(before) != kinship) continue;
                var own = branch.supporters.stream()
                        .filter(one -> !taken.contains(one.id()))
                        .toList();
                own.forEach(one -> taking.add(one.id()));
                ranked.add(new Ranked(branch, kinship, own));
            }
            taken.addAll(taking);
        }
        return ranked;
    }

    private static List<Witness> highestFirst(List<Witness> witnesses) {
        var shown = new ArrayList<Witness>(witnesses.size());
        for (Witness witness : witnesses) {
            if (!witness.trail().isEmpty()) shown.add(witness);
        }
        // One that left agrees with others below the split, and must not speak for them above it.
        shown.sort(Comparator.comparing(Witness::hasLeft)
                .thenComparing(Comparator.comparingLong(Witness::height).reversed()));
        return shown;
    }

    private static void place(Witness witness, List<Branch> founded) {
        var held = closest(witness, founded);
        if (!held.isEmpty()) {
            held.getFirst().show(face(witness));
            return;
        }
        var faces = new ArrayList<Trail>();
        faces.add(face(witness));
        founded.add(new Branch(faces, new ArrayList<>()));
    }

    /// Those with which a node is seen to agree at the greatest height: what it agrees with further below may be
    /// older than a split, or not compared higher up yet.
    private static List<Branch> closest(Witness witness, List<Branch> founded) {
        var closest = new ArrayList<Branch>();
        long highest = -1;
        for (Branch branch : founded) {
            long height = branch.agreesAt(witness.trail());
            if (height < 0 || height < highest) continue;
            if (height > highest) closest.clear();
            highest = height;
            closest.add(branch);
        }
        return closest;
    }

    /// A node that changes branches may have been asked on the one and show its newest blocks on the other.
    private static Trail face(Witness witness) {
        return witness.isForked() ? witness.trail().upTo(-1) : witness.trail();
    }

    /// A node that has come just as far as another may show more of the way there.
    private void show(Trail trail) {
        for (int i = 0; i < faces.size(); i++) {
            if (!faces.get(i).hasHeadOf(trail)) continue;
            faces.set(i, faces.get(i).joined(trail));
            return;
        }
        if (faces.size() < MOST_FACES) faces.add(trail);
    }

    private boolean isHeadOfAFace(Trail trail) {
        for (Trail face : faces) {
            if (face.hasHeadOf(trail)) return true;
        }
        return false;
    }

    boolean holds(Witness witness) {
        return agreesAt(witness.trail()) >= 0;
    }

    /// The greatest height at which a node is seen on this branch, or -1.
    private long agreesAt(Trail trail) {
        if (trail.isEmpty()) return -1;
        if (isHeadOfAFace(trail)) return trail.top();
        return meet(trail) instanceof Meeting.Same(var height) ? height : -1;
    }

    /// Whether a node that was on another branch is seen on this one, no lower than where it differed.
    boolean takesBack(Witness witness) {
        Trail trail = witness.trail();
        if (isHeadOfAFace(trail)) return true;
        return meet(trail) instanceof Meeting.Same(var height) && witness.isBackAt(height);
    }

    long weight() {
        return Witness.weight(supporters);
    }

    /// Weight of those that were not outvoted before, nor made empty claims.
    private static long trusted(List<Witness> supporters) {
        return Witness.weight(supporters.stream().filter(Witness::isTrusted).toList());
    }

    /// Whether its newest block was seen long ago, or is much older than the newest of all: what the clocks of a chain
    /// say matters only beside each other.
    private boolean standsStill(List<Witness> all, Duration still, Instant now) {
        Instant seen = newest(supporters, witness -> witness.head().seenAt());
        Instant made = newest(supporters, witness -> witness.head().timestamp());
        Instant newest = newest(all, witness -> witness.head().timestamp());
        if (newest.isAfter(now)) newest = now;
        return seen.plus(still).isBefore(now) || made.isBefore(newest.minus(still));
    }

    private static Instant newest(List<Witness> witnesses, Function<Witness, Instant> time) {
        return witnesses.stream().map(time).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /// By its hashes or, where nodes leap over what they could be compared at, by the node that showed them.
    private Kinship kinship(History before) {
        return switch (agreed(before)) {
            case Meeting.Same _ -> Kinship.GOES_ON;
            case Meeting.Apart _ -> Kinship.LEFT;
            case Meeting.Nowhere _ -> supporters.stream().anyMatch(Witness::before) ? Kinship.GOES_ON : Kinship.UNKNOWN;
        };
    }

    /// Whether it is known not to go on from what was agreed on before.
    boolean hasLeft(History before) {
        return agreed(before) instanceof Meeting.Apart;
    }

    private Meeting agreed(History before) {
        Meeting met = new Meeting.Nowhere();
        for (Trail face : faces) met = stronger(met, before.meet(face.fresh()));
        return met;
    }

    private int firstOf(List<Witness> declared) {
        return supporters.isEmpty() ? declared.size() : declared.indexOf(supporters.getFirst());
    }

    Meeting meet(Trail trail) {
        Meeting met = new Meeting.Nowhere();
        for (Trail face : faces) met = stronger(met, face.meet(trail));
        return met;
    }

    /// How a node meets this branch by what others than itself show of it, `by` above all.
    Meeting meetOthers(Trail trail, Trail by) {
        Meeting met = by.meet(trail);
        for (Trail face : faces) {
            if (!face.hasHeadOf(trail)) met = stronger(met, face.meet(trail));
        }
        return met;
    }

    /// Whether others than itself, `by` above all, show that a node was on this branch at this height or above it.
    boolean passedWith(Witness witness, Trail by, long from) {
        Trail trail = witness.trail();
        if (by.hasHeadOf(trail) || by.agrees(trail, from)) return true;
        for (Trail face : faces) {
            if (!face.hasHeadOf(trail) && face.agrees(trail, from)) return true;
        }
        for (Witness other : supporters) {
            boolean same = !other.id().equals(witness.id()) && other.trail().hasHeadOf(trail);
            if (same && other.trail().agrees(by, from)) return true;
        }
        return false;
    }

    /// What the greatest height says that was compared; at the same one, a block that differs says more than one that
    /// is equal. Below a height with equal hashes there is one branch only, whatever was seen there before.
    private static Meeting stronger(Meeting one, Meeting other) {
        return switch (one) {
            case Meeting.Nowhere _ -> other;
            case Meeting.Same(var height) ->
                switch (other) {
                    case Meeting.Nowhere _ -> one;
                    case Meeting.Same(var more) -> more > height ? other : one;
                    case Meeting.Apart(var _, var more) -> more >= height ? other : one;
                };
            case Meeting.Apart(var height, var highest) ->
                switch (other) {
                    case Meeting.Nowhere _ -> one;
                    case Meeting.Same(var more) -> more > highest ? other : one;
                    case Meeting.Apart(var lower, var more) ->
                        new Meeting.Apart(Math.min(height, lower), Math.max(highest, more));
                };
        };
    }
}
