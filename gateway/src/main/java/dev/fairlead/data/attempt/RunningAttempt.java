package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.telemetry.Events.AttemptEnded;
import dev.fairlead.core.upstream.Upstream.Attempt;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.load.FailureClass;
import dev.fairlead.data.load.FailureWindow;
import dev.fairlead.data.load.NodeQueue;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.routing.Candidate;
import dev.fairlead.data.routing.PlannedNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt under way. When it ends, first its place is given back, the node's record is brought up to date
/// and the event is told; only then the outcome goes to the caller.
public final class RunningAttempt implements Consumer<Outcome>, WatchedAttempt.SlowAttempt {
    private final Attempts attempts;
    private final Call call;
    private final PlannedNode planned;
    private final Node target;
    private final NodeTraffic node;
    private final Request request;
    private final boolean trial;
    private final Method method;
    private final boolean isHeavy;
    private final boolean mayTakeLong;
    private final Duration timeout;
    private final BiConsumer<RunningAttempt, Outcome> ended;
    private final int number;
    private final long startedAt;
    private long endedAt;
    private @Nullable Attempt attempt;
    private @Nullable WatchedAttempt watched;
    private boolean over;
    private @Nullable String blame;
    private boolean givenUp;
    private boolean isNodeDown;
    private boolean ranOutOfTime;

    private RunningAttempt(
            Attempts attempts,
            Call call,
            PlannedNode planned,
            Request request,
            boolean trial,
            Method method,
            long now,
            Duration timeout,
            BiConsumer<RunningAttempt, Outcome> ended) {
        this.attempts = attempts;
        this.call = call;
        this.planned = planned;
        Candidate candidate = planned.candidate();
        this.target = candidate.node();
        this.node = candidate.load();
        this.request = request;
        this.trial = trial;
        this.method = method;
        this.isHeavy = method.heavy();
        this.mayTakeLong = method.mayTakeLong();
        this.timeout = timeout;
        this.ended = ended;
        this.number = call.nextQuestion();
        this.startedAt = now;
    }

    /// Starts an attempt for which a place was taken; the place is given back when it ends.
    ///
    /// @param trial whether it shows if an ejected node works again
    /// @param method of the request
    /// @param ended called exactly once unless the attempt is cancelled, possibly before this method returns
    public static RunningAttempt start(
            Attempts attempts,
            Call call,
            PlannedNode planned,
            Request request,
            boolean trial,
            Method method,
            long now,
            Duration timeout,
            BiConsumer<RunningAttempt, Outcome> ended) {
        var attempt = new RunningAttempt(attempts, call, planned, request, trial, method, now, timeout, ended);
        attempt.start();
        return attempt;
    }

