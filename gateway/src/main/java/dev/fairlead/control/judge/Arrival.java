package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;

/// Whether a node that is new, or back after it was away, may serve already: not before its branch was compared with
/// that of the others, or a short time passed in which that could not be done.
sealed interface Arrival {
    Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /// It has not come yet: it does not answer, or is too far behind to serve.
    record Awaited() implements Arrival {}

    record Waits(Instant since) implements Arrival {}

    record Over() implements Arrival {}

    /// @param verdict without regard to this
    /// @param served whether it is shown as ready
    /// @param open whether its branch is yet to be compared
    default Arrival next(Verdict verdict, boolean served, boolean open, Instant now) {
        return switch (verdict) {
            case Verdict.Ready _ when served -> new Over();
            case Verdict.Ready _ -> open ? waits(now) : new Over();
            case Verdict.Unreachable _, Verdict.WrongChain _ -> served ? this : new Awaited();
            case Verdict.Forked _ -> new Over();
            case Verdict.Lagging _, Verdict.Syncing _, Verdict.Unknown _ -> this;
        };
    }

    private Arrival waits(Instant now) {
        return switch (this) {
            case Awaited _ -> new Waits(now);
            case Waits(var since) -> since.plus(LONGEST_WAIT).isAfter(now) ? this : new Over();
            case Over _ -> this;
        };
    }
}
