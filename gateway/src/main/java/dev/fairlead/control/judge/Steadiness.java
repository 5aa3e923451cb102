package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.Ready;
import dev.fairlead.core.fleet.Verdict.Spent;
import dev.fairlead.core.fleet.Verdict.Syncing;
import dev.fairlead.core.fleet.Verdict.Unknown;
import dev.fairlead.core.fleet.Verdict.Unreachable;
import dev.fairlead.core.fleet.Verdict.WrongChain;

/// Keeps one lost packet from moving traffic: a node stops or starts being ready only after so many samples in a row
/// say so. The first verdict, a wrong chain, a fork and a spent plan hold at once; and while no node of the chain
/// serves, one ready
/// sample is enough ([ChainJudgement]).
///
/// ```
///            fall × bad in a row, or one WrongChain, Forked or Spent
///   Ready ───────────────────────────────────────────────────▶ anything else
///         ◀───────────────────────────────────────────────────
///            rise × ready in a row
/// ```
///
/// @param shown what routing obeys
/// @param against samples in a row that say otherwise
record Steadiness(Verdict shown, int against) {
    static Steadiness at(Verdict first) {
        return new Steadiness(first, 0);
    }

    /// @param sampled whether `judged` rests on a new sample of the node itself, and so counts; a judgement that
    /// changed because the reference did only refreshes the evidence
    Steadiness next(Verdict judged, boolean sampled, Probing probing) {
        if (shown.ready() == judged.ready() || !shown.judged() || holdsAtOnce(judged)) return at(judged);
        int saying = sampled ? against + 1 : against;
        int needed = shown.ready() ? probing.fall() : probing.rise();
        return saying >= needed ? at(judged) : new Steadiness(refreshed(judged), saying);
    }

    /// A node that may not serve yet for another reason keeps its verdict; its samples count meanwhile.
    Steadiness waiting(boolean sampled) {
        return new Steadiness(shown, sampled ? against + 1 : against);
    }

    private static boolean holdsAtOnce(Verdict judged) {
        return switch (judged) {
            case WrongChain _, Forked _, Spent _ -> true;
            case Ready _, Lagging _, Syncing _, Unreachable _, Unknown _ -> false;
        };
    }

    /// A node that is still called ready shows how far behind it really is.
    private Verdict refreshed(Verdict judged) {
        if (!shown.ready()) return shown;
        return switch (judged) {
            case Lagging(var head, var lag, var _) -> new Ready(head, lag);
            case Syncing(var head, var lag) -> new Ready(head, lag);
            case Ready _, Forked _, WrongChain _, Unreachable _, Spent _, Unknown _ -> shown;
        };
    }
}
