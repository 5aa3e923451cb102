package dev.fairlead.data.failover;

import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.guard.Denial;
import dev.fairlead.data.guard.HeadCheck;
import dev.fairlead.data.guard.HeadGuard;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.GroupRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.submission.Effect;
import dev.fairlead.data.submission.SendResult;
import dev.fairlead.data.submission.Submission;
import dev.fairlead.data.submission.SubmissionClient;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call on its way along its plan: sends, schedules and answers as its [RunState] says. What comes after what is
/// decided by [RunTransitions], what is done after an attempt by [Move], and which nodes are asked by `Router` and
/// [NextNode]. Everything happens on the call's event loop.
final class FailoverRun implements SubmissionClient, RunConclusion.Run {
    private static final RunState START = new RunState.Planning(Progress.NONE);
    private static final RunEvent PLANNED = new RunEvent.Planned();
    private static final RunEvent CLOSED = new RunEvent.Closed();
    private static final RunEvent NODE_BEHIND = new RunEvent.NodeBehind();

    private final RoutedCall routed;
    private final CallPlan plan;
    private final CallAttempts attempts;
    private final KeptAnswers kept;
    private final CallAnswer answer;
    private RunState state = START;
    private Progress progress = Progress.NONE;
    private long now;
    private @Nullable CallWait wait;
    private @Nullable Submission submission;

    /// @param routes the chain as it is now
    FailoverRun(LoopDispatch dispatch, ChainRoutes routes, Call call, Consumer<Answer> back) {
        this.routed = new RoutedCall(dispatch, call, routes);
        this.plan = new CallPlan(routed, routes);
        this.attempts = new CallAttempts(routed);
        this.kept = new KeptAnswers(routed);
        this.answer = new CallAnswer(routed, attempts, kept, back);
    }

    void begin() {
        now = routed.dispatch.now();
        routed.chain.retries().called(routed.bounds.retryBudget());
        if (routed.kind instanceof CallKind.Lookup) routed.chain.opinions().called();
        routed.call.onAbandon(this::abandon);
        makePlan();
    }

    @Override
    public void on(RunEvent event) {
        become(RunTransitions.next(state, event));
    }

    private void become(RunState next) {
        state = next;
        progress = next.progress();
        switch (next) {
            case RunState.Planning _ -> planAnew();
            case RunState.Choosing _ -> choose();
            case RunState.Returning(var _, var planned) -> returnTo(planned);
            case RunState.Checking(var _, var planned, var trial) ->
                attempts.lookUp(planned, trial, HeadCheck.NUMBER, now, this::headTold);
            case RunState.Attempting(var _, var planned, var trial) -> attempts.ask(planned, trial, now, this::ended);
            case RunState.Queued(var _, var planned) ->
                waiting().queue(planned, now, () -> granted(planned), this::leave);
            case RunState.Pausing(var _, var nanos) -> pause(nanos);
            case RunState.Resting(var _, var nanos, var otherwise) -> {
                if (waiting().mayRest()) pause(nanos);
                else become(otherwise);
            }
            case RunState.AwaitingHead _ -> {
                kept.await(routed.floor.number(), plan.state(), now);
                on(new RunEvent.HeadAwaited(facts()));
            }
            case RunState.StandingIn _ -> conclusion().standIn();
            case RunState.GivingLow _ -> conclusion().serveLow();
            case RunState.Concluding(var _, var conclusion) -> conclusion().conclude(conclusion);
            case RunState.Refusing(var _, var refusal) -> finish(refusal);
        }
    }

    private void planAnew() {
        now = routed.dispatch.now();
        if (plan.renew()) makePlan();
        else on(new RunEvent.NoChain(Refusals.noSuchChain(routed.call.chain()), facts()));
    }

    private void makePlan() {
        GroupRoutes unfit = plan.make(kept, progress.pauses(), now);
        if (unfit != null) on(new RunEvent.NoNode(Refusals.noNode(routed.call.chain(), unfit, now), facts()));
        else on(plan.isOfSpared() ? new RunEvent.PlannedOfSpared(facts()) : PLANNED);
    }

