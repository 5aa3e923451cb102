package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.failover.RunState.AwaitingHead;
import dev.fairlead.data.failover.RunState.Choosing;
import dev.fairlead.data.failover.RunState.Concluding;
import dev.fairlead.data.failover.RunState.GivingLow;
import dev.fairlead.data.failover.RunState.Pausing;
import dev.fairlead.data.failover.RunState.Planning;
import dev.fairlead.data.failover.RunState.Refusing;
import dev.fairlead.data.failover.RunState.Resting;
import dev.fairlead.data.failover.RunState.Returning;
import dev.fairlead.data.failover.RunState.StandingIn;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.submission.Effect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// From where a call stands and what happened to where it stands then.
class RunTransitionsTest {
    private static final RunState START = new Planning(Progress.NONE);
    private static final Refused REFUSAL = Refusals.full();
    private static final PlannedNode A = planned(Eligibility.OWN);
    private static final Outcome RESET = new Outcome.Unanswered("connection reset");
    private static final Outcome GIVEN_UP = new Outcome.Unanswered(NoAnswerReason.UNREACHED, "given up");
    private static final Outcome UNREACHED = new Outcome.NotSent("connection refused");
    private static final Outcome LIMITED = ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down");
    private static final Outcome NOT_THERE = ScriptedNodes.declined(ErrorMeaning.HEAD_NOT_THERE, -32000, "not found");
    private static final Outcome LACKING = ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "no such method");

    @Test
    void aPlanIsGoneAlong() {
        assertThat(next(new RunEvent.Planned())).isEqualTo(new Choosing(Progress.NONE));
        assertThat(next(new RunEvent.AllFull(A))).isEqualTo(new RunState.Queued(Progress.NONE, A));
        assertThat(next(new RunEvent.Closed())).isInstanceOf(Choosing.class);
    }

    @Test
    void aNodeThatMayBeBehindIsAskedForItsHeadFirst() {
        assertThat(next(new RunEvent.PlaceTaken(A, true, false)))
                .isEqualTo(new RunState.Attempting(Progress.NONE, A, true));
        assertThat(next(new RunEvent.PlaceTaken(A, false, true)))
                .isEqualTo(new RunState.Checking(Progress.NONE, A, false));
    }

    @Test
    void whereNoNodeMayBeAskedTheCallIsRefusedUnlessSomethingIsKept() {
        assertThat(next(new RunEvent.NoNode(REFUSAL, facts().now()))).isEqualTo(new Refusing(Progress.NONE, REFUSAL));
        assertConcludes(next(new RunEvent.NoNode(REFUSAL, facts().kept().now())), Conclusion.BEST_KEPT);
        assertConcludes(next(new RunEvent.NoNode(REFUSAL, facts().denied().now())), Conclusion.REFUSED);
        assertConcludes(next(new RunEvent.NoNode(REFUSAL, facts().submitted().now())), Conclusion.TURNED_AWAY);
    }

    @Test
    void aChainThatIsGoneIsNoReasonToSayThatNothingWasSent() {
        assertThat(next(new RunEvent.NoChain(REFUSAL, facts().kept().now()))).isInstanceOf(Refusing.class);
        assertConcludes(next(new RunEvent.NoChain(REFUSAL, facts().maybeDone().now())), Conclusion.LOOKED_UP);
    }

    @Test
    void nodesThatAskForRestGetItWhenThatIsSoonAndNothingElseStandsAgainstTheCall() {
        RunState rested =
                next(new RunEvent.PlannedOfSpared(facts().rest(seconds(1)).now()));

        assertThat(rested).isInstanceOf(Resting.class);
        assertThat(rested.progress().rests()).isEqualTo(1);
        assertThat(((Resting) rested).otherwise()).isEqualTo(new Choosing(Progress.NONE));
        assertThat(((Resting) rested).nanos()).isBetween(seconds(1), seconds(1) + millis(250));
        for (Facts no : List.of(
                facts(),
                facts().rest(seconds(3)),
                facts().rest(seconds(1)).left(seconds(1)),
                facts().rest(seconds(1)).kept(),
                facts().rest(seconds(1)).denied(),
                facts().rest(seconds(1)).maybeDone())) {
            assertThat(next(new RunEvent.PlannedOfSpared(no.now())))
                    .as(no.toString())
                    .isInstanceOf(Choosing.class);
        }
    }

    @Test
    void aCallRestsTenTimesAtTheMost() {
        RunState state = START;
        int rests = 0;
        while (rests < 20 && state instanceof Planning) {
            RunState rested = RunTransitions.next(
                    state, new RunEvent.PlannedOfSpared(facts().rest(seconds(1)).now()));
            if (!(rested instanceof Resting)) break;
            rests++;
            state = new Planning(rested.progress());
        }

        assertThat(rests).isEqualTo(10);
    }

    @Test
    void anExhaustedPlanIsMadeAnewAfterAPauseWhileThatMayHelp() {
        RunState paused = next(new RunEvent.NobodyLeft(facts().hopeful().now()));

        assertThat(paused).isInstanceOf(Pausing.class);
        assertThat(paused.progress().pauses()).isEqualTo(1);
        assertConcludes(next(new RunEvent.NobodyLeft(facts().now())), Conclusion.REFUSED);
        assertConcludes(next(new RunEvent.NobodyLeft(facts().hopeful().kept().now())), Conclusion.BEST_KEPT);
        assertConcludes(
                next(new RunEvent.NobodyLeft(facts().hopeful().maybeDone().now())), Conclusion.LOOKED_UP);
        assertConcludes(
                next(new RunEvent.NobodyLeft(facts().hopeful().left(millis(260)).now())), Conclusion.REFUSED);
    }

    @Test
    void pausesGrowFrom50To400MillisecondsAndAreSpread() {
        assertThat(pause(0, 0)).isEqualTo(millis(25));
        assertThat(pause(0, 1)).isEqualTo(millis(50));
        assertThat(pause(1, 1)).isEqualTo(millis(100));
        assertThat(pause(3, 1)).isEqualTo(millis(400));
        assertThat(pause(60, 1)).isEqualTo(millis(400));
    }

    @Test
    void aBlockThatIsAwaitedIsWaitedForAtItsOwnPaceWhateverElseHolds() {
        Facts awaited = facts().awaited(seconds(3));

        assertThat(next(new RunEvent.NobodyLeft(awaited.now()))).isInstanceOf(Pausing.class);
        assertThat(next(new RunEvent.NobodyLeft(awaited.maybeDone().now()))).isInstanceOf(Pausing.class);
        assertThat(next(new RunEvent.OutOfAttempts(true, awaited.now()))).isInstanceOf(Pausing.class);
        assertConcludes(next(new RunEvent.NobodyLeft(awaited.kept().now())), Conclusion.BEST_KEPT);
        RunState late = new Planning(paused(Progress.NONE, 20));
        assertThat(((Pausing) RunTransitions.next(late, new RunEvent.NobodyLeft(awaited.now()))).nanos())
                .isEqualTo(seconds(3));
    }

    @Test
    void nodesThatAreBehindAreAwaitedAndThenTakenAsTheyAre() {
        RunState behind = next(new RunEvent.NodeBehind());
        RunState exhausted = RunTransitions.next(behind, new RunEvent.NobodyLeft(facts().now()));
        RunState waiting = RunTransitions.next(
                exhausted, new RunEvent.HeadAwaited(facts().awaited(millis(10)).now()));
        RunState inVain = RunTransitions.next(exhausted, new RunEvent.HeadAwaited(facts().now()));

        assertThat(behind.progress().budget().late()).isEqualTo(1);
        assertThat(exhausted).isInstanceOf(AwaitingHead.class);
        assertThat(waiting).isInstanceOf(Pausing.class);
        assertThat(waiting.progress().isBehind()).isFalse();
        assertThat(waiting.progress().takesHeads()).isFalse();
        assertThat(inVain).isInstanceOf(Planning.class);
        assertThat(inVain.progress().takesHeads()).isTrue();
        assertThat(inVain.progress().budget().late()).isZero();
    }

    @Test
    void theLastSafeBlockThatWasShownIsAskedForWhereNodesDoNotTell() {
        RunState denied = next(new RunEvent.Denied(
                A.node(), NOT_THERE, true, facts().standsIn().now()));

        assertThat(denied).isInstanceOf(StandingIn.class);
        assertThat(next(new RunEvent.NobodyLeft(facts().standsIn().now()))).isInstanceOf(Concluding.class);
    }

    @Test
    void theLeaderThatHadItsShareIsNamedAsTheReason() {
        RunState rated = next(new RunEvent.NobodyLeft(facts().hopeful().rated().now()));

        assertConcludes(rated, Conclusion.REFUSED);
        assertThat(rated.progress().shed()).isEqualTo(Refusals.leaderSpent());
        assertThat(Conclusion.refusal(rated.progress(), false)).isEqualTo(Conclusion.Refusal.SHED);
    }

    @Test
    void roomInAPlanIsWaitedForWhenItComesSoonAndElseNamedAsTheReason() {
        RunState soon =
                next(new RunEvent.NobodyLeft(facts().overPlan(seconds(1)).now()));
        RunState late =
                next(new RunEvent.NobodyLeft(facts().overPlan(seconds(60)).now()));

        assertThat(((RunState.Resting) soon).nanos()).isBetween(seconds(1), seconds(2));
        assertConcludes(late, Conclusion.REFUSED);
        assertThat(late.progress().shed()).isEqualTo(Refusals.overPlan(Duration.ofSeconds(60)));
        assertThat(next(new RunEvent.NobodyLeft(
                        facts().overPlan(seconds(60)).hopeful().now())))
                .isInstanceOf(Pausing.class);
        assertConcludes(
                next(new RunEvent.NobodyLeft(
                        facts().overPlan(seconds(1)).hopeful().kept().now())),
                Conclusion.BEST_KEPT);
    }

    @Test
    void aCallThatLeavesTheQueueIsToldWhy() {
        RunState left = next(new RunEvent.LeftQueue(REFUSAL, facts().now()));

        assertConcludes(left, Conclusion.REFUSED);
        assertThat(left.progress().shed()).isEqualTo(REFUSAL);
    }

    @Test
    void afterAFailureTheNextNodeIsChosenAndItsCostCharged() {
        RunState failed = next(failed(new Move.Next(Effect.NONE), RESET, false));
        RunState unreached = next(failed(new Move.Next(Effect.NONE), UNREACHED, false));
        RunState slow = next(failed(new Move.Next(Effect.NONE), RESET, true));

        assertThat(failed).isInstanceOf(Choosing.class);
        assertThat(failed.progress().budget()).isEqualTo(new AttemptBudget(1, 0, 0, true, false));
        assertThat(unreached.progress().budget()).isEqualTo(new AttemptBudget(0, 0, 0, false, false));
        assertThat(slow.progress().budget()).isEqualTo(new AttemptBudget(1, 0, 1, true, false));
        assertThat(slow.progress().objections().areOfWork()).isTrue();
        assertThat(failed.progress().objections().areOfWork()).isFalse();
    }

    /// Else a call would go round among nodes that come and go.
    @Test
    void aNodeThatIsFoundDownMeanwhileCostsTheCallNothingButOnlyOnce() {
        RunState once = down(START);
        RunState again = down(once);

        assertThat(once).isInstanceOf(Choosing.class);
        assertThat(once.progress().budget()).isEqualTo(AttemptBudget.UNUSED);
        assertThat(again.progress().budget()).isEqualTo(new AttemptBudget(1, 0, 1, true, false));
        assertThat(again.progress().objections().summary()).isEqualTo("of the attempts 2 gave no answer");
    }

    @Test
    void aCallThatIsCutShortDoesNotSpeakForNodesThatWereNotAsked() {
        RunState failed = next(failed(new Move.Next(Effect.NONE), RESET, false));

        Objections cut = RunTransitions.next(failed, new RunEvent.OutOfAttempts(true, facts().now()))
                .progress()
                .objections();
        Objections exhausted = RunTransitions.next(failed, new RunEvent.NobodyLeft(facts().now()))
                .progress()
                .objections();

        assertThat(text(cut)).startsWith("of the nodes of chain main, none that was asked can serve now");
        assertThat(text(exhausted)).startsWith("no node of chain main can serve now");
    }

    @Test
    void aNodeThatIsKnownToLackTheMethodAndSaysSoAgainIsNoFailure() {
        var lacking = new RunEvent.Failed(
                new Move.Next(Effect.NONE), planned(Eligibility.LACKING), LACKING, false, false, false);

        assertThat(next(lacking).progress().budget()).isEqualTo(new AttemptBudget(1, 0, 0, false, false));
    }

    @Test
    void aConnectionThatHadGrownOldCostsTheSameNodeASecondAttempt() {
        var stale = new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset");
        RunState again = next(failed(new Move.Again(Effect.NONE), stale, false));

        assertThat(again).isInstanceOf(Returning.class);
        assertThat(again.progress().isReconnected()).isTrue();
        assertThat(again.progress().objections()).isSameAs(Objections.NONE);
    }

    @Test
    void whatOneNodeRefusedIsPutToTheOthersOnceEach() {
        RunState elsewhere = next(failed(new Move.Elsewhere(), LIMITED, false));

        assertThat(elsewhere).isInstanceOf(Choosing.class);
        assertConcludes(
                RunTransitions.next(
                        elsewhere, new RunEvent.NobodyLeft(facts().hopeful().now())),
                Conclusion.REFUSED);
        assertConcludes(
                RunTransitions.next(
                        elsewhere,
                        new RunEvent.NobodyLeft(facts().rest(millis(100)).now())),
                Conclusion.REFUSED);
    }

    @Test
    void aDenialIsPutToAnotherNodeWhileThereIsOneOrTheBlockMayCome() {
        assertThat(next(new RunEvent.Denied(
                        A.node(), NOT_THERE, false, facts().denied().now())))
                .isInstanceOf(Choosing.class);
        assertThat(next(new RunEvent.Denied(
                        A.node(), NOT_THERE, true, facts().awaited(1).denied().now())))
                .isInstanceOf(Choosing.class);
        assertConcludes(
                next(new RunEvent.Denied(
                        A.node(), NOT_THERE, true, facts().denied().now())),
                Conclusion.REFUSED);
    }

    @Test
    void aReplyThatIsNotGoodEnoughIsComparedWithTheNextNodes() {
        assertThat(next(new RunEvent.ReplyKept(false, facts().kept().now()))).isInstanceOf(Choosing.class);
        assertConcludes(next(new RunEvent.ReplyKept(true, facts().kept().now())), Conclusion.BEST_KEPT);
        assertThat(next(new RunEvent.ReplyImpossible(A.node(), false, facts().now())))
                .isInstanceOf(Choosing.class);
    }

    @Test
    void aLowReplyIsGivenWhenTheBlockDoesNotCome() {
        assertThat(next(new RunEvent.LowAwaited(facts().awaited(1).kept().now())))
                .isInstanceOf(Pausing.class);
        assertThat(next(new RunEvent.LowAwaited(facts().kept().now()))).isInstanceOf(GivingLow.class);
        assertConcludes(next(new RunEvent.NothingKept(facts().now())), Conclusion.REFUSED);
    }

    private static String text(Objections objections) {
        return Refusals.unanswered("main", objections, List.of(A.node()), false, Duration.ZERO)
                .detail();
    }

    private static RunState next(RunEvent event) {
        return RunTransitions.next(START, event);
    }

    private static long pause(int before, double chance) {
        RunState state = new Planning(paused(Progress.NONE, before));
        return ((Pausing) RunTransitions.next(
                        state,
                        new RunEvent.NobodyLeft(facts().hopeful().chance(chance).now())))
                .nanos();
    }

    private static Progress paused(Progress progress, int times) {
        Progress paused = progress;
        for (int i = 0; i < times; i++) paused = paused.paused();
        return paused;
    }

    private static RunEvent failed(Move.GoOn move, Outcome outcome, boolean mayTakeLong) {
        return new RunEvent.Failed(move, A, outcome, mayTakeLong, mayTakeLong, false);
    }

    private static RunState down(RunState before) {
        return RunTransitions.next(
                before, new RunEvent.Failed(new Move.Next(Effect.NONE), A, GIVEN_UP, true, false, true));
    }

    private static void assertConcludes(RunState state, Conclusion expected) {
        RunState end = state instanceof Resting(var _, var _, var otherwise) ? otherwise : state;
        assertThat(end).isInstanceOf(Concluding.class);
        assertThat(((Concluding) end).conclusion()).isEqualTo(expected);
    }

    private static PlannedNode planned(Eligibility eligibility) {
        Method method = MethodTable.of("eth_call");
        var routes = new ChainRoutes(Fleets.of("a").chain(), new Traffic(() -> 0));
        return new PlannedNode(routes.groupOf(method.name()).all().getFirst(), eligibility);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Facts facts() {
        return new Facts(new RunFacts(
                seconds(20), 5, seconds(2), 0, 0, false, false, false, 0, false, false, false, false, false, 1));
    }
}
