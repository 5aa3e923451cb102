package dev.fairlead.control.judge;

import dev.fairlead.control.judge.KnownHashes.Meeting;
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
record Branch(List<KnownHashes> faces, List<Voter> supporters) {
    private static final int MOST_COMPARED = 32;

    private static final int MOST_FACES = 4;

    /// All branches, the main one first: that of most of the weight; where there is none, the heaviest, not
    /// counting nodes that were outvoted before. Among equals one that moves on before one that stands still,
    /// then the one that agrees with what was agreed `before`, then the one with the node that was declared
    /// first. Branches that merely share no known height are not merged, but not counted as different either.
    ///
    /// @param silent weight of the nodes that stood by the main branch and do not answer now
    /// @param still after how long without a new block one stands still
    static List<Branch> among(List<Voter> voters, long silent, AgreedHashes before, Duration still, Instant now) {
        long all = Voter.weight(voters) + silent;
        var founded = new ArrayList<Branch>();
        for (Voter voter : highestFirst(voters)) place(voter, founded);
        for (Voter voter : voters) {
            for (Branch branch : closest(voter, founded)) branch.supporters.add(voter);
        }
        return ranked(founded, before).stream()
                .sorted(Comparator.<Ranked, Boolean>comparing(ranked -> Voter.weight(ranked.own) * 2 <= all)
                        .thenComparingLong(ranked -> -trusted(ranked.own))
                        .thenComparing(ranked -> ranked.branch.standsStill(voters, still, now))
                        .thenComparingLong(ranked -> ranked.moved(now))
                        .thenComparing(Ranked::kinship)
                        .thenComparingInt(ranked -> ranked.branch.firstOf(voters)))
                .map(Ranked::branch)
                .toList();
    }

    /// @param own the nodes that count for it: one that stands by both sides of a split stays with the side that is
    /// more of a kin to what was agreed on
    private record Ranked(Branch branch, Kinship kinship, List<Voter> own) {
        /// Weight of those that were seen to come from another branch.
        long moved(Instant now) {
            return Voter.weight(
                    own.stream().filter(one -> one.past().moved(now)).toList());
        }
    }

    /// How a branch relates to the one that was agreed on before.
    private enum Kinship {
        GOES_ON,
        UNKNOWN,
        LEFT
    }

