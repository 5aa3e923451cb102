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

    /// @param checkpoint the height at which the nodes that were asked show their branch
    record Asked(Checkpoint checkpoint, Map<NodeId, FollowUp> checks) {}

    /// Has nodes whose branch is not known show it at one height that all of them have.
    Asked after(Checkpoint last, Collection<Voter> voters, Map<NodeId, Measured> measured) {
        var undecided = new ArrayList<Voter>();
        var forked = new ArrayList<Voter>();
        for (Voter voter : voters) {
            Measured found = measured.get(voter.id());
            if (found == null || voter.id().equals(by.id())) continue;
            boolean objected = found.position().objection() != null;
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
            for (Voter voter : undecided) askWhereItWas(voter, checkpoint.height(), checks);
        } else if (undecided.size() > 1 || strange) {
            for (Voter voter : undecided) ask(voter, checkpoint.height(), checks);
        }
        if (!checkpoint.equals(last)) {
            for (Voter voter : forked) compare(voter, checkpoint.height(), checks);
        }
        return new Asked(checkpoint, checks);
    }

    /// The last one while it is young, so that answers to it can come.
    private Checkpoint checkpoint(Checkpoint last, List<Voter> undecided) {
        long lowest = undecided.stream().mapToLong(Voter::height).min().orElse(0);
        boolean tooHigh = arriving && last.height() > lowest;
        if (!tooHigh && last.at().plus(BETWEEN_CHECKPOINTS).isAfter(now)) return last;
        // Of a node that arrives, one answer is to tell a fork from a quarrel about the newest blocks.
        long deep = arriving ? Math.max(Position.DEEPER, Agreement.depth(probing)) : Position.DEEPER;
        return new Checkpoint(comparable(Math.max(0, lowest - deep)), now);
    }

    /// A height at which one answer can be compared with what was agreed on, where there is one near.
    private long comparable(long height) {
        long known = main.floor(height);
        return known >= 0 && height - known <= Position.DEEPER ? known : height;
    }

    private static boolean isApart(Measured found) {
        return found.forkMemory() != null && found.position().objection() == null;
    }

    /// Has a node show whether it is still on the branch that it was on, and on the one that was agreed on, at the
    /// greatest heights that can tell.
    private void askWhereItWas(Voter voter, long checkpoint, Map<NodeId, FollowUp> checks) {
        long agreed = main.floor(voter.height());
        var heights = new TreeSet<Long>();
        for (KnownHashes.Anchor top : voter.past().tops()) heights.add(top.height());
        heights.removeIf(height -> height > voter.height());
        boolean asked = voter.checked() == checkpoint
                || !voter.hashes().fresh().at(checkpoint).isEmpty();
        if (asked && heights.isEmpty()) {
            ask(voter, agreed, checks);
        } else {
            if (agreed >= 0) heights.add(agreed);
            checks.putIfAbsent(voter.id(), new FollowUp.At(checkpoint, List.copyOf(heights)));
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

    private static void ask(Voter voter, long height, Map<NodeId, FollowUp> checks) {
        boolean unknown =
                voter.checked() != height && voter.hashes().fresh().at(height).isEmpty();
        if (unknown) checks.putIfAbsent(voter.id(), new FollowUp.At(height));
    }
}
