package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;

/// Whether a node that is new, or back after it was away, may serve already: not before its branch was compared with
/// that of the others, or a short time passed in which that could not be done. One that was seen apart waits until it
/// is known what that was.
sealed interface Arrival {
    Duration LONGEST_WAIT = Duration.ofSeconds(3);
    /// By then it is long known whether it is forked, unless nobody can tell which nodes belong together.
    Duration LONGEST_APART = Duration.ofMinutes(2);

    /// It has not come yet: it does not answer, or is too far behind to serve.
    record Awaited() implements Arrival {}

    /// @param until when it is taken as it is if nothing more is known by then
    record Waits(Instant since, Instant until) implements Arrival {}

    record Over() implements Arrival {}

    /// What is known of its branch a little below its head.
    enum Compared {
        SAME,
        NOT_YET,
        /// Another block was seen, which may still be a quarrel about the newest ones.
        APART
    }

    /// @param verdict without regard to this
    /// @param served whether it is shown as ready
    default Arrival next(Verdict verdict, boolean served, Compared compared, Instant now) {
        return switch (verdict) {
            case Verdict.Ready _ when served -> new Over();
            case Verdict.Ready _ -> compared == Compared.SAME ? new Over() : waits(compared, now);
            case Verdict.Unreachable _, Verdict.WrongChain _, Verdict.Spent _ -> served ? this : new Awaited();
            case Verdict.Forked _ -> new Over();
            case Verdict.Lagging _, Verdict.Syncing _, Verdict.Unknown _ -> this;
        };
    }

    private Arrival waits(Compared compared, Instant now) {
        return switch (this) {
            case Awaited _ -> new Waits(now, now.plus(LONGEST_WAIT));
            case Waits(var since, var _)
            when compared == Compared.APART && since.plus(LONGEST_APART).isAfter(now) ->
                new Waits(since, now.plus(LONGEST_WAIT));
            case Waits(var _, var until) -> until.isAfter(now) ? this : new Over();
            case Over _ -> this;
        };
    }

    /// Whether it came so lately that it may only be slow to be compared.
    default boolean isFresh(Instant now) {
        return this instanceof Waits(var since, var _)
                && since.plus(LONGEST_WAIT).isAfter(now);
    }
}
