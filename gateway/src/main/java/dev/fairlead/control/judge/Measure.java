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
/// @param goingBack whether the chain as a whole goes back: what nodes showed before may be gone
/// @param strange whether it is not known if the node whose head is the reference goes on from what was agreed on
/// @param turnedAt when the main branch last became another one
/// @param contested whether the main branch may turn out to be that of the minority
record Measure(
        Chain chain,
        Agreed agreed,
        Voter by,
        LagClock clock,
        List<Voter> voters,
        boolean contested,
        boolean strange,
        boolean goingBack,
        Instant turnedAt,
        Instant now) {
    /// @param forkMemory what is to be remembered of its being on another branch, or null
    /// @param undecided whether the node should show its branch at a deeper height
    /// @param check that its claim to be far ahead needs
    record Measured(Standing standing, @Nullable ForkMemory forkMemory, boolean undecided, Optional<FollowUp> check) {}

    static Measure against(
            Agreed agreed,
            Voter by,
            Chain chain,
            LagClock clock,
            List<Voter> voters,
            boolean strange,
            boolean goingBack,
            Instant turnedAt,
            Instant now) {
        boolean contested = agreed.main() != null && agreed.main().isContested(voters);
        return new Measure(chain, agreed, by, clock, voters, contested, strange, goingBack, turnedAt, now);
    }

    Measured of(Voter voter) {
        Lag lag = lag(voter);
        return switch (meeting(voter)) {
            case Meeting.Apart apart -> apart(voter, lag, apart);
            case Meeting.Same(var height) -> same(voter, lag, height);
            case Meeting.Nowhere _ -> nowhere(voter, lag);
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
        long near = Math.min(voter.height(), by.height()) - Position.DEEPER - Agreement.look(chain.probing());
        boolean onward = voter.agreed() instanceof Meeting.Same(var height) && height >= near;
        return !onward && !main.passedWith(voter, by.hashes(), near);
    }

    private long recent(Voter voter) {
        return Math.min(voter.height(), by.height()) - Position.DEEPER - Agreement.depth(chain.probing());
    }

    /// Whether the reference is the head of a node that none of those on the main branch is known to agree with: it may
    /// be the median of nodes that could not be compared yet.
    private boolean isStrange(Branch main) {
        boolean others = false;
        for (Voter other : main.supporters()) {
            if (other.id().equals(by.id())) continue;
            others = true;
            if (other.hashes().hasHeadOf(by.hashes()) || other.hashes().agrees(by.hashes(), recent(other)))
                return false;
        }
        return others;
    }

    /// Another node's height says nothing of a branch, where hashes could.
    private boolean isConfirmed(Voter voter) {
        boolean hashless = voter.hashes().isEmpty() || by.hashes().isEmpty();
        return (hashless || !voter.doubted()) && Agreement.confirmed(voter, voters, chain);
    }

    private Measured nowhere(Voter voter, Lag lag) {
        if (voter.isForked()) return remembered(voter, lag);
        boolean comparable = !voter.hashes().isEmpty() && !by.hashes().isEmpty();
        if (comparable && voter.doubted()) return doubted(voter, lag);
        return measured(voter, lag, comparable && isNear(lag));
    }

    boolean isNear(Voter voter) {
        return isNear(lag(voter));
    }

    private boolean isNear(Lag lag) {
        return lag.blocks() <= chain.tolerance().blocks();
    }

    /// A node that was on another branch is on the main one again when a block no lower than the one that differed is
    /// seen to be right, or its head itself where the chain as a whole went back.
    private Measured same(Voter voter, Lag lag, long height) {
        boolean wentBack = height == voter.height() && !voter.isBackAt(by.height());
        if (voter.isBackAt(height) || wentBack) {
            boolean shown = voter.forkMemory() != null || !voter.doubted() || isRecent(height, voter);
            return shown ? measured(voter.without(), lag, isOld(height, voter)) : doubted(voter, lag);
        }
        return voter.isForked() ? remembered(voter, lag) : measured(voter, lag, true);
    }

    /// A node that made an empty claim has yet to show that it is on the main branch when it takes the claim back. One
    /// that is still far ahead is held to its claim.
    private Measured doubted(Voter voter, Lag lag) {
        if (-lag.blocks() > chain.tolerance().ahead()) return measured(voter, lag, false);
        var standing = new Standing(by.head(), lag, "has yet to show that it is on the reference's branch");
        return new Measured(standing, voter.forkMemory(), isNear(lag), Optional.empty());
    }

    private boolean isRecent(long height, Voter voter) {
        long common = Math.min(voter.height(), by.height());
        return common - height <= Position.DEEPER + Agreement.depth(chain.probing());
    }

    private Measured remembered(Voter voter, Lag lag) {
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

    private Meeting meeting(Voter voter) {
        if (voter.id().equals(by.id()) || by.hashes().hasHeadOf(voter.hashes())) {
            return new Meeting.Same(voter.height());
        }
        Branch main = agreed.main();
        return main == null ? new Meeting.Nowhere() : main.meetOthers(voter.hashes(), by.hashes());
    }

    /// While the main branch is contested, only what lasts is a fork: the others are asked for their branch meanwhile.
    private Measured apart(Voter voter, Lag lag, Meeting.Apart met) {
        Instant since = Optional.ofNullable(voter.apartSince())
                .or(() -> Optional.ofNullable(by.isForked() ? null : by.apartSince()))
                .orElse(now);
        var against = voter.isOutvoted() ? List.<Voter>of() : against(voter);
        boolean known = voter.doubted() || voter.isForked() || isFork(voter, met.height(), since, against);
        var forkMemory = new ForkMemory(since, highest(voter, met), known, outvoting(voter, against));
        boolean undecided = !known && (!contested || isNear(lag));
        String objection = known ? forkMemory.words() : null;
        return new Measured(new Standing(by.head(), lag, objection), forkMemory, undecided, Optional.empty());
    }

    private static long highest(Voter voter, Meeting.Apart met) {
        ForkMemory before = voter.forkMemory();
        return before == null ? met.highest() : Math.max(met.highest(), before.height());
    }

    /// A node that falls silent with a block of its own as its head may only have been the first to die.
    private boolean isFork(Voter voter, long height, Instant since, List<Voter> against) {
        if (goingBack || voter.heardAt().isBefore(turnedAt) || !isShownApart(voter, height)) return false;
        if (by.silent() && against.stream().allMatch(Voter::silent)) return false;
        if (contested || (strange && !outvote(against)))
            return !since.plus(Judge.oldHead(chain.probing())).isAfter(now);
        if (mayStillTell(voter, against, since) && !Agreement.lasts(chain, since, now)) return false;
        long top = Math.max(voter.height(), by.height());
        return Agreement.settled(chain, height, top, since, now) || (outvote(against) && isHeardAnew(since));
    }

    /// Whether of two sides of which neither is known to have left, one may yet be seen to.
    private boolean mayStillTell(Voter voter, List<Voter> against, Instant since) {
        boolean tells = voter.hasLeft() || voter.past().moved(now) || outvote(against);
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
        long with = 0;
        long apart = 0;
        for (Voter other : voters) {
            Meeting met = other.hashes().meet(voter.hashes());
            if (met instanceof Meeting.Same(var at) && at >= from) with += other.weight();
            if (met instanceof Meeting.Apart) apart += other.weight();
        }
        return apart > with || (byReference && apart == with);
    }

    /// Whether everybody was asked again since they were first found apart: nodes follow a reorganisation one by one.
    private boolean isHeardAnew(Instant apartSince) {
        return !apartSince.plus(chain.probing().interval().multipliedBy(2)).isAfter(now);
    }

    /// Those who stand by the main branch and not by this node's.
    private List<Voter> against(Voter voter) {
        Branch main = agreed.main();
        if (main == null) return List.of();
        return main.supporters().stream()
                .filter(other -> !other.id().equals(voter.id()))
                .filter(other -> !(other.hashes().meet(voter.hashes()) instanceof Meeting.Same))
                .toList();
    }

    /// Whether they are most nodes, two at least. While they serve, nobody needs to be shown a block that is likely to
    /// go away.
    private boolean outvote(List<Voter> against) {
        return against.size() >= 2 && Voter.weight(against) * 2 > Voter.weight(voters);
    }

    private Set<NodeId> outvoting(Voter voter, List<Voter> against) {
        if (outvote(against)) return against.stream().map(Voter::id).collect(Collectors.toUnmodifiableSet());
        ForkMemory before = voter.forkMemory();
        return before == null ? Set.of() : before.against();
    }

    private Measured measured(Voter voter, Lag lag, boolean undecided) {
        long ahead = -lag.blocks();
        if (ahead <= chain.tolerance().ahead()) {
            return new Measured(new Standing(by.head(), lag, null), voter.forkMemory(), undecided, Optional.empty());
        }
        Claim claim = Claim.of(voter, by.head(), Judge.oldHead(chain.probing()), now);
        if (claim.worth() == Worth.ELSEWHERE && voter.ancestry() instanceof Ancestry.Elsewhere(var height, var _)) {
            Measured elsewhere = apart(voter, lag, new Meeting.Apart(height, height));
            return new Measured(elsewhere.standing(), elsewhere.forkMemory(), elsewhere.undecided(), claim.check());
        }
        var standing = new Standing(by.head(), lag, objection(voter, claim, ahead));
        return new Measured(standing, voter.forkMemory(), false, claim.check());
    }

    private @Nullable String objection(Voter voter, Claim claim, long ahead) {
        if (goingBack && !voter.doubted()) return null;
        return switch (claim.worth()) {
            case PROVEN, ELSEWHERE -> null;
            case OPEN ->
                voter.doubted() ? "claims to be %d blocks ahead, and has yet to show it".formatted(ahead) : null;
            case EMPTY -> "implausibly far ahead: %d blocks, but %s".formatted(ahead, claim.reason());
            case UNPROVABLE ->
                isConfirmed(voter) || Agreement.leftStanding(voter, by, voters, chain, now)
                        ? null
                        : "implausibly far ahead: %d blocks, and nobody confirms it".formatted(ahead);
        };
    }
}