    private void start() {
        if (!isHeavy) node.quickBegan(startedAt);
        if (mayTakeLong) node.places().slowBegan();
        Client client = call.client();
        Attempt started =
                attempts.upstream.attempt(target, request, client.peer(), client.past(), startedAt, timeout, this);
        if (over) return;
        attempt = started;
        if (mayTakeLong) watched = attempts.slow.watch(this);
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public boolean isTrial() {
        return trial;
    }

    @Override
    public long startedAt() {
        return startedAt;
    }

    public PlannedNode planned() {
        return planned;
    }

    public Candidate candidate() {
        return planned.candidate();
    }

    @Override
    public NodeTraffic node() {
        return node;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    /// When its outcome came.
    public long endedAt() {
        return endedAt;
    }

    /// Whether its time was over before the node had answered.
    public boolean ranOutOfTime() {
        return ranOutOfTime;
    }

    /// Whether it ended because health or other calls found its node dead or hanging.
    public boolean isNodeDown() {
        return isNodeDown;
    }

    /// Whether it failed in a way that may be the call's fault as well as the node's.
    public boolean isDoubtful() {
        return blame != null;
    }

    /// Stops the attempt, since its client went away; its outcome will not be told.
    public void cancel() {
        if (over) return;
        end();
        if (attempt != null) attempt.cancel();
        long now = attempts.traffic.now();
        if (watched != null && watched.hangs()) node.givenUp(service());
        else if (isWaitedForInVain(now)) node.hangs(service());
        if (trial) node.changeEjection(state -> state.untried(now));
        tell("unanswered", "abandoned", 0, null, "the client went away", now);
    }

    /// Whether the client that goes away has waited so long that the node may be the reason.
    private boolean isWaitedForInVain(long now) {
        return !trial && service() != Service.BASIC && now - startedAt > WatchedAttempt.SILENT.toNanos();
    }

    @Override
    public void giveUp(String cause) {
        blame = cause;
        stopWaiting();
    }

    @Override
    public void giveUp() {
        isNodeDown = true;
        stopWaiting();
    }

    private void stopWaiting() {
        givenUp = true;
        if (attempt != null) attempt.cancel();
        accept(new Outcome.Unanswered(
                NoAnswerReason.UNREACHED, "given up: the node failed others, or left them waiting"));
    }

    /// Another node answered the call that this one failed: the node was at fault, not the call.
    public void blameUnless(RunningAttempt answered) {
        if (blame == null || answered.node == node) return;
        long took = attempts.traffic.now() - answered.startedAt;
        boolean quick = took <= attempts.ejections.patience();
        if (isLost() && quick) attempts.ejections.lost(node, service(), blame);
        else if (!givenUp) attempts.ejections.wentBad(node, service(), weight(), blame, startedAt);
    }

    /// Whether its node let it wait for all of its time; not asked of calls for heads and blocks, by which
    /// nodes are judged otherwise.
    private boolean isLost() {
        return (givenUp || ranOutOfTime) && service() != Service.BASIC;
    }

    private int weight() {
        return ranOutOfTime && mayTakeLong ? FailureWindow.LONG_LOST : 1;
    }

    private Service service() {
        return method.service();
    }

    @Override
    public void accept(Outcome outcome) {
        if (over) {
            if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
            return;
        }
        end();
        long now = attempts.traffic.now();
        endedAt = now;
        switch (outcome) {
            case Outcome.Answered(var reply) -> {
                answered(now);
                if (reply.rest() != null) reply.rest().onFault(this::endedMidway);
                tell("answered", null, 200, reply.error(), null, now);
            }
            case Outcome.Declined declined -> {
                declined(declined, now);
                tell("declined", word(declined.meaning()), declined.status(), declined.error(), declined.cause(), now);
            }
            case Outcome.NotSent(var reason, var cause) -> {
                failed(FailureClass.of(reason, timedOut(now), node.spokeSince(startedAt)), "not-sent", cause, now);
            }
            case Outcome.Unanswered(var reason, var cause) -> {
                if (!mayTakeLong) node.took(now - startedAt, now);
                boolean alive = mayTakeLong || node.spokeSince(startedAt);
                ranOutOfTime = timedOut(now);
                failed(failureClass(reason, alive), "unanswered", cause, now);
            }
        }
        ended.accept(this, outcome);
    }

    private void end() {
        over = true;
        NodeQueue places = node.places();
        if (!isHeavy) node.quickEnded();
        if (mayTakeLong) places.slowEnded();
        if (watched != null) attempts.slow.over(watched);
        places.leave(target.capacity());
    }

    /// The client has a part of the reply: no other node can answer it any more.
    private void endedMidway(String cause) {
        attempts.ejections.wentBad(node, service(), FailureWindow.LONG_LOST, cause, startedAt);
    }

    private void answered(long now) {
        node.spoke(now);
        if (!isHeavy) node.took(now - startedAt, now);
        node.offers(request.method());
        attempts.ejections.answered(node, method.service(), startedAt);
    }

    /// The node is alive.
    private void declined(Outcome.Declined declined, long now) {
        node.spoke(now);
        DeclinedEffect effect = DeclinedEffect.of(declined);
        if (effect.spared().isPositive()) node.spare(effect.spared().toNanos(), now);
        if (effect.lacking().isPositive())
            node.lacking(request.method(), effect.lacking().toNanos(), now);
        if (effect.offers()) node.offers(request.method());
        switch (effect.shows()) {
            case WORKS -> attempts.ejections.answered(node, method.service(), startedAt);
            case DOUBT -> doubtful(declined.cause());
            case NOTHING -> untried(now);
            case LOOP -> leadsBack(declined.cause(), now);
        }
    }

    /// A call that came from another gateway may lead back to that one: it does not count against the node.
    private void leadsBack(String cause, long now) {
        untried(now);
        if (call.client().past() == null) attempts.ejections.leadsBack(node, cause);
    }

    /// The attempt did not show whether the node works again.
    private void untried(long now) {
        if (trial) node.changeEjection(state -> state.untried(now));
    }

    private void failed(FailureClass failure, String outcome, String cause, long now) {
        switch (failure.blame()) {
            case NONE -> untried(now);
            case DOUBTFUL -> doubtful(cause);
            case CONDEMNED -> attempts.ejections.failed(node, cause, startedAt);
        }
        tell(outcome, failure.label(), 0, null, cause, now);
    }

    /// It may be the node's fault or the call's: held against the node when another one answers the call.
    private void doubtful(String cause) {
        blame = cause;
        if (!trial) return;
        if (method.service() == Service.BASIC || ranOutOfTime) attempts.ejections.failed(node, cause, startedAt);
        else untried(attempts.traffic.now());
    }

    private FailureClass failureClass(NoAnswerReason reason, boolean alive) {
        return givenUp ? FailureClass.GIVEN_UP : FailureClass.of(reason, ranOutOfTime, alive);
    }

    private boolean timedOut(long now) {
        return now - startedAt >= timeout.toNanos() * 9 / 10;
    }

    @Override
    public void reportSilent(Duration length) {
        attempts.ejections.silent(node, "a call has waited for " + length.toSeconds() + " s");
    }

    private void tell(
            String outcome,
            @Nullable String reason,
            int status,
            @Nullable RpcError error,
            @Nullable String cause,
            long now) {
        attempts.events.attemptEnded(new AttemptEnded(
                call.serial(),
                node.id(),
                request.method(),
                number,
                outcome,
                reason,
                status,
                error == null ? 0 : error.code(),
                error == null ? cause : error.message(),
                now - startedAt));
    }

    private static String word(ErrorMeaning meaning) {
        return meaning.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
