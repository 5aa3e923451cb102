package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.eth.Service;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.telemetry.Events.AttemptEnded;
import dev.fairlead.core.upstream.Upstream.Attempt;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.FailureClass;
import dev.fairlead.data.load.FailureWindow;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.routing.Candidate;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt under way. When it ends: the place is given back, the node's record is brought up to date, the events
/// are told, and only then whoever waits for the outcome.
public final class RunningAttempt implements Consumer<Outcome> {
    private static final Duration SILENT = Duration.ofSeconds(1);
    private static final Duration SPARED = Duration.ofSeconds(1);
    private static final Duration SPARED_UNAUTHORIZED = Duration.ofSeconds(10);
    private static final Duration SPARED_AT_MOST = Duration.ofSeconds(60);
    private static final Duration LACKING = Duration.ofMinutes(10);
    private static final Duration LACKING_SO_FAR = Duration.ofSeconds(30);

    private final Attempts attempts;
    private final Call call;
    private final Candidate candidate;
    private final NodeTraffic node;
    private final Request request;
    private final boolean trial;
    private final Method method;
    private final Duration timeout;
    private final BiConsumer<RunningAttempt, Outcome> ended;
    private final int number;
    private final long startedAt;
    private long endedAt;
    private @Nullable Attempt attempt;
    private boolean over;
    private @Nullable String blame;
    private int watchedAt = -1;
    private boolean suspected;
    private boolean hangs;
    private boolean givenUp;
    private boolean ranOutOfTime;

    RunningAttempt(
            Attempts attempts,
            Call call,
            Candidate candidate,
            Request request,
            boolean trial,
            Method method,
            long now,
            Duration timeout,
            BiConsumer<RunningAttempt, Outcome> ended) {
        this.attempts = attempts;
        this.call = call;
        this.candidate = candidate;
        this.node = candidate.load();
        this.request = request;
        this.trial = trial;
        this.method = method;
        this.timeout = timeout;
        this.ended = ended;
        this.number = call.nextQuestion();
        this.startedAt = now;
    }

    void start() {
        if (!method.heavy()) node.quickBegan(startedAt);
        if (method.mayTakeLong()) node.places().slowBegan();
        Attempt started = attempts.upstream()
                .attempt(
                        candidate.node(),
                        request,
                        call.client().peer(),
                        call.client().past(),
                        startedAt,
                        timeout,
                        this);
        if (!over) attempt = started;
    }

    public Candidate candidate() {
        return candidate;
    }

    public NodeTraffic node() {
        return node;
    }

    public boolean isOver() {
        return over;
    }

    /// When its outcome came.
    public long endedAt() {
        return endedAt;
    }

    /// Gives up on the attempt; its outcome will not be told.
    public void cancel() {
        if (over) return;
        end();
        if (attempt != null) attempt.cancel();
        long now = attempts.traffic().now();
        if (hangs) node.givenUp(service());
        else if (isWaitedForInVain(now)) node.hangs(service());
        if (trial) node.move(state -> state.untried(now));
        tell("unanswered", "abandoned", 0, null, "the client went away", now);
    }

    /// Where it stands among those that are looked at.
    void watchedAt(int place) {
        watchedAt = place;
    }

    /// Looks at the node while it may be at work: when nothing at all has come from it, health is told; when it turned
    /// out to be dead, it is not waited for.
    void look(boolean unreachable, long now) {
        if (over) return;
        if (unreachable || wasEjected() || isLeftHanging(now)) {
            giveUp();
        } else if (!suspected && now - startedAt > SILENT.toNanos() && !node.spokeSince(startedAt)) {
            suspected = true;
            attempts.ejections().silent(node, "a call has waited for " + SILENT.toSeconds() + " s");
        }
    }

    Service service() {
        return method.service();
    }

    boolean hangs() {
        return hangs;
    }

    /// Whether it has waited for long and its node, as far as can be told, answers no such calls at the moment.
    ///
    /// @param patience how long is long; a second where calls of this kind hung lately
    boolean hangs(long now, long patience) {
        if (over || trial || service() == Service.BASIC) return false;
        FailureWindow past = node.past(service());
        boolean wary = past.level() > 0 || past.isHanging();
        long longest = wary ? Math.min(patience, SILENT.toNanos()) : patience;
        if (now - startedAt <= longest) return false;
        if (!hangs) node.hangs(service());
        hangs = true;
        return true;
    }

    /// Whether it is something that the EVM runs, and has waited for longer than that.
    boolean runsTooLong(long now, long longest) {
        return service() == Service.EXECUTION && now - startedAt > longest;
    }

    /// Whether another node may be asked although this one may be at work: once for a call, or none would get its time.
    boolean mayMove() {
        return isRepeatable() && call.attempts() <= 1;
    }

    /// Whether its client gives up after so long that it is no mere change of mind.
    private boolean isWaitedForInVain(long now) {
        return !trial && service() != Service.BASIC && now - startedAt > SILENT.toNanos();
    }

    private boolean isRepeatable() {
        return method.repeatable();
    }

    /// Gives up on its node for the moment: the call goes on to another one.
    void letAnotherTry() {
        if (over) return;
        blame = "a call hung";
        giveUp();
    }

    private boolean isLeftHanging(long now) {
        return hangs && isRepeatable() && node.fails(service(), now);
    }

    private boolean wasEjected() {
        return !trial && node.state() instanceof EjectionState.Out out && out.at() - startedAt > 0;
    }

    private void giveUp() {
        givenUp = true;
        if (attempt != null) attempt.cancel();
        accept(new Outcome.Unanswered(
                NoAnswerReason.UNREACHED, "given up: the node failed others, or left them waiting"));
    }

