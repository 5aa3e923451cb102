package dev.fairlead.data.failover;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fault.Backoff;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.RunEvent.Failed;
import dev.fairlead.data.failover.RunState.AwaitingHead;
import dev.fairlead.data.failover.RunState.Choosing;
import dev.fairlead.data.failover.RunState.Concluding;
import dev.fairlead.data.failover.RunState.GivingLow;
import dev.fairlead.data.failover.RunState.Pausing;
import dev.fairlead.data.failover.RunState.Planning;
import dev.fairlead.data.failover.RunState.Queued;
import dev.fairlead.data.failover.RunState.Refusing;
import dev.fairlead.data.failover.RunState.Resting;
import dev.fairlead.data.failover.RunState.Returning;
import dev.fairlead.data.failover.RunState.StandingIn;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.PlannedNode;
import java.time.Duration;

/// The next state of a call, from its state and what happened. Pure: no clock, no chance, no node.
///
/// ```
///   planning ──no node──────────────────────────────────▶ refusing
///      │  ▲
///      │  └─ pausing, while something may change, or ────┐
///      │     resting, until nodes may be asked again     │
///      ▼                                                 │
///   choosing ──nobody left────▶ awaiting head, ──────────┤
///    │  ▲  │                    standing in              ├──▶ concluding: the best reply that was kept,
///    │  │  └──all full──▶ queued ──too long──────────────┤    a look-up of the transaction, the best
///    │  │                   │                            │    objection, or a refusal
///    │  └─behind─ checking ◀┤ a place                    │
///    ▼              ▼       ▼                            │
///   attempting ◀────┴───────┘ ──cannot serve it──────────┘
///       └──▶ a reply that is good enough: served
/// ```
final class RunTransitions {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(50), Duration.ofMillis(3_200));
    static final long LONGEST_PAUSE = Duration.ofMillis(400).toNanos();
    private static final long REST_SPREAD = Duration.ofMillis(250).toNanos();
    private static final int MOST_RESTS = 10;

    private static final Outcome IMPOSSIBLE =
            new Outcome.Unanswered(NoAnswerReason.NONSENSE, "a head higher than any chain");

    private RunTransitions() {}

    static RunState next(RunState state, RunEvent event) {
        Progress progress = state.progress();
        return switch (event) {
            case RunEvent.Planned _, RunEvent.Closed _ -> new Choosing(progress);
            case RunEvent.PlannedOfSpared(var facts) -> rest(progress, facts, new Choosing(progress));
            case RunEvent.NoNode(var refusal, var facts) -> {
                boolean isAnswered = facts.isSubmitted() || facts.isKept() || facts.isDenied();
                yield isAnswered ? conclude(progress, facts) : new Refusing(progress, refusal);
            }
            case RunEvent.NoChain(var refusal, var facts) ->
                facts.isSubmitted() ? conclude(progress, facts) : new Refusing(progress, refusal);
            case RunEvent.PlaceTaken(var planned, var trial, var isHeadAsked) ->
                isHeadAsked
                        ? new RunState.Checking(progress, planned, trial)
                        : new RunState.Attempting(progress, planned, trial);
            case RunEvent.OutOfAttempts(var isFitUnasked, var facts) -> outOfAttempts(progress, isFitUnasked, facts);
            case RunEvent.AllFull(var planned) -> new Queued(progress, planned);
            case RunEvent.NobodyLeft(var facts) -> exhausted(progress, facts);
            case RunEvent.LeftQueue(var refusal, var facts) -> conclude(progress.shed(refusal), facts);
            case RunEvent.NodeBehind _ -> new Choosing(progress.behind());
            case RunEvent.HeadAwaited(var facts) -> headAwaited(progress, facts);
            case RunEvent.LowAwaited(var facts) ->
                facts.isWaiting(progress) ? pause(progress, facts, new GivingLow(progress)) : new GivingLow(progress);
            case RunEvent.NothingKept(var facts) -> conclude(progress, facts);
            case Failed failed -> failed(progress, failed);
            case RunEvent.Denied(var node, var outcome, var isLast, var facts) -> {
                Progress denied = late(progress.objected(node, outcome));
                yield isLast && !facts.isWaiting(denied) ? exhausted(denied, facts) : new Choosing(denied);
            }
            case RunEvent.ReplyKept(var isLast, var facts) -> notGoodEnough(progress, isLast, facts);
            case RunEvent.ReplyImpossible(var node, var isLast, var facts) ->
                notGoodEnough(progress.objected(node, IMPOSSIBLE), isLast, facts);
        };
    }

    private static RunState failed(Progress progress, Failed failed) {
        PlannedNode planned = failed.planned();
        Outcome outcome = failed.outcome();
        AttemptBudget charged = progress.budget().charged(outcome);
        Progress objected = progress.objected(planned.node(), outcome);
        return switch (failed.move()) {
            case Move.Elsewhere _ -> new Choosing(objected.with(charged.withRefused()));
            case Move.Again _ -> new Returning(progress.with(charged).reconnected(), planned);
            case Move.Next _
            when isNewlyDown(progress, failed) ->
                new Choosing(objected.with(
                        objected.objections().withDown(planned.node()),
                        progress.budget().withNodeDown()));
            case Move.Next _ -> {
                boolean isLost = failed.mayTakeLong() && outcome instanceof Outcome.Unanswered;
                AttemptBudget spent =
                        isLackingAgain(planned, outcome) ? progress.budget().lacking() : charged;
                Objections objections = objected.objections();
                yield new Choosing(objected.with(
                        isLost && failed.ranOutOfTime() ? objections.withRanOutOfTime() : objections,
                        isLost ? spent.withUnanswered() : spent));
            }
        };
    }

    /// Each node once, so that a call does not go round among nodes that come and go.
    private static boolean isNewlyDown(Progress progress, Failed failed) {
        return failed.isNodeDown()
                && !progress.objections().wasDown(failed.planned().node());
    }

    private static boolean isLackingAgain(PlannedNode planned, Outcome outcome) {
        return planned.eligibility() == Eligibility.LACKING
                && outcome instanceof Outcome.Declined declined
                && declined.meaning() == ErrorMeaning.UNSUPPORTED;
    }

    private static RunState notGoodEnough(Progress progress, boolean isLast, RunFacts facts) {
        Progress kept = late(progress);
        return isLast ? exhausted(kept, facts) : new Choosing(kept);
    }

    private static Progress late(Progress progress) {
        return progress.with(progress.budget().withLate());
    }

    private static RunState outOfAttempts(Progress progress, boolean isFitUnasked, RunFacts facts) {
        if (progress.isBehind()) return exhausted(progress, facts);
        RunState end = conclude(isFitUnasked ? progress.cutShort() : progress, facts);
        return facts.isWaiting(progress) ? pause(progress, facts, end) : rest(progress, facts, end);
    }

    /// Pauses and plans anew while something may change: a node may come back, the Fleet may know of a better one, and
    /// the block that clients were shown may come.
    private static RunState exhausted(Progress progress, RunFacts facts) {
        boolean isHeadMissing = facts.isDenied() || progress.objections().has(ErrorMeaning.HEAD_NOT_THERE);
        if (facts.mayStandIn() && isHeadMissing) return new StandingIn(progress);
        if (progress.isBehind() && !facts.isKept()) return new AwaitingHead(progress);
        boolean waits = facts.isWaiting(progress) && !facts.isKept();
        Progress reached = facts.isRated() && !waits ? progress.shed(Refusals.leaderSpent()) : progress;
        if (facts.planWait() > 0 && !waits && reached.shed() == null) return overPlan(reached, facts);
        boolean isHopeful = facts.isHopeful() && !reached.budget().isSpent(facts.mostAttempts());
        boolean ends = facts.isKept() || facts.isMaybeDone() || reached.shed() != null || !isHopeful;
        RunState end = conclude(reached, facts);
        return ends && !waits ? rest(reached, facts, end) : pause(reached, facts, end);
    }

    /// A node was passed over because its plan has no room: the call waits for it a little, as for a full one.
    private static RunState overPlan(Progress progress, RunFacts facts) {
        RunState end = conclude(progress.shed(Refusals.overPlan(Duration.ofNanos(facts.planWait()))), facts);
        boolean isHopeful = facts.isHopeful() && !progress.budget().isSpent(facts.mostAttempts());
        boolean isSettled = facts.isKept() || facts.isMaybeDone();
        return rest(progress, facts, isHopeful && !isSettled ? pause(progress, facts, end) : end);
    }

    /// When the block has not come in about one block time, nodes are taken whatever their heads are.
    private static RunState headAwaited(Progress progress, RunFacts facts) {
        Progress inVain = progress.headAwaited(true);
        RunState end = new Planning(inVain.with(inVain.budget().paused()));
        return facts.isWaiting(progress) ? pause(progress.headAwaited(false), facts, end) : end;
    }

    private static RunState pause(Progress progress, RunFacts facts, RunState otherwise) {
        long longest = Math.max(LONGEST_PAUSE, facts.blockPause());
        long nanos = facts.jittered(Math.min(PAUSES.nanos(progress.pauses() + 1), longest));
        boolean isTime = facts.left() > nanos + AttemptTimeout.MARGIN;
        return isTime && progress.budget().mayReturn() ? new Pausing(progress.paused(), nanos) : otherwise;
    }

    /// Waits until the first node that asked to be left alone may be asked again, if that is soon and no node
    /// objected to the call itself.
    private static RunState rest(Progress progress, RunFacts facts, RunState otherwise) {
        long rest = facts.rest();
        boolean isSoon = rest > 0 && rest <= facts.longestRest() && progress.rests() < MOST_RESTS;
        boolean isSettled = facts.isKept() || facts.isMaybeDone() || facts.isDenied() || progress.shed() != null;
        boolean isTime = facts.left() > rest + REST_SPREAD + AttemptTimeout.MARGIN;
        boolean rests = isSoon && isTime && !isSettled && progress.objections().areForRest();
        if (!rests || !progress.budget().mayReturn()) return otherwise;
        return new Resting(progress.rested(), rest + facts.jittered(REST_SPREAD), otherwise);
    }

    private static RunState conclude(Progress progress, RunFacts facts) {
        return new Concluding(progress, Conclusion.of(facts));
    }
}
