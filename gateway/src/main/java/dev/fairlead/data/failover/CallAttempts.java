package dev.fairlead.data.failover;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.PlannedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The attempts of one call, one at a time: each gets the time that the call has left for it, and those that failed are
/// held against their nodes once another one answers.
final class CallAttempts {
    private final RoutedCall routed;
    private @Nullable RunningAttempt current;
    private @Nullable List<RunningAttempt> doubtful;

    CallAttempts(RoutedCall routed) {
        this.routed = routed;
    }

    /// Asks a node, at which a place was taken, what the call asks.
    ///
    /// @param ended told of its end; to ask [#isInVain] first
    void ask(PlannedNode planned, boolean trial, long now, BiConsumer<RunningAttempt, Outcome> ended) {
        routed.call.attempted();
        start(planned, trial, routed.call.request(), routed.method, now, ended);
    }

    /// As [#ask], for a question that the gateway asks for the call's sake.
    void lookUp(
            PlannedNode planned, boolean trial, Request request, long now, BiConsumer<RunningAttempt, Outcome> ended) {
        routed.call.lookedUp();
        start(planned, trial, request, MethodTable.of(request.method()), now, ended);
    }

    /// The attempt under way is no longer needed. A submission may finish, because it may be on the chain
    /// already.
    void cancel() {
        if (current != null && !routed.isSubmission) current.cancel();
    }

    /// Whether that outcome is no longer wanted because the client went away; then its reply is discarded.
    boolean isInVain(Outcome outcome) {
        if (!routed.call.isAbandoned()) return false;
        if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
        return true;
    }

    void failed(RunningAttempt attempt) {
        if (!attempt.isDoubtful()) return;
        if (doubtful == null) doubtful = new ArrayList<>(2);
        doubtful.add(attempt);
    }

    void answered(RunningAttempt attempt) {
        if (doubtful != null) doubtful.forEach(failed -> failed.blameUnless(attempt));
    }

    private void start(
            PlannedNode planned,
            boolean trial,
            Request request,
            Method asked,
            long now,
            BiConsumer<RunningAttempt, Outcome> ended) {
        var started = RunningAttempt.start(
                routed.dispatch.attempts(),
                routed.call,
                planned,
                request,
                trial,
                asked,
                now,
                timeout(asked, trial, now),
                ended);
        if (!started.isOver()) current = started;
    }

    private Duration timeout(Method asked, boolean trial, long now) {
        boolean isPatient = !trial && (asked.mayTakeLong() || routed.kind instanceof CallKind.Once);
        Duration usual = isPatient ? routed.bounds.slowAttempt() : routed.bounds.attempt();
        return AttemptTimeout.of(usual, routed.left(now), routed.method.repeatable());
    }
}
