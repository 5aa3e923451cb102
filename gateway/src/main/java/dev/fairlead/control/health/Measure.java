package dev.fairlead.control.health;

import dev.fairlead.control.health.Agreement.Agreed;
import dev.fairlead.control.health.Claim.Worth;
import dev.fairlead.control.health.Trail.Meeting;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
/// @param contested whether the main branch may turn out to be that of the fewer
record Measure(
        Chain chain,
        Agreed agreed,
        Witness by,
        LagClock clock,
        List<Witness> witnesses,
        boolean contested,
        boolean strange,
        boolean goingBack,
        Instant turnedAt,
        Instant now) {
    private static final int MOST_COMPARED = 32;

    /// @param parting what is to be remembered of its being on another branch, or null
    /// @param undecided whether the node should show its branch at a deeper height
    /// @param check that its claim to be far ahead needs
    record Measured(Standing standing, @Nullable Parting parting, boolean undecided, Optional<Check> check) {}

    static Measure against(
            Agreed agreed,
            Witness by,
            Chain chain,
            LagClock clock,
            List<Witness> witnesses,
            boolean strange,
            boolean goingBack,
            Instant turnedAt,
            Instant now) {
        boolean contested = isContested(agreed.main(), witnesses);
        return new Measure(chain, agreed, by, clock, witnesses, contested, strange, goingBack, turnedAt, now);
    }

    /// Whether nodes that are not known to stand by the main branch, nor to be of different ones, may together weigh
    /// as much.
    static boolean isContested(@Nullable Branch main, List<Witness> witnesses) {
        if (main == null) return false;
        var elsewhere = witnesses.stream()
                .filter(one -> !one.trail().isEmpty() && !main.holds(one))
                .toList();
        if (elsewhere.size() < 2 || Witness.weight(elsewhere) < main.weight()) return false;
        return elsewhere.stream().anyMatch(one -> main.meet(one.trail()) instanceof Meeting.Nowhere)
                || isOpen(elsewhere);
    }

    /// Nodes with the same newest block need not be compared one by one.
    private static boolean isOpen(List<Witness> nodes) {
        var heads = new ArrayList<Trail>();
        for (Witness node : nodes) {
            if (heads.stream().noneMatch(head -> head.hasHeadOf(node.trail()))) heads.add(node.trail());
            if (heads.size() > MOST_COMPARED) return true;
        }
        for (int i = 0; i < heads.size(); i++) {
            for (int j = 0; j < heads.size(); j++) {
                if (i != j && heads.get(i).meet(heads.get(j)) instanceof Meeting.Nowhere) return true;
            }
        }
        return false;
    }

    Measured of(Witness witness) {
        Lag lag = lag(witness);
        return switch (meeting(witness)) {
            case Meeting.Apart apart -> apart(witness, lag, apart);
            case Meeting.Same(var height) -> same(witness, lag, height);
            case Meeting.Nowhere _ -> nowhere(witness, lag);
        };
    }

    /// Whether nothing is known yet of the node's branch a little below its head, where hashes could tell.
    boolean isOpen(Witness witness) {
        Branch main = agreed.main();
        if (main == null || witness.trail().isEmpty() || by.trail().isEmpty()) return false;
        if (witness.id().equals(by.id())) return isStrange(main);
        Lag lag = lag(witness);
        if (-lag.blocks() > chain.tolerance().ahead()) {
            return Claim.of(witness, by.head(), Judge.oldHead(chain.probing()), now)
                            .worth()
                    == Worth.OPEN;
        }
        return !main.passedWith(witness, by.trail(), recent(witness));
    }

    private long recent(Witness witness) {
        return Math.min(witness.height(), by.height()) - Questions.DEEPER - Agreement.depth(chain.probing());
    }

    /// Whether the reference is the head of a node that none of those on the main branch is known to agree with: it may
    /// be the median of nodes that could not be compared yet.
    private boolean isStrange(Branch main) {
        boolean others = false;
        for (Witness other : main.supporters()) {
            if (other.id().equals(by.id())) continue;
            others = true;
            if (other.trail().hasHeadOf(by.trail()) || other.trail().agrees(by.trail(), recent(other))) return false;
        }
        return others;
    }

    /// Another node's height says nothing of a branch, where hashes could.
    private boolean isConfirmed(Witness witness) {
        boolean hashless = witness.trail().isEmpty() || by.trail().isEmpty();
        return (hashless || !witness.doubted()) && Agreement.confirmed(witness, witnesses, chain);
    }

    private Measured nowhere(Witness witness, Lag lag) {
        if (witness.isForked()) return remembered(witness, lag);
        boolean comparable = !witness.trail().isEmpty() && !by.trail().isEmpty();
        if (comparable && witness.doubted()) return doubted(witness, lag);
        return measured(witness, lag, comparable && isNear(lag));
    }

    boolean isNear(Witness witness) {
        return isNear(lag(witness));
    }

    private boolean isNear(Lag lag) {
        return lag.blocks() <= chain.tolerance().blocks();
    }

    /// A node that was on another branch is on the main one again when a block no lower than the one that differed is
    /// seen to be right, or its head itself where the chain as a whole went back.
    private Measured same(Witness witness, Lag lag, long height) {
        boolean wentBack = height == witness.height() && !witness.isBackAt(by.height());
        if (witness.isBackAt(height) || wentBack) {
            boolean shown = witness.parting() != null || !witness.doubted() || isRecent(height, witness);
            return shown ? measured(witness.without(), lag, isOld(height, witness)) : doubted(witness, lag);
        }
        return witness.isForked() ? remembered(witness, lag) : measured(witness, lag, true);
    }

    /// A node that made an empty claim has yet to show that it is on the main branch when it takes the claim back. One
    /// that is still far ahead is held to its claim.
    private Measured doubted(Witness witness, Lag lag) {
        if (-lag.blocks() > chain.tolerance().ahead()) return measured(witness, lag, false);
        var standing = new Standing(by.head(), lag, "has yet to show that it is on the reference's branch");
        return new Measured(standing, witness.parting(), isNear(lag), Optional.empty());
    }

    private boolean isRecent(long height, Witness witness) {
        long common = Math.min(witness.height(), by.height());
        return common - height <= Questions.DEEPER + Agreement.depth(chain.probing());
    }

    private Measured remembered(Witness witness, Lag lag) {
        Parting parting = witness.parting();
        String objection = parting == null ? null : parting.words();
        return new Measured(new Standing(by.head(), lag, objection), parting, false, Optional.empty());
    }

    /// Whether that they were the same at `height` says little about where they stand now: they may have parted since.
    private boolean isOld(long height, Witness witness) {
        long common = Math.min(witness.height(), by.height());
        return common - height > Questions.DEEPER && isNear(lag(witness));
    }

    private Lag lag(Witness witness) {
        long blocks = by.height() - witness.height();
        return new Lag(blocks, blocks > 0 ? clock.since(witness.height(), now) : Duration.ZERO);
    }

    private Meeting meeting(Witness witness) {
        if (witness.id().equals(by.id()) || by.trail().hasHeadOf(witness.trail())) {
            return new Meeting.Same(witness.height());
        }
        Branch main = agreed.main();
        return main == null ? new Meeting.Nowhere() : main.meetOthers(witness.trail(), by.trail());
    }

    /// While the main branch is contested, only what lasts is a fork: the others are asked for their branch meanwhile.
    private Measured apart(Witness witness, Lag lag, Meeting.Apart met) {
        Instant since = Optional.ofNullable(witness.apartSince())
                .or(() -> Optional.ofNullable(by.isForked() ? null : by.apartSince()))
                .orElse(now);
        var against = witness.isOutvoted() ? List.<Witness>of() : against(witness);
        boolean known = witness.doubted() || witness.isForked() || isFork(witness, met.height(), since, against);
        var parting = new Parting(since, highest(witness, met), known, outvoting(witness, against));
        boolean undecided = !known && (!contested || isNear(lag));
        String objection = known ? parting.words() : null;
        return new Measured(new Standing(by.head(), lag, objection), parting, undecided, Optional.empty());
    }

    private static long highest(Witness witness, Meeting.Apart met) {
        Parting before = witness.parting();
        return before == null ? met.highest() : Math.max(met.highest(), before.height());
    }

    /// A node that falls silent with a block of its own as its head may only have been the first to die.
    private boolean isFork(Witness witness, long height, Instant since, List<Witness> against) {
        if (goingBack || witness.heardAt().isBefore(turnedAt) || !isShownApart(witness)) return false;
        if (by.silent() && against.stream().allMatch(Witness::silent)) return false;
        if (contested || (strange && !outvote(against)))
            return !since.plus(Judge.oldHead(chain.probing())).isAfter(now);
        long top = Math.max(witness.height(), by.height());
        return Agreement.settled(chain, height, top, since, now) || (outvote(against) && isHeardAnew(since));
    }

    /// Whether the reference itself, what was agreed on, or more nodes than agree with it show another block: a node
    /// that is on the main branch by what it showed long ago may have left it.
    private boolean isShownApart(Witness witness) {
        if (witness.hasLeft() || by.trail().meet(witness.trail()) instanceof Meeting.Apart) return true;
        long with = 0;
        long apart = 0;
        for (Witness other : witnesses) {
            Meeting met = other.trail().meet(witness.trail());
            if (met instanceof Meeting.Same) with += other.weight();
            if (met instanceof Meeting.Apart) apart += other.weight();
        }
        return apart > with;
    }

    /// Whether everybody was asked again since they were first found apart: nodes follow a reorganisation one by one.
    private boolean isHeardAnew(Instant apartSince) {
        return !apartSince.plus(chain.probing().interval().multipliedBy(2)).isAfter(now);
    }

    /// Those who stand by the main branch and not by this node's.
    private List<Witness> against(Witness witness) {
        Branch main = agreed.main();
        if (main == null) return List.of();
        return main.supporters().stream()
                .filter(other -> !other.id().equals(witness.id()))
                .filter(other -> !(other.trail().meet(witness.trail()) instanceof Meeting.Same))
                .toList();
    }

    /// Whether they are most nodes, two at least. While they serve, nobody needs to be shown a block that is likely to
    /// go away.
    private boolean outvote(List<Witness> against) {
        return against.size() >= 2 && Witness.weight(against) * 2 > Witness.weight(witnesses);
    }

    private Set<NodeId> outvoting(Witness witness, List<Witness> against) {
        if (outvote(against)) return against.stream().map(Witness::id).collect(Collectors.toUnmodifiableSet());
        Parting before = witness.parting();
        return before == null ? Set.of() : before.against();
    }

    private Measured measured(Witness witness, Lag lag, boolean undecided) {
        long ahead = -lag.blocks();
        if (ahead <= chain.tolerance().ahead()) {
            return new Measured(new Standing(by.head(), lag, null), witness.parting(), undecided, Optional.empty());
        }
        Claim claim = Claim.of(witness, by.head(), Judge.oldHead(chain.probing()), now);
        if (claim.worth() == Worth.ELSEWHERE && witness.descent() instanceof Descent.Elsewhere(var height, var _)) {
            Measured elsewhere = apart(witness, lag, new Meeting.Apart(height, height));
            return new Measured(elsewhere.standing(), elsewhere.parting(), elsewhere.undecided(), claim.check());
        }
        var standing = new Standing(by.head(), lag, objection(witness, claim, ahead));
        return new Measured(standing, witness.parting(), false, claim.check());
    }

    private @Nullable String objection(Witness witness, Claim claim, long ahead) {
        if (goingBack && !witness.doubted()) return null;
        return switch (claim.worth()) {
            case PROVEN, ELSEWHERE -> null;
            case OPEN ->
                witness.doubted() ? "claims to be %d blocks ahead, and has yet to show it".formatted(ahead) : null;
            case EMPTY -> "implausibly far ahead: %d blocks, but %s".formatted(ahead, claim.reason());
            case UNPROVABLE ->
                isConfirmed(witness) || Agreement.leftStanding(witness, by, witnesses, chain, now)
                        ? null
                        : "implausibly far ahead: %d blocks, and nobody confirms it".formatted(ahead);
        };
    }
}
