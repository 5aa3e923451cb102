package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.core.fleet.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a node's claim to be far ahead of a head is worth. A height is cheap to claim; blocks that follow that head
/// are not. That a block is missing below a head proves nothing: some chains have heights without one.
///
/// @param reason why it is empty, where it is
/// @param check what to ask the node next, absent when nothing is open
record Claim(Worth worth, String reason, Optional<FollowUp> check) {
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    enum Worth {
        PROVEN,
        EMPTY,
        /// Not known yet.
        OPEN,
        /// Its blocks are of another branch.
        ELSEWHERE,
        /// The node does not show its blocks, so it will never be known.
        UNPROVABLE
    }

    /// @param still how old or how far in the future a block must be to be called so
    static Claim of(Voter voter, Head base, Duration still, Instant now) {
        if (isOfTheFuture(voter.head(), base, still, now)) {
            long seconds = Duration.between(now, voter.head().timestamp()).toSeconds();
            String reason =
                    "its newest block is dated %d s in the future, and the others' are of now".formatted(seconds);
            return new Claim(Worth.EMPTY, reason, Optional.empty());
        }
        if (isTooFar(voter.head(), base, still, now)) {
            return new Claim(Worth.EMPTY, "no chain makes so many in the time since", Optional.empty());
        }
        if (voter.hashes().passed(base.number(), base.hash())) return new Claim(Worth.PROVEN, "", Optional.empty());
        if (voter.hashes().isEmpty() || base.hash().isEmpty()) {
            return new Claim(Worth.UNPROVABLE, "", Optional.empty());
        }
        FollowUp onward = new FollowUp.Onward(
                base.number(), base.hash(), voter.height(), voter.head().hash());
        Ancestry ancestry = voter.ancestry();
        if (ancestry == null) return new Claim(Worth.OPEN, "", Optional.of(onward));
        boolean old = ancestry.at().plus(GOOD_FOR).isBefore(now);
        Optional<FollowUp> again = old ? Optional.of(onward) : Optional.empty();
        return switch (ancestry) {
            case Ancestry.Proven _ -> new Claim(Worth.PROVEN, "", again);
            case Ancestry.Disproven(var reason, var _) -> new Claim(Worth.EMPTY, reason, again);
            case Ancestry.Elsewhere _ -> new Claim(Worth.ELSEWHERE, "", again);
            case Ancestry.Untold _ -> new Claim(Worth.UNPROVABLE, "", again);
        };
    }

    /// Whether more than one block a millisecond must have been made since the other one. Of a bare number it is not
    /// known how old it is.
    private static boolean isTooFar(Head claimed, Head base, Duration still, Instant now) {
        Duration since = Duration.between(base.timestamp(), now.plus(still));
        return !base.hash().isEmpty() && !since.isNegative() && claimed.number() - base.number() > since.toMillis();
    }

    /// Dates that are odd at every node are a property of the chain: a date counts only beside a head whose
    /// date is of now.
    private static boolean isOfTheFuture(Head claimed, Head base, Duration still, Instant now) {
        Instant latest = now.plus(still);
        Instant made = base.timestamp();
        boolean known = !claimed.timestamp().equals(claimed.seenAt());
        return known
                && claimed.timestamp().isAfter(latest)
                && !made.isAfter(latest)
                && !made.isBefore(now.minus(still));
    }
}
