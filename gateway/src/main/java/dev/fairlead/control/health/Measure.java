package dev.fairlead.control.health;

import dev.fairlead.control.health.Agreement.Agreed;
import dev.fairlead.control.health.Trail.Meeting;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the nodes of a chain against the reference that was agreed on.
///
/// @param by the node whose head is the reference
/// @param contested whether the main branch may turn out to be that of the fewer
record Measure(
        Chain chain,
        Agreed agreed,
        Witness by,
        LagClock clock,
        List<Witness> witnesses,
        boolean contested,
        Instant now) {
    /// @param apartSince since when the node has been on another branch, or null
    /// @param undecided whether the node should show its branch at a deeper height
    /// @param check that its claim to be far ahead needs
    record Measured(Standing standing, @Nullable Instant apartSince, boolean undecided, Optional<Check> check) {}

    static Measure against(
            Agreed agreed, Witness by, Chain chain, LagClock clock, List<Witness> witnesses, Instant now) {
        return new Measure(chain, agreed, by, clock, witnesses, isContested(agreed.main(), by, witnesses), now);
    }

    /// Whether nodes whose branch is not known at the moment would, with those on other branches, outvote the main one.
    private static boolean isContested(@Nullable Branch main, Witness by, List<Witness> witnesses) {
        if (main == null) return false;
        var elsewhere = witnesses.stream()
                .filter(one -> !one.id().equals(by.id()) && !one.trail().isEmpty() && !main.holds(one))
                .toList();
        boolean most = elsewhere.size() >= 2 && Witness.weight(elsewhere) * 2 > Witness.weight(witnesses) - by.weight();
        return most && elsewhere.stream().anyMatch(one -> main.meet(one.trail()) instanceof Meeting.Nowhere);
    }

    Measured of(Witness witness) {
        Lag lag = lag(witness);
        return switch (meeting(witness)) {
            case Meeting.Apart(var height, var _) -> apart(witness, lag, height);
            case Meeting.Same(var height) -> measured(witness, lag, isOld(height, witness));
            case Meeting.Nowhere _ -> {
                boolean comparable = !witness.trail().isEmpty() && !by.trail().isEmpty();
                yield measured(
                        witness,
                        lag,
                        comparable && lag.blocks() <= chain.tolerance().blocks());
            }
        };
    }

    /// Whether that they were the same at `height` says little about where they stand now: they may have parted since.
    private boolean isOld(long height, Witness witness) {
        long common = Math.min(witness.height(), by.height());
        return common - height > Round.DEEPER
                && by.height() - witness.height() <= chain.tolerance().blocks();
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
    private Measured apart(Witness witness, Lag lag, long height) {
        Instant since = Optional.ofNullable(witness.apartSince())
                .or(() -> Optional.ofNullable(by.apartSince()))
                .orElse(now);
        long top = Math.max(witness.height(), by.height());
        boolean settled = contested
                ? Agreement.lasts(chain, since, now)
                : Agreement.settled(chain, height, top, since, now) || (isOutnumbered(witness) && isHeardAnew(since));
        String objection = settled ? "has another block %d than the reference".formatted(height) : null;
        boolean undecided =
                !settled && (!contested || lag.blocks() <= chain.tolerance().blocks());
        return new Measured(new Standing(by.head(), lag, objection), since, undecided, Optional.empty());
    }

    /// Whether everybody was asked again since they were first found apart: nodes follow a reorganisation one by one.
    private boolean isHeardAnew(Instant apartSince) {
        return !apartSince.plus(chain.probing().interval().multipliedBy(2)).isAfter(now);
    }

    /// Whether most nodes, two at least, stand by the main branch and not by this node's. While they serve, nobody
    /// needs to be shown a block that is likely to go away.
    private boolean isOutnumbered(Witness witness) {
        Branch main = agreed.main();
        if (main == null) return false;
        var against = main.supporters().stream()
                .filter(other -> !other.id().equals(witness.id()))
                .filter(other -> !(other.trail().meet(witness.trail()) instanceof Meeting.Same))
                .toList();
        return against.size() >= 2 && Witness.weight(against) * 2 > Witness.weight(witnesses);
    }

    private Measured measured(Witness witness, Lag lag, boolean undecided) {
        long ahead = -lag.blocks();
        if (ahead <= chain.tolerance().ahead()) {
            return new Measured(new Standing(by.head(), lag, null), null, undecided, Optional.empty());
        }
        Claim claim = Claim.of(witness, by.head(), now);
        return new Measured(new Standing(by.head(), lag, objection(witness, claim, ahead)), null, false, claim.check());
    }

    private @Nullable String objection(Witness witness, Claim claim, long ahead) {
        return switch (claim.worth()) {
            case PROVEN, OPEN -> null;
            case EMPTY -> "implausibly far ahead: %d blocks, but %s".formatted(ahead, claim.reason());
            case UNPROVABLE ->
                Agreement.confirmed(witness, witnesses, chain)
                                || Agreement.leftStanding(witness, by, witnesses, chain, now)
                        ? null
                        : "implausibly far ahead: %d blocks, and nobody confirms it".formatted(ahead);
        };
    }
}
