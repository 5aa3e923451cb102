package dev.fairlead.control.judge;

import dev.fairlead.control.judge.Claim.Worth;
import dev.fairlead.control.judge.KnownHashes.Meeting;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what the nodes of a chain are measured against. Pure: the same voters always agree on the same
/// reference.
///
/// The first leader that answers and that the others do not contradict is the reference. A leader is contradicted
/// when it is on another branch than most of them (two at least), when they have left it behind, or when it claims
/// to be far ahead of everyone and cannot, or did not yet, show blocks that follow theirs. A single other node
/// outweighs a leader only with such a proof of its own. A leader that never shows blocks is believed unless the
/// nodes' own are new.
///
/// Without a leader the heaviest branch counts; of two equal ones the branch that was agreed on before, and at the
/// very beginning that of the node declared first. On it, the weighted median of the heads is the reference, or the
/// head of those that can prove to have gone on from there while most stand still.
record Agreement(Chain chain, List<Branch> branches, AgreedHashes before, Instant now) {
    /// How many blocks a branch must have grown beyond a difference before it is more than a reorganisation at the
    /// tip that settles by itself.
    private static final long DEPTH = 3;

    /// @param by the node whose head it is, or null when there is none
    /// @param main the branch that the reference is on, or null when no node shows hashes
    /// @param checks what must be asked to be surer the next time
    record Agreed(
            Reference reference,
            @Nullable Voter by,
            @Nullable Branch main,
            Map<NodeId, FollowUp> checks) {}

    /// @param absent by name, why leaders are not among the voters
    /// @param nobody why there is no voter, where there is none
    /// @param silent weight of the nodes that stood by the main branch and do not answer now
    /// @param before hashes of the branch that was agreed on the last time
    static Agreed reach(
            Chain chain,
            List<Voter> voters,
            Map<String, String> absent,
            String nobody,
            long silent,
            AgreedHashes before,
            Instant now) {
        var branches = Branch.among(voters, silent, before, Judge.oldHead(chain.probing()), now);
        return new Agreement(chain, branches, before, now).reach(voters, silent, absent, nobody);
    }

    private Agreed reach(List<Voter> voters, long silent, Map<String, String> absent, String none) {
        if (isMinority(voters, silent)) {
            String nobody = "only nodes of another branch than most answer";
            return new Agreed(new Reference.None(nobody), null, null, Map.of());
        }
        if (voters.isEmpty() && chain.leaders().isEmpty()) {
            return new Agreed(new Reference.None(none), null, null, Map.of());
        }
        var rest = new ArrayList<>(voters);
        var because = new ArrayList<String>();
        var checks = new HashMap<NodeId, FollowUp>();
        var outvoted = new ArrayList<Voter>();
        for (String name : chain.leaders()) {
            Optional<Voter> leader =
                    rest.stream().filter(node -> node.id().name().equals(name)).findFirst();
            if (leader.isEmpty()) {
                because.add(name + " " + absent.getOrDefault(name, "is not declared"));
                continue;
            }
            rest.remove(leader.get());
            Optional<String> vote = objectByMajority(leader.get(), rest);
            if (vote.isPresent()) outvoted.add(leader.get());
            Optional<String> objection = vote.or(() -> objectTo(leader.get(), rest, checks));
            if (objection.isEmpty()) return agreeWithLeader(leader.get(), checks);
            because.add(name + " " + objection.get());
            if (before.isEmpty()
                    && leader.get().ancestry() == null
                    && checks.containsKey(leader.get().id())) {
                return new Agreed(new Reference.None(String.join("; ", because)), null, null, checks);
            }
        }
        return agreeWithoutLeader(rest, outvoted, String.join("; ", because), checks);
    }

    /// Whether only nodes are left that were seen to be contradicted by most of the others, which do not
    /// answer now.
    private static boolean isMinority(List<Voter> voters, long silent) {
        if (voters.isEmpty() || !voters.stream().allMatch(Voter::isOutvoted)) return false;
        return Voter.weight(voters) <= silent;
    }

    private Agreed agreeWithLeader(Voter leader, Map<NodeId, FollowUp> checks) {
        Branch main = branches.stream()
                .filter(branch -> branch.holds(leader))
                .findFirst()
                .orElse(branches.isEmpty() ? null : branches.getFirst());
        return new Agreed(new Reference.Leader(leader.id(), leader.head()), leader, main, checks);
    }

    private Optional<String> objectTo(Voter leader, List<Voter> others, Map<NodeId, FollowUp> checks) {
        if (others.isEmpty()) return Optional.empty();
        // It must come back as any other node does, and leads after that.
        if (leader.doubted() && others.stream().anyMatch(other -> !other.doubted())) {
            return Optional.of("was called forked, and has yet to be taken back");
        }
        return objectIfBehind(leader, others).or(() -> objectIfPretending(leader, others, checks));
    }

