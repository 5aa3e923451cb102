package dev.fairlead.control.judge;

import dev.fairlead.control.judge.ChainMemory.Checkpoint;
import dev.fairlead.control.judge.Measure.Measured;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Chooses what nodes are asked so that their branches can be compared. Pure.
///
/// @param before what was agreed on before this round
/// @param main what is known of the main branch by now
/// @param by the node whose head is the reference
/// @param arriving whether a node may not serve before its branch is compared
record Questions(Probing probing, AgreedHashes before, AgreedHashes main, Voter by, boolean arriving, Instant now) {
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(1);
    /// So long that all can answer to it, however slow.
    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(2_500);

    /// @param checkpoint the height at which the nodes that were asked show their branch
    record Asked(Checkpoint checkpoint, Map<NodeId, FollowUp> checks) {}

    /// Has nodes whose branch is not known show it at one height that all of them have.
    Asked after(Checkpoint last, Collection<Voter> voters, Map<NodeId, Measured> measured) {
        var undecided = new ArrayList<Voter>();
        var forked = new ArrayList<Voter>();
        for (Voter voter : voters) {
            Measured found = measured.get(voter.id());
            if (found == null || voter.id().equals(by.id())) continue;
            boolean objected = found.standing().objection() != null;
            if (found.undecided() || (!objected && before.isStrange(voter))) undecided.add(voter);
            else if (objected && !voter.silent()) forked.add(voter);
        }
        boolean strange = voters.size() > 1 && before.isStrange(by);
        if (undecided.isEmpty() && forked.isEmpty() && !strange) return new Asked(last, Map.of());
        undecided.add(by);
        Checkpoint checkpoint = checkpoint(last, undecided);
        var checks = new HashMap<NodeId, FollowUp>();
        boolean apart = measured.values().stream().anyMatch(Questions::isApart);
        if (apart) {
            for (Voter voter : undecided) askWhereItWas(voter, checkpoint, checks);
        } else if (undecided.size() > 1 || strange) {
            for (Voter voter : undecided) ask(voter, checkpoint, checks);
        }
        if (!checkpoint.equals(last)) {
            for (Voter voter : forked) compare(voter, checkpoint.height(), checks);
        }
        return new Asked(checkpoint, checks);
    }

    /// The last one while it is young, so that answers to it can come.
    private Checkpoint checkpoint(Checkpoint last, List<Voter> undecided) {
        long lowest = undecided.stream().mapToLong(Voter::height).min().orElse(0);
        if (isGood(last, lowest)) return last;
        long below = comparable(Math.max(0, lowest - Position.DEEPER));
        if (!arriving) return new Checkpoint(below, -1, now);
        // Of a node that arrives, one answer is to tell a fork from a quarrel about the newest blocks.
        long deep = Math.max(Position.DEEPER, Agreement.settledDepth(probing));
        return new Checkpoint(comparable(Math.max(0, lowest - deep)), below, now);
    }

    private boolean isGood(Checkpoint last, long lowest) {
        Duration age = Duration.between(last.at(), now);
        if (!arriving) return age.compareTo(BETWEEN_CHECKPOINTS) < 0;
        return last.near() >= 0 && last.near() <= lowest && age.compareTo(BETWEEN_ARRIVALS) < 0;
    }

    /// A height at which one answer can be compared with what was agreed on, where there is one near.
    private long comparable(long height) {
        long known = main.floor(height);
        return known >= 0 && height - known <= Position.DEEPER ? known : height;
    }

    private static boolean isApart(Measured found) {
        return found.forkMemory() != null && found.standing().objection() == null;
    }

    /// Has a node show whether it is still on the branch that it was on, and on the one that was agreed on, at the
    /// greatest heights that can tell.
    private void askWhereItWas(Voter voter, Checkpoint checkpoint, Map<NodeId, FollowUp> checks) {
        long agreed = main.floor(voter.height());
        var heights = new TreeSet<Long>();
        for (KnownHashes.Anchor top : voter.past().tops()) heights.add(top.height());
        heights.removeIf(height -> height > voter.height());
        if (isAsked(voter, checkpoint.height()) && heights.isEmpty()) {
            ask(voter, agreed, checks);
        } else {
            if (agreed >= 0) heights.add(agreed);
            if (checkpoint.near() >= 0) heights.add(checkpoint.near());
            checks.putIfAbsent(voter.id(), new FollowUp.At(checkpoint.height(), List.copyOf(heights)));
        }
    }

    /// Has a node that was seen on another branch, and the one that it is measured against, show which branch it is on
    /// now: no lower than where it differed, unless the whole chain went back.
    private void compare(Voter forked, long checkpoint, Map<NodeId, FollowUp> checks) {
        ForkMemory forkMemory = forked.forkMemory();
        long differed = forkMemory == null ? 0 : forkMemory.height();
        long common = Math.min(forked.height(), by.height());
        long height = Math.min(common, Math.max(checkpoint, differed));
        if (height < differed && by.height() >= differed) return;
        ask(forked, height, checks);
        ask(by, height, checks);
    }

    private static void ask(Voter voter, Checkpoint checkpoint, Map<NodeId, FollowUp> checks) {
        if (isAsked(voter, checkpoint.height())) return;
        boolean more = checkpoint.near() >= 0 && checkpoint.near() != checkpoint.height();
        var others = more ? List.of(checkpoint.near()) : List.<Long>of();
        checks.putIfAbsent(voter.id(), new FollowUp.At(checkpoint.height(), others));
    }

    private static void ask(Voter voter, long height, Map<NodeId, FollowUp> checks) {
        if (!isAsked(voter, height)) checks.putIfAbsent(voter.id(), new FollowUp.At(height));
    }

    private static boolean isAsked(Voter voter, long height) {
        return voter.checked() == height || !voter.hashes().fresh().at(height).isEmpty();
    }
}