    private void choose() {
        PlannedNode planned = plan.next(progress.objections());
        if (planned != null) {
            placed(planned);
            return;
        }
        PlannedNode full = plan.takeFull();
        on(full == null ? new RunEvent.NobodyLeft(facts()) : new RunEvent.AllFull(full));
    }

    private void placed(PlannedNode planned) {
        if (routed.left(now) > 0 && isPermitted()) {
            on(new RunEvent.PlaceTaken(planned, plan.isTrial(), isHeadAsked(planned)));
            return;
        }
        routed.dispatch.leave(planned, routed.method, plan.isTrial());
        on(new RunEvent.OutOfAttempts(planned.tier() != Tier.PANIC, facts()));
    }

    private boolean isPermitted() {
        return switch (progress.budget().permission(routed.bounds.attempts())) {
            case FREE -> true;
            case IF_AFFORDABLE -> routed.chain.retries().retry(now);
            case NONE -> false;
        };
    }

    private boolean isHeadAsked(PlannedNode planned) {
        return planned.candidate().head(now) < routed.floor.number()
                && HeadCheck.isFor(routed.method, routed.kind, routed.named)
                && !progress.takesHeads();
    }

    private void returnTo(PlannedNode planned) {
        if (plan.enter(planned).isOpen()) placed(planned);
        else on(CLOSED);
    }

    private void closed(PlannedNode planned) {
        plan.closed(planned);
        on(CLOSED);
    }

    private void granted(PlannedNode planned) {
        now = routed.dispatch.now();
        if (plan.admit(planned).isOpen()) {
            placed(planned);
            return;
        }
        routed.dispatch.leaveLine(planned);
        closed(planned);
    }

    private void leave(Refused why) {
        now = routed.dispatch.now();
        on(new RunEvent.LeftQueue(why, facts()));
    }

    /// Before the pause, a transaction that a node may have taken is looked up.
    private void pause(long nanos) {
        long until = now + nanos;
        boolean isChecked = submission != null
                && submission.checks(nanos, () -> {
                    waiting().pause(Math.max(0, until - routed.dispatch.now()), this::planAnew);
                });
        if (!isChecked) waiting().pause(nanos, this::planAnew);
    }

    /// The node that is to be asked has told its head.
    private void headTold(RunningAttempt ended, Outcome outcome) {
        if (attempts.isInVain(outcome)) return;
        PlannedNode planned = ended.planned();
        now = ended.endedAt();
        switch (kept.headOf(ended, outcome, plan.chain(), now)) {
            case REACHED -> {
                if (plan.enter(planned).isOpen()) on(new RunEvent.PlaceTaken(planned, plan.isTrial(), false));
                else closed(planned);
            }
            case BEHIND -> on(NODE_BEHIND);
            case FAILED -> {
                if (!(outcome instanceof Outcome.NotSent)) routed.call.attempted();
                goOn(new Move.Next(Effect.NONE), ended, outcome);
            }
        }
    }

    private void ended(RunningAttempt ended, Outcome told) {
        if (attempts.isInVain(told)) return;
        now = ended.endedAt();
        CallKind kind = routed.kind;
        Outcome outcome = routed.isSubmission ? SendResult.read(kind, routed.call.request(), told) : told;
        if (outcome instanceof Outcome.NotSent) routed.call.unreached();
        boolean isContested = Denial.isDenied(routed.method, kind, outcome)
                && kept.contests(outcome, ended.planned(), plan.upcoming(), plan.state(), now);
        if (isContested) denied(ended, outcome);
        else obey(Move.after(kind, outcome, progress.isReconnected()), ended, outcome);
    }

    private void denied(RunningAttempt ended, Outcome outcome) {
        PlannedNode planned = ended.planned();
        kept.keep(ended, outcome);
        plan.objected(planned, ObjectionRules.mayPass(outcome, true));
        on(new RunEvent.Denied(planned.node(), outcome, plan.upcoming() == null, facts()));
    }

