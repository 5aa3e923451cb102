package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.attempt.Attempts;
import dev.fairlead.data.attempt.HangWatch;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.SlowAttempts;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Traffic;
import io.netty.channel.EventLoop;
import java.util.function.Supplier;

/// What the calls of all event loops share; each loop has its [LoopDispatch] over it.
public final class Dispatch {
    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final Ejections ejections;
    private final Supplier<DispatchConfig> config;
    private final Events events;

    public Dispatch(
            Board<Fleet> fleet, Traffic traffic, Ejections ejections, Supplier<DispatchConfig> config, Events events) {
        this.fleet = fleet;
        this.traffic = traffic;
        this.ejections = ejections;
        this.config = config;
        this.events = events;
    }

    /// @param upstream the nodes as `loop` sees them
    public LoopDispatch on(EventLoop loop, Upstream upstream) {
        var attempts = new Attempts(
                upstream,
                traffic,
                ejections,
                events,
                new SlowAttempts(loop, fleet, traffic, events, new HangWatch(fleet, traffic, ejections)));
        return new LoopDispatch(loop, fleet, traffic, attempts, config, events);
    }
}
