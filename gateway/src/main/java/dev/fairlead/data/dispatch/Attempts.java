package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.call.Call;
import java.time.Duration;
import java.util.function.BiConsumer;

/// Makes attempts on one event loop, and keeps what this gateway knows of the nodes up to date with how they end.
final class Attempts {
    private final Upstream upstream;
    private final Traffic traffic;
    private final Ejections ejections;
    private final Events events;
    private final SlowFlights slow;

    Attempts(Upstream upstream, Traffic traffic, Ejections ejections, Events events, SlowFlights slow) {
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
    Flight start(
            Call call,
            Candidate candidate,
            Request request,
            boolean trial,
            Method method,
            long now,
            Duration timeout,
            BiConsumer<Flight, Outcome> ended) {
        var flight = new Flight(this, call, candidate, request, trial, method, now, timeout, ended);
        flight.start();
        if (method.mayTakeLong()) slow.watch(flight);
        return flight;
    }

    SlowFlights slow() {
        return slow;
    }

    Upstream upstream() {
        return upstream;
    }

    Traffic traffic() {
        return traffic;
    }

    Ejections ejections() {
        return ejections;
    }

    Events events() {
        return events;
    }
}
