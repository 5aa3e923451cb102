package dev.fairlead.data.attempt;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.load.Traffic;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The slow attempts of one event loop, checked now and then: a slow node is not a dead one, but waiting for a
/// dead node is of no use. One timer serves them all, so that a call that turns out to be quick costs next to
/// nothing.
public final class SlowAttempts {
    private static final long BETWEEN = Duration.ofMillis(500).toNanos();

    private final EventLoop loop;
    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final Events events;
    private final HangWatch hanging;
    private final List<WatchedAttempt> underWay = new ArrayList<>();
    private boolean ticking;

    public SlowAttempts(EventLoop loop, Board<Fleet> fleet, Traffic traffic, Events events, HangWatch hanging) {
        this.loop = loop;
        this.fleet = fleet;
        this.traffic = traffic;
        this.events = events;
        this.hanging = hanging;
    }

    WatchedAttempt watch(WatchedAttempt.SlowAttempt attempt) {
        var watched = new WatchedAttempt(attempt, underWay.size());
        underWay.add(watched);
        if (!ticking) loop.schedule(this::tick, BETWEEN, TimeUnit.NANOSECONDS);
        ticking = true;
        return watched;
    }

    /// The last attempt takes the place of the one that has ended.
    void over(WatchedAttempt attempt) {
        WatchedAttempt last = underWay.removeLast();
        if (attempt.index() == underWay.size()) return;
        underWay.set(attempt.index(), last);
        last.index(attempt.index());
    }

    /// A fault with one of them must not stop the timer.
    private void tick() {
        try {
            look();
        } catch (RuntimeException | Error fault) {
            events.fault(Part.DISPATCH, "calls that take long could not be looked at", fault);
        } finally {
            ticking = !underWay.isEmpty() || !hanging.isIdle();
            if (ticking) loop.schedule(this::tick, BETWEEN, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long now = traffic.now();
        hanging.look(underWay, now);
        for (WatchedAttempt attempt : List.copyOf(underWay)) {
            NodeState state = fleet.now().node(attempt.node().id());
            boolean unreachable = state != null && !state.verdict().reachable();
            attempt.look(unreachable, now);
        }
    }
}