    private void obey(Move move, RunningAttempt ended, Outcome outcome) {
        switch (move) {
            case Move.Give(var reply) -> {
                routed.call.answeredAt(now);
                noteAndServe(ended, reply);
                if (routed.isSubmission && reply.error() == null) answer.accepted(plan.routes(), ended);
            }
            case Move.Weigh(var reply) -> {
                switch (kept.guard().weigh(ended, reply, plan.chain(), now)) {
                    case GOOD -> answer.serve(ended, reply);
                    case ENOUGH -> conclusion().serveBestKept();
                    case KEPT -> on(new RunEvent.ReplyKept(isLast(), facts()));
                    case IMPOSSIBLE ->
                        on(new RunEvent.ReplyImpossible(ended.node().id(), isLast(), facts()));
                }
            }
            case Move.Accepted(var hash) -> {
                routed.call.servedBy(ended.node().id());
                submission().accepted(hash, ended.node().id());
                answer.accepted(plan.routes(), ended);
            }
            case Move.LookUp(var hash, var objection) -> submission().objected(hash, ended, objection);
            case Move.PassOn(var error) -> answer.pass(ended.node().id(), error);
            case Move.Stop(var cameBack) -> submission().uncertain(cameBack);
            case Move.GoOn on -> goOn(on, ended, outcome);
        }
    }

    private void goOn(Move.GoOn move, RunningAttempt ended, Outcome outcome) {
        PlannedNode planned = ended.planned();
        if (move.effect() != Effect.NONE) submission().attempted(planned.node(), move.effect(), outcome);
        switch (move) {
            case Move.Again _ -> {}
            case Move.Elsewhere _ -> plan.objected(planned, ObjectionRules.mayPass(outcome, true));
            case Move.Next _ -> {
                plan.objected(planned, ObjectionRules.mayPass(outcome, kept.isBlockThere(plan.state(), now)));
                attempts.failed(ended);
            }
        }
        if (ended.isNodeDown()) routed.call.nodeWasDown();
        boolean mayTakeLong = routed.method.mayTakeLong();
        on(new RunEvent.Failed(move, planned, outcome, mayTakeLong, ended.ranOutOfTime(), ended.isNodeDown()));
    }

    /// For a count it is enough to ask the nodes that are fit to serve.
    private boolean isLast() {
        return routed.kind instanceof CallKind.PendingCount && plan.upcoming() == null;
    }

    @Override
    public void noteAndServe(RunningAttempt from, Reply reply) {
        if (submission != null) submission.discard();
        if (reply.error() == null) answer.noteShown(plan.routes(), from, reply);
        answer.serve(from, reply);
    }

    @Override
    public void finish(Answer last) {
        if (submission != null) submission.discard();
        answer.finish(last);
    }

    @Override
    public Submission submission() {
        if (submission == null) {
            submission = new Submission(routed.dispatch, routed.call, routed.kind, routed.floor, this);
        }
        return submission;
    }

    private CallWait waiting() {
        if (wait == null) wait = new CallWait(routed);
        return wait;
    }

    private RunConclusion conclusion() {
        return new RunConclusion(this, routed, plan, attempts, kept, answer);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public RunFacts facts() {
        now = routed.dispatch.now();
        HeadGuard heads = kept.headGuard();
        return new RunFacts(
                routed.left(now),
                routed.bounds.attempts(),
                routed.bounds.queueTime().toNanos(),
                plan.rest(now),
                plan.planWait(now),
                plan.isHopeful(),
                plan.isRated(),
                kept.isBlockAwaited(now),
                kept.blockPause(),
                heads != null && heads.mayStandIn(),
                kept.hasKept(),
                kept.isDenied(),
                submission != null,
                submission != null && submission.isMaybeDone(),
                ThreadLocalRandom.current().nextDouble());
    }

    /// The client went away.
    private void abandon() {
        attempts.cancel();
        if (wait != null) wait.cancel();
        if (submission != null) submission.cancel();
        if (submission != null) submission.discard();
        kept.discard();
    }
}
