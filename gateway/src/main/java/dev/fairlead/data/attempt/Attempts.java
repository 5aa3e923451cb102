package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.PlannedNode;
import java.time.Duration;
import java.util.function.BiConsumer;

/// Makes attempts on one event loop, and keeps what this gateway knows of the nodes up to date with how they end.
public final class Attempts {
    final Upstream upstream;
    final Traffic traffic;
    final Ejections ejections;
    final Events events;
    final SlowAttempts slow;

    public Attempts(Upstream upstream, Traffic traffic, Ejections ejections, Events events, SlowAttempts slow) {
        this.upstream = upstream;
        this.traffic = traffic;
        this.ejections = ejections;
        this.events = events;
        this.slow = slow;
    }

    /// Starts an attempt for which a place was taken; the place is given back when it ends.
    ///
    /// @param trial whether it shows if an ejected node works again
    /// @param method of the request
    /// @param ended called exactly once unless the flight is cancelled, possibly before this method returns
    public RunningAttempt start(
            Call call,
            PlannedNode planned,
            Request request,
            boolean trial,
            Method method,
            long now,
            Duration timeout,
            BiConsumer<RunningAttempt, Outcome> ended) {
        var attempt = new RunningAttempt(this, call, planned, request, trial, method, now, timeout, ended);
        attempt.start();
        return attempt;
    }
}
