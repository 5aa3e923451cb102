package dev.fairlead.data.attempt;

import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Traffic;

/// What the attempts of one event loop need: the way to the nodes, and who is told how they end.
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
}