    private Optional<String> objectByMajority(Voter leader, List<Voter> others) {
        for (Branch branch : branches) {
            if (!(branch.meet(leader.hashes()) instanceof Meeting.Apart(var height, var _))) continue;
            var asked = new HashSet<NodeId>();
            for (Voter other : others) asked.add(other.id());
            var against = branch.supporters().stream()
                    .filter(other -> asked.contains(other.id()))
                    .toList();
            boolean most = against.size() >= 2 && Voter.weight(against) * 2 > Voter.weight(others);
            if (most && against.stream().anyMatch(other -> isSettled(height, leader, other))) {
                return Optional.of(
                        "has another block %d than %d of %d nodes".formatted(height, against.size(), others.size()));
            }
        }
        return Optional.empty();
    }

    private boolean isSettled(long height, Voter one, Voter other) {
        return isSettled(chain, height, Math.max(one.height(), other.height()), earlier(one, other), now);
    }

    private static @Nullable Instant earlier(Voter one, Voter other) {
        Instant first = one.apartSince();
        Instant second = other.apartSince();
        if (first == null || second == null) return first == null ? second : first;
        return first.isBefore(second) ? first : second;
    }

    /// Whether a difference at `height` is a fork, and not the usual disagreement about the newest block.
    static boolean isSettled(Chain chain, long height, long top, @Nullable Instant since, Instant now) {
        return top - height >= settledDepth(chain.probing()) || (since != null && isLasting(chain, since, now));
    }

    /// Whether nodes have been apart for longer than it takes to settle the newest block.
    static boolean isLasting(Chain chain, Instant since, Instant now) {
        var probing = chain.probing();
        Duration patience = probing.blockTime().plus(probing.interval().multipliedBy(2));
        return !since.plus(patience).isAfter(now);
    }

    /// More blocks where many are made between two probes, because there even nodes that agree are seen apart.
    static long settledDepth(Probing probing) {
        return Math.max(DEPTH, probing.interval().multipliedBy(DEPTH).dividedBy(probing.blockTime()));
    }

    /// How many blocks may be made between two looks at a node.
    static long blocksBetweenProbes(Probing probing) {
        return Math.max(DEPTH, probing.interval().dividedBy(probing.blockTime()) + 1);
    }

    private Optional<String> objectIfBehind(Voter leader, List<Voter> others) {
        Voter median = Voter.lowerMedian(others);
        long behind = median.height() - leader.height();
        if (behind <= chain.tolerance().blocks()) return Optional.empty();
        boolean believed = others.size() >= 2
                || Claim.of(median, leader.head(), Judge.oldHead(chain.probing()), now)
                                .worth()
                        == Worth.PROVEN
                || standsStill(leader, median, chain, now);
        return believed ? Optional.of("is %d blocks behind the nodes".formatted(behind)) : Optional.empty();
    }

    /// Whether `one` has shown no new block for long, while the other moves on.
    private static boolean standsStill(Voter one, Voter other, Chain chain, Instant now) {
        Duration limit = Judge.oldHead(chain.probing());
        return one.head().seenAt().plus(limit).isBefore(now)
                && other.head().seenAt().plus(limit).isAfter(now);
    }

    /// Whether a node that cannot show how it went on is believed nevertheless: `base` stands still, this one
    /// moves, and the nodes that stand still too are not the majority.
    static boolean hasLeftStandstill(Voter far, Voter base, List<Voter> all, Chain chain, Instant now) {
        if (!standsStill(base, far, chain, now)) return false;
        var standing =
                all.stream().filter(one -> standsStill(one, far, chain, now)).toList();
        return Voter.weight(standing) * 2 <= Voter.weight(all);
    }

    private Optional<String> objectIfPretending(Voter leader, List<Voter> others, Map<NodeId, FollowUp> checks) {
        Voter median = Voter.lowerMedian(others);
        long ahead = leader.height() - median.height();
        if (ahead <= chain.tolerance().ahead() || isConfirmed(leader, others, chain)) return Optional.empty();
        Claim claim = Claim.of(leader, median.head(), Judge.oldHead(chain.probing()), now);
        claim.check().ifPresent(followUp -> checks.put(leader.id(), followUp));
        return objectIfHollow(leader, median, claim)
                .map(reason -> "claims to be %d blocks ahead, but %s".formatted(ahead, reason));
    }

    private Optional<String> objectIfHollow(Voter leader, Voter median, Claim claim) {
        return switch (claim.worth()) {
            case PROVEN, ELSEWHERE -> Optional.empty();
            case EMPTY -> Optional.of(claim.reason());
            case OPEN -> isUnheard(leader, claim) ? Optional.of("has yet to show it") : Optional.empty();
            case UNPROVABLE ->
                isYoung(median) && !standsStill(median, leader, chain, now)
                        ? Optional.of("shows no blocks, and the nodes' are new")
                        : Optional.empty();
        };
    }

