package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Traffic;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Supplier;

/// The last stages of a call's way, made anew for each event loop over what all loops share.
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
    public List<Stage> stages(EventLoop loop, Upstream upstream) {
        var attempts = new Attempts(
                upstream,
                traffic,
                ejections,
                events,
                new SlowAttempts(loop, fleet, traffic, events, new HangWatch(fleet, traffic, ejections)));
        var dispatch = new LoopDispatch(loop, fleet, traffic, attempts, config, events);
        return List.of(new MethodGate(dispatch), new ChainConstants(fleet), new Failover(dispatch));
    }
}