    private static List<Ranked> ranked(List<Branch> founded, AgreedHashes before) {
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

    private static List<Voter> highestFirst(List<Voter> voters) {
        var shown = new ArrayList<Voter>(voters.size());
        for (Voter voter : voters) {
            if (!voter.hashes().isEmpty()) shown.add(voter);
        }
        // A node that left agrees with others below the split, and must not count for them above it.
        shown.sort(Comparator.comparing((Voter voter) -> voter.hasLeft() || voter.isForked())
                .thenComparing(Voter::isForked)
                .thenComparing(Comparator.comparingLong(Voter::height).reversed()));
        return shown;
    }

    private static void place(Voter voter, List<Branch> founded) {
        var held = closest(voter, founded);
        if (!held.isEmpty()) {
            held.getFirst().show(face(voter));
            return;
        }
        var faces = new ArrayList<KnownHashes>();
        faces.add(face(voter));
        founded.add(new Branch(faces, new ArrayList<>()));
    }

    /// Those with which a node is seen to agree at the greatest height: what it agrees with further below may be
    /// older than a split, or not compared higher up yet.
    private static List<Branch> closest(Voter voter, List<Branch> founded) {
        var closest = new ArrayList<Branch>();
        long highest = -1;
        for (Branch branch : founded) {
            long height = branch.agreesAt(voter.hashes());
            if (height < 0 || height < highest) continue;
            if (height > highest) closest.clear();
            highest = height;
            closest.add(branch);
        }
        return closest;
    }

    /// A node that changes branches may have been asked on the one and show its newest blocks on the other.
    private static KnownHashes face(Voter voter) {
        return voter.isForked() ? voter.hashes().upTo(-1) : voter.hashes();
    }

    /// A node that has come just as far as another may show more of the way there.
    private void show(KnownHashes hashes) {
        for (int i = 0; i < faces.size(); i++) {
            if (!faces.get(i).hasHeadOf(hashes)) continue;
            faces.set(i, faces.get(i).joined(hashes));
            return;
        }
        if (faces.size() < MOST_FACES) faces.add(hashes);
    }

    private boolean isHeadOfAFace(KnownHashes hashes) {
        for (KnownHashes face : faces) {
            if (face.hasHeadOf(hashes)) return true;
        }
        return false;
    }

    boolean holds(Voter voter) {
        return agreesAt(voter.hashes()) >= 0;
    }

    /// The greatest height at which a node is seen on this branch, or -1.
    private long agreesAt(KnownHashes hashes) {
        if (hashes.isEmpty()) return -1;
        if (isHeadOfAFace(hashes)) return hashes.top();
        return meet(hashes) instanceof Meeting.Same(var height) ? height : -1;
    }

    /// Whether a node that was on another branch is seen on this one, no lower than where it differed.
    boolean takesBack(Voter voter) {
        KnownHashes hashes = voter.hashes();
        if (isHeadOfAFace(hashes)) return true;
        return meet(hashes) instanceof Meeting.Same(var height) && voter.isBackAt(height);
    }

    long weight() {
        return Voter.weight(supporters);
    }

    /// Weight of those that were not outvoted before, nor made empty claims.
    private static long trusted(List<Voter> supporters) {
        return Voter.weight(supporters.stream().filter(Voter::isTrusted).toList());
    }

    /// Whether its newest block was seen long ago, or is much older than the newest of all: what the clocks of a chain
    /// say matters only beside each other.
    private boolean standsStill(List<Voter> all, Duration still, Instant now) {
        Instant seen = newest(supporters, voter -> voter.head().seenAt());
        Instant made = newest(supporters, voter -> voter.head().timestamp());
        Instant newest = newest(all, voter -> voter.head().timestamp());
        if (newest.isAfter(now)) newest = now;
        return seen.plus(still).isBefore(now) || made.isBefore(newest.minus(still));
    }

    private static Instant newest(List<Voter> voters, Function<Voter, Instant> time) {
        return voters.stream().map(time).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /// By its hashes or, where nodes leap over what they could be compared at, by the node that showed them.
    private Kinship kinship(AgreedHashes before) {
        return switch (agreed(before)) {
            case Meeting.Same _ -> Kinship.GOES_ON;
            case Meeting.Apart _ -> Kinship.LEFT;
            case Meeting.Nowhere _ -> supporters.stream().anyMatch(Voter::before) ? Kinship.GOES_ON : Kinship.UNKNOWN;
        };
    }

    /// Whether it is known not to go on from what was agreed on before.
    boolean hasLeft(AgreedHashes before) {
        return agreed(before) instanceof Meeting.Apart;
    }

    private Meeting agreed(AgreedHashes before) {
        Meeting met = new Meeting.Nowhere();
        for (KnownHashes face : faces) met = stronger(met, before.meet(face.fresh()));
        return met;
    }

    private int firstOf(List<Voter> declared) {
        return supporters.isEmpty() ? declared.size() : declared.indexOf(supporters.getFirst());
    }

    Meeting meet(KnownHashes hashes) {
        Meeting met = new Meeting.Nowhere();
        for (KnownHashes face : faces) met = stronger(met, face.meet(hashes));
        return met;
    }

    /// How a node meets this branch by what others than itself show of it, `by` above all.
    Meeting meetOthers(KnownHashes hashes, KnownHashes by) {
        Meeting met = by.meet(hashes);
        for (KnownHashes face : faces) {
            if (!face.hasHeadOf(hashes)) met = stronger(met, face.meet(hashes));
        }
        return met;
    }

    /// Whether others than itself, `by` above all, show that a node was on this branch at this height or above it.
    boolean passedWith(Voter voter, KnownHashes by, long from) {
        KnownHashes hashes = voter.hashes();
        if (by.hasHeadOf(hashes) || by.agrees(hashes, from)) return true;
        for (KnownHashes face : faces) {
            if (!face.hasHeadOf(hashes) && face.agrees(hashes, from)) return true;
        }
        for (Voter other : supporters) {
            boolean same = !other.id().equals(voter.id()) && other.hashes().hasHeadOf(hashes);
            if (same && other.hashes().agrees(by, from)) return true;
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

    /// Whether nodes that are not known to stand by this one, nor to be of different ones, may together weigh
    /// as much.
    boolean isContested(List<Voter> voters) {
        var elsewhere = voters.stream()
                .filter(one -> !one.hashes().isEmpty() && !holds(one))
                .toList();
        if (elsewhere.size() < 2 || Voter.weight(elsewhere) < weight()) return false;
        return elsewhere.stream().anyMatch(one -> meet(one.hashes()) instanceof Meeting.Nowhere) || isOpen(elsewhere);
    }

    /// Nodes with the same newest block need not be compared one by one.
    private static boolean isOpen(List<Voter> nodes) {
        var heads = new ArrayList<KnownHashes>();
        for (Voter node : nodes) {
            if (heads.stream().noneMatch(head -> head.hasHeadOf(node.hashes()))) heads.add(node.hashes());
            if (heads.size() > MOST_COMPARED) return true;
        }
        for (int i = 0; i < heads.size(); i++) {
            for (int j = 0; j < heads.size(); j++) {
                if (i != j && heads.get(i).meet(heads.get(j)) instanceof Meeting.Nowhere) return true;
            }
        }
        return false;
    }
}