    private boolean isYoung(Voter voter) {
        return !voter.head().timestamp().plus(Judge.oldHead(chain.probing())).isBefore(now);
    }

    /// Whether the leader has made a leap and was not asked about it yet. Until it was, for a moment, no node
    /// must be measured against a head that may be a lie.
    private boolean isUnheard(Voter leader, Claim claim) {
        return leader.ancestry() == null && claim.check().isPresent() && !goesOn(leader);
    }

    /// Whether a node shows that it went on from what was agreed on the last time: that is no leap.
    private boolean goesOn(Voter voter) {
        return !before.isEmpty()
                && before.at(before.top()).equals(voter.hashes().at(before.top()));
    }

    /// Whether another node has come as far as this one, give or take the tolerance.
    static boolean isConfirmed(Voter far, List<Voter> others, Chain chain) {
        long enough = far.height() - chain.tolerance().ahead();
        for (Voter other : others) {
            if (other.height() >= enough && !other.id().equals(far.id())) return true;
        }
        return false;
    }

    /// @param outvoted leaders whose branch is not the main one, even when some stand by both
    private Agreed agreeWithoutLeader(
            List<Voter> nodes, List<Voter> outvoted, String because, Map<NodeId, FollowUp> checks) {
        if (nodes.isEmpty()) {
            String nobody = because.isEmpty() ? "no node answers" : because;
            return new Agreed(new Reference.None(nobody), null, null, checks);
        }
        Branch main = branches.stream()
                .filter(branch -> outvoted.stream().noneMatch(branch::holds))
                .findFirst()
                .orElse(branches.isEmpty() ? null : branches.getFirst());
        boolean contested = main != null && main.isContested(nodes);
        var voters = nodes.stream()
                .filter(node -> contested || !hasLeftMain(node, main))
                .filter(node -> !node.hasLeft() || main == null || main.hasLeft(before))
                .filter(node -> !node.doubted() || (main != null && main.takesBack(node)))
                .toList();
        Voter median = orSeen(Voter.lowerMedian(voters.isEmpty() ? nodes : voters), voters);
        Voter by = furthestProven(median, voters, checks);
        return new Agreed(
                new Reference.Agreement(by.head(), because), by, contested ? branchHolding(by, main) : main, checks);
    }

    /// The median may be a node that just leapt, perhaps to another branch. Until it was compared, a node that
    /// is seen to go on from what was agreed on stands in for it.
    private Voter orSeen(Voter median, List<Voter> voters) {
        if (median.goesOn()) return median;
        long least = median.height() - chain.tolerance().ahead();
        var seen = voters.stream()
                .filter(voter -> voter.goesOn() && voter.height() >= least)
                .toList();
        return seen.isEmpty() ? median : Voter.lowerMedian(seen);
    }

    /// While it is not known which nodes belong together, the reference is the median of all, and its branch the main
    /// one.
    private @Nullable Branch branchHolding(Voter by, @Nullable Branch otherwise) {
        return branches.stream().filter(branch -> branch.holds(by)).findFirst().orElse(otherwise);
    }

    private static boolean hasLeftMain(Voter node, @Nullable Branch main) {
        return main != null && !main.holds(node) && main.meet(node.hashes()) instanceof Meeting.Apart;
    }

    /// How far ahead a node must be for its head to become the reference once it has proven that it went on. Where as
    /// many went on as stayed, the tolerance says how far those that stayed may be behind; where it is a time, that
    /// begins with the first block that they miss.
    private long leadNeeded(Voter median, List<Voter> voters) {
        var tolerance = chain.tolerance();
        long inTime = tolerance.time().dividedBy(chain.probing().blockTime());
        long tolerated = inTime < tolerance.blocks() ? 0 : tolerance.blocks();
        if (tolerated >= tolerance.ahead()) return tolerance.ahead();
        var further = voters.stream()
                .filter(voter -> voter.height() - median.height() > tolerated)
                .toList();
        return Voter.weight(further) * 2 >= Voter.weight(voters) ? tolerated : tolerance.ahead();
    }

    private Voter furthestProven(Voter median, List<Voter> voters, Map<NodeId, FollowUp> checks) {
        var proven = new ArrayList<Voter>();
        long least = leadNeeded(median, voters);
        for (Voter voter : voters) {
            if (voter.height() - median.height() <= least) continue;
            Claim claim = Claim.of(voter, median.head(), Judge.oldHead(chain.probing()), now);
            claim.check().ifPresent(followUp -> checks.put(voter.id(), followUp));
            boolean believed = claim.worth() == Worth.PROVEN
                    || (claim.worth() == Worth.OPEN && goesOn(voter))
                    || (claim.worth() == Worth.UNPROVABLE && hasLeftStandstill(voter, median, voters, chain, now));
            if (believed) proven.add(voter);
        }
        return proven.isEmpty() ? median : Voter.lowerMedian(proven);
    }
}