    /// Whether its time was over before the node had answered.
    public boolean ranOutOfTime() {
        return ranOutOfTime;
    }

    /// Whether it failed in a way that may be the call's fault as well as the node's.
    public boolean isDoubtful() {
        return blame != null;
    }

    /// Another node answered the call that this one failed, so it was the node and not the call.
    public void blameUnless(RunningAttempt answered) {
        if (blame == null || answered.node == node) return;
        long took = attempts.traffic().now() - answered.startedAt;
        boolean quick = took <= attempts.ejections().patience();
        if (isLost() && quick) attempts.ejections().lost(node, service(), blame);
        else if (!givenUp) attempts.ejections().wentBad(node, service(), weight(), blame, startedAt);
    }

    /// Whether its node let it wait for all that time, and is not judged by its heads and blocks.
    private boolean isLost() {
        return (givenUp || ranOutOfTime) && service() != Service.BASIC;
    }

    private int weight() {
        return ranOutOfTime && method.mayTakeLong() ? FailureWindow.LONG_LOST : 1;
    }

    @Override
    public void accept(Outcome outcome) {
        if (over) {
            if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
            return;
        }
        end();
        long now = attempts.traffic().now();
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
                if (!method.mayTakeLong()) node.took(now - startedAt, now);
                boolean alive = method.mayTakeLong() || node.spokeSince(startedAt);
                ranOutOfTime = timedOut(now);
                failed(trouble(reason, alive), "unanswered", cause, now);
            }
        }
        ended.accept(this, outcome);
    }

    private void end() {
        over = true;
        if (!method.heavy()) node.quickEnded();
        if (method.mayTakeLong()) node.places().slowEnded();
        if (watchedAt >= 0) attempts.slow().over(watchedAt);
        node.places().leave(candidate.node().capacity());
    }

    /// The client has a part of the reply: no other node can answer it any more.
    private void endedMidway(String cause) {
        attempts.ejections().wentBad(node, service(), FailureWindow.LONG_LOST, cause, startedAt);
    }

    private void answered(long now) {
        node.spoke(now);
        if (!method.heavy()) node.took(now - startedAt, now);
        node.offers(request.method());
        attempts.ejections().answered(node, method.service(), startedAt);
    }

    /// The node is alive; what it declined decides how it is used from now on.
    private void declined(Outcome.Declined declined, long now) {
        node.spoke(now);
        switch (declined.meaning()) {
            case INTERNAL, OVERLOADED -> {
                if (declined.retryAfter().isPositive()) spare(declined.retryAfter(), now);
                doubtful(declined.cause());
                return;
            }
            case RATE_LIMITED -> spare(declined.retryAfter().isPositive() ? declined.retryAfter() : SPARED, now);
            case UNAUTHORIZED -> spare(SPARED_UNAUTHORIZED, now);
            case UNSUPPORTED -> {
                if (declined.error() == null) {
                    speaksNoJson(now);
                    return;
                }
                if (declined.proof() == Proof.NOT_OFFERED) node.lacking(request.method(), LACKING.toNanos(), now);
            }
            case LOOP -> {
                leadsBack(declined.cause(), now);
                return;
            }
            case PRUNED, HEAD_NOT_THERE, RANGE_CAPPED -> node.offers(request.method());
            case CALLERS, UNCLEAR -> {}
        }
        attempts.ejections().answered(node, method.service(), startedAt);
    }

    /// HTTP 404 or 405: a wrong path, or a proxy whose node is away for a while. It does not show that the node works.
    private void speaksNoJson(long now) {
        node.lacking(request.method(), LACKING_SO_FAR.toNanos(), now);
        if (trial) node.move(state -> state.untried(now));
    }

    /// A call that came from another gateway may lead back to that one: the node is none of ours to judge by it.
    private void leadsBack(String cause, long now) {
        if (trial) node.move(state -> state.untried(now));
        if (call.client().past() == null) attempts.ejections().leadsBack(node, cause);
    }

    private void failed(FailureClass failure, String outcome, String cause, long now) {
        switch (failure.blame()) {
            case NONE -> {
                if (trial) node.move(state -> state.untried(now));
            }
            case DOUBTFUL -> doubtful(cause);
            case CONDEMNED -> attempts.ejections().failed(node, cause, startedAt);
        }
        tell(outcome, failure.label(), 0, null, cause, now);
    }

    /// It may be the node's fault or the call's: held against the node when another one answers the call.
    private void doubtful(String cause) {
        blame = cause;
        if (!trial) return;
        long now = attempts.traffic().now();
        if (method.service() == Service.BASIC || ranOutOfTime)
            attempts.ejections().failed(node, cause, startedAt);
        else node.move(state -> state.untried(now));
    }

    private FailureClass trouble(NoAnswerReason reason, boolean alive) {
        return givenUp ? FailureClass.GIVEN_UP : FailureClass.of(reason, ranOutOfTime, alive);
    }

    private boolean timedOut(long now) {
        return now - startedAt >= timeout.toNanos() * 9 / 10;
    }

    private void spare(Duration asked, long now) {
        Duration bounded = asked.compareTo(SPARED_AT_MOST) < 0 ? asked : SPARED_AT_MOST;
        node.spare(bounded.toNanos(), now);
    }

    private void tell(
            String outcome,
            @Nullable String reason,
            int status,
            @Nullable RpcError error,
            @Nullable String cause,
            long now) {
        attempts.events()
                .attemptEnded(new AttemptEnded(
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
