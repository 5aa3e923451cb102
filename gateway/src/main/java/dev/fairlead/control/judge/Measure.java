package dev.fairlead.control.judge;

import dev.fairlead.control.judge.Agreement.Agreed;
import dev.fairlead.control.judge.Claim.Worth;
import dev.fairlead.control.judge.KnownHashes.Meeting;
import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference.Leader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds the nodes of a chain against the reference that was agreed on.
///
/// @param by the node whose head is the reference
record Measure(
        Chain chain, Agreed agreed, Voter by, LagClock clock, List<Voter> voters, BranchState branch, Instant now) {
    /// What speaks against taking the main branch for certain.
    ///
    /// @param contested whether it may turn out to be that of the minority
    /// @param strange whether it is unknown if the node whose head is the reference goes on from what was agreed on
    /// @param goingBack whether the chain as a whole goes back: what nodes showed before may be gone
    /// @param turnedAt when the main branch last became another one
    record BranchState(boolean contested, boolean strange, boolean goingBack, Instant turnedAt) {}

    /// @param forkMemory what is to be remembered of its being on another branch, or null
    /// @param undecided whether the node should show its branch at a deeper height
    /// @param check that its claim to be far ahead needs
    record Measured(Standing standing, @Nullable ForkMemory forkMemory, boolean undecided, Optional<FollowUp> check) {}

    Measured measure(Voter voter) {
        Lag lag = lag(voter);
        return switch (meet(voter)) {
            case Meeting.Apart apart -> measureApart(voter, lag, apart);
            case Meeting.Same(var height) -> measureOnMainBranch(voter, lag, height);
            case Meeting.Nowhere _ -> measureUncompared(voter, lag);
        };
    }

    /// Whether nothing is known yet of the node's branch a little below its head, where hashes could tell.
    boolean isOpen(Voter voter) {
        Branch main = agreed.main();
        if (main == null || voter.hashes().isEmpty() || by.hashes().isEmpty()) return false;
        if (voter.id().equals(by.id())) return isStrange(main);
        Lag lag = lag(voter);
        if (-lag.blocks() > chain.tolerance().ahead()) {
            Worth worth = Claim.of(voter, by.head(), Judge.oldHead(chain.probing()), now)
                    .worth();
            return worth == Worth.OPEN || worth == Worth.ELSEWHERE;
        }
        long near = Math.min(voter.height(), by.height())
                - Position.DEEPER
                - Agreement.blocksBetweenProbes(chain.probing());
        boolean onward = voter.agreed() instanceof Meeting.Same(var height) && height >= near;
        return !onward && !main.passedWith(voter, by.hashes(), near);
    }

    private long recentHeight(Voter voter) {
        return Math.min(voter.height(), by.height()) - Position.DEEPER - Agreement.settledDepth(chain.probing());
    }

    /// Whether the reference is the head of a node that none of those on the main branch is known to agree with: it may
    /// be the median of nodes that could not be compared yet.
    private boolean isStrange(Branch main) {
        boolean others = false;
        for (Voter other : main.supporters()) {
            if (other.id().equals(by.id())) continue;
            others = true;
            if (other.hashes().hasHeadOf(by.hashes()) || other.hashes().agrees(by.hashes(), recentHeight(other)))
                return false;
        }
        return others;
    }

    /// Another node's height says nothing of a branch, where hashes could.
    private boolean isConfirmed(Voter voter) {
        boolean hashless = voter.hashes().isEmpty() || by.hashes().isEmpty();
        return (hashless || !voter.doubted()) && Agreement.isConfirmed(voter, voters, chain);
    }

    private Measured measureUncompared(Voter voter, Lag lag) {
        if (voter.isForked()) return measureByMemory(voter, lag);
        boolean comparable = !voter.hashes().isEmpty() && !by.hashes().isEmpty();
        if (comparable && voter.doubted()) return measureDoubted(voter, lag);
        return measureByHeight(voter, lag, comparable && isNear(lag));
    }

    boolean isNear(Voter voter) {
        return isNear(lag(voter));
    }

    private boolean isNear(Lag lag) {
        return lag.blocks() <= chain.tolerance().blocks();
    }

    /// A node that was on another branch is on the main one again when a block no lower than the one that differed is
    /// seen to be right, or its head itself where the chain as a whole went back.
    private Measured measureOnMainBranch(Voter voter, Lag lag, long height) {
        boolean wentBack = height == voter.height() && !voter.isBackAt(by.height());
        if (voter.isBackAt(height) || wentBack) {
            boolean shown = voter.forkMemory() != null || !voter.doubted() || isRecent(height, voter);
            return shown
                    ? measureByHeight(voter.withoutForkMemory(), lag, isOld(height, voter))
                    : measureDoubted(voter, lag);
        }
        return voter.isForked() ? measureByMemory(voter, lag) : measureByHeight(voter, lag, true);
    }

    /// A node that made an empty claim has yet to show that it is on the main branch when it takes the claim back. One
    /// that is still far ahead is held to its claim.
    private Measured measureDoubted(Voter voter, Lag lag) {
        if (-lag.blocks() > chain.tolerance().ahead()) return measureByHeight(voter, lag, false);
        var standing = new Standing(by.head(), lag, "has yet to show that it is on the reference's branch");
        return new Measured(standing, voter.forkMemory(), isNear(lag), Optional.empty());
    }

    private boolean isRecent(long height, Voter voter) {
        long common = Math.min(voter.height(), by.height());
        return common - height <= Position.DEEPER + Agreement.settledDepth(chain.probing());
    }

    private Measured measureByMemory(Voter voter, Lag lag) {
        ForkMemory forkMemory = voter.forkMemory();
        String objection = forkMemory == null ? null : forkMemory.words();
        return new Measured(new Standing(by.head(), lag, objection), forkMemory, false, Optional.empty());
    }

    /// Whether that they were the same at `height` says little about where they stand now: they may have parted since.
    private boolean isOld(long height, Voter voter) {
        long common = Math.min(voter.height(), by.height());
        return common - height > Position.DEEPER && isNear(lag(voter));
    }

    private Lag lag(Voter voter) {
        long blocks = by.height() - voter.height();
        return new Lag(blocks, blocks > 0 ? clock.since(voter.height(), now) : Duration.ZERO);
    }

    private Meeting meet(Voter voter) {
        if (voter.id().equals(by.id()) || by.hashes().hasHeadOf(voter.hashes())) {
            return new Meeting.Same(voter.height());
        }
        Branch main = agreed.main();
        return main == null ? new Meeting.Nowhere() : main.meetOthers(voter.hashes(), by.hashes());
    }

    /// While the main branch is contested, only what lasts is a fork: the others are asked for their branch meanwhile.
    private Measured measureApart(Voter voter, Lag lag, Meeting.Apart met) {
        Instant since = Optional.ofNullable(voter.apartSince())
                .or(() -> Optional.ofNullable(by.isForked() ? null : by.apartSince()))
                .orElse(now);
        var opponents = voter.isOutvoted() ? List.<Voter>of() : opponentsOf(voter);
        boolean known = voter.doubted() || voter.isForked() || isFork(voter, met.height(), since, opponents);
        var forkMemory = new ForkMemory(since, highestDiffering(voter, met), known, idsOfMajority(voter, opponents));
        boolean undecided = !known && (!branch.contested || isNear(lag));
        String objection = known ? forkMemory.words() : null;
        return new Measured(new Standing(by.head(), lag, objection), forkMemory, undecided, Optional.empty());
    }

    private static long highestDiffering(Voter voter, Meeting.Apart met) {
        ForkMemory before = voter.forkMemory();
        return before == null ? met.highest() : Math.max(met.highest(), before.height());
    }

    /// Whether a node that shows another block is on a fork by now. The first row that fits decides:
    ///
    /// | what is known | a fork |
    /// |---|---|
    /// | the chain as a whole goes back, or the node was last heard before the main branch turned | no |
    /// | neither the reference nor more nodes than agree with the node show another block | no |
    /// | the reference is silent, and so is every opponent: the node may only be the last that lives | no |
    /// | the main branch is contested, or strange with no majority against the node | after `Judge.oldHead` |
    /// | a node may yet show which side left, and the newest block has had no time to settle | no |
    /// | the difference is no usual disagreement about the newest block (`Agreement.isSettled`) | yes |
    /// | a majority is against the node, and everybody was asked again | yes |
    /// | anything else | no |
    private boolean isFork(Voter voter, long height, Instant since, List<Voter> opponents) {
        if (branch.goingBack || voter.heardAt().isBefore(branch.turnedAt) || !isShownApart(voter, height)) return false;
        if (by.silent() && opponents.stream().allMatch(Voter::silent)) return false;
        if (branch.contested || (branch.strange && !areMajority(opponents)))
            return !since.plus(Judge.oldHead(chain.probing())).isAfter(now);
        if (mayStillTell(voter, opponents, since) && !Agreement.isLasting(chain, since, now)) return false;
        long top = Math.max(voter.height(), by.height());
        return Agreement.isSettled(chain, height, top, since, now) || (areMajority(opponents) && isHeardAnew(since));
    }

    /// Whether of two sides of which neither is known to have left, one may yet be seen to.
    private boolean mayStillTell(Voter voter, List<Voter> opponents, Instant since) {
        boolean tells = voter.hasLeft() || voter.past().moved(now) || areMajority(opponents);
        if (tells || agreed.reference() instanceof Leader) return false;
        return voters.stream().anyMatch(one -> one.past().isOpen(since));
    }

    /// Whether the reference itself, what was agreed on, or more nodes than agree with it show another block: a node
    /// that is on the main branch by what it showed long ago may have left it.
    ///
    /// @param height the lowest at which it differs
    private boolean isShownApart(Voter voter, long height) {
        if (voter.hasLeft()) return true;
        boolean byReference = by.hashes().meet(voter.hashes()) instanceof Meeting.Apart;
        long from = byReference ? height : 0;
        long weightWith = 0;
        long weightApart = 0;
        for (Voter other : voters) {
            Meeting met = other.hashes().meet(voter.hashes());
            if (met instanceof Meeting.Same(var at) && at >= from) weightWith += other.weight();
            if (met instanceof Meeting.Apart) weightApart += other.weight();
        }
        return weightApart > weightWith || (byReference && weightApart == weightWith);
    }

    /// Whether everybody was asked again since they were first found apart: nodes follow a reorganisation one by one.
    private boolean isHeardAnew(Instant apartSince) {
        return !apartSince.plus(chain.probing().interval().multipliedBy(2)).isAfter(now);
    }

    /// Those who stand by the main branch and not by this node's.
    private List<Voter> opponentsOf(Voter voter) {
        Branch main = agreed.main();
        if (main == null) return List.of();
        return main.supporters().stream()
                .filter(other -> !other.id().equals(voter.id()))
                .filter(other -> !(other.hashes().meet(voter.hashes()) instanceof Meeting.Same))
                .toList();
    }

    /// Whether they are most nodes, two at least. While they serve, nobody needs to be shown a block that is likely to
    /// go away.
    private boolean areMajority(List<Voter> opponents) {
        return opponents.size() >= 2 && Voter.weight(opponents) * 2 > Voter.weight(voters);
    }

    private Set<NodeId> idsOfMajority(Voter voter, List<Voter> opponents) {
        if (areMajority(opponents)) return opponents.stream().map(Voter::id).collect(Collectors.toUnmodifiableSet());
        ForkMemory before = voter.forkMemory();
        return before == null ? Set.of() : before.against();
    }

    private Measured measureByHeight(Voter voter, Lag lag, boolean undecided) {
        long ahead = -lag.blocks();
        if (ahead <= chain.tolerance().ahead()) {
            return new Measured(new Standing(by.head(), lag, null), voter.forkMemory(), undecided, Optional.empty());
        }
        Claim claim = Claim.of(voter, by.head(), Judge.oldHead(chain.probing()), now);
        if (claim.worth() == Worth.ELSEWHERE && voter.ancestry() instanceof Ancestry.Elsewhere(var height, var _)) {
            Measured elsewhere = measureApart(voter, lag, new Meeting.Apart(height, height));
            return new Measured(elsewhere.standing(), elsewhere.forkMemory(), elsewhere.undecided(), claim.check());
        }
        var standing = new Standing(by.head(), lag, objectTo(voter, claim, ahead));
        return new Measured(standing, voter.forkMemory(), false, claim.check());
    }

    private @Nullable String objectTo(Voter voter, Claim claim, long ahead) {
        if (branch.goingBack && !voter.doubted()) return null;
        return switch (claim.worth()) {
            case PROVEN, ELSEWHERE -> null;
            case OPEN ->
                voter.doubted() ? "claims to be %d blocks ahead, and has yet to show it".formatted(ahead) : null;
            case EMPTY -> "implausibly far ahead: %d blocks, but %s".formatted(ahead, claim.reason());
            case UNPROVABLE ->
                isConfirmed(voter) || Agreement.hasLeftStandstill(voter, by, voters, chain, now)
                        ? null
                        : "implausibly far ahead: %d blocks, and nobody confirms it".formatted(ahead);
        };
    }
}
