package dev.fairlead.data.dispatch;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.telemetry.Events;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the calls of one event loop share: the loop's rosters and turns, and the way to everything that all loops
/// share.
final class Lane {
    private final EventLoop loop;
    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final Attempts attempts;
    private final Supplier<DispatchConfig> config;
    private final Events events;
    private final Faults faults;
    private final Sighting sighting = new Sighting();
    private final Map<String, Roster> rosters = new HashMap<>();
    private Fleet lastFleet = Fleet.EMPTY;
    private @Nullable Roster last;

    Lane(
            EventLoop loop,
            Board<Fleet> fleet,
            Traffic traffic,
            Attempts attempts,
            Supplier<DispatchConfig> config,
            Events events) {
        this.loop = loop;
        this.fleet = fleet;
        this.traffic = traffic;
        this.attempts = attempts;
        this.config = config;
        this.events = events;
        this.faults = events::fault;
    }

    EventLoop loop() {
        return loop;
    }

    Traffic traffic() {
        return traffic;
    }

    Attempts attempts() {
        return attempts;
    }

    DispatchConfig config() {
        return config.get();
    }

    Events events() {
        return events;
    }

    Sighting sighting() {
        return sighting;
    }

    long now() {
        return traffic.now();
    }

    ScheduledFuture<?> later(Runnable task, long nanos) {
        Runnable guarded = faults.guarded(Part.DISPATCH, "what a call was to do later failed", task);
        return loop.schedule(guarded, nanos, TimeUnit.NANOSECONDS);
    }

    /// Prepared once for each Fleet, and read by every call until the next one. Null for a chain that is not there.
    @SuppressWarnings("ReferenceEquality") // the very same Fleet is nearly always asked of again
    @Nullable
    Roster roster(String chain) {
        Fleet present = fleet.now();
        Roster roster = last;
        if (present != lastFleet || roster == null || !roster.isOf(chain)) roster = roster(present, chain);
        lastFleet = present;
        last = roster;
        return roster;
    }

    private @Nullable Roster roster(Fleet present, String chain) {
        ChainState state = present.chain(chain);
        if (state == null) {
            rosters.remove(chain);
            return null;
        }
        Roster roster = rosters.get(chain);
        if (roster != null && roster.isOf(state)) return roster;
        var fresh = new Roster(state, traffic);
        if (roster != null) fresh.continueTurns(roster);
        rosters.put(chain, fresh);
        return fresh;
    }

    /// The router's word on a call, and the events told of it.
    Routing plan(Roster roster, Ask ask, long now) {
        Seats seats = roster.seats(ask.method().name());
        Routing routing = Router.plan(seats, ask, now, seats.nextTurn());
        if (!seats.eligible().isEmpty()) seats.mode().is(routing.mode(), events);
        return routing;
    }

    /// Takes a place at the node of a step, unless that is not to be had now.
    ///
    /// @param isSlow whether the call may take long
    Entry enter(Step step, Chain chain, boolean isSlow) {
        NodeTraffic node = step.candidate().load();
        int capacity = step.candidate().node().capacity();
        if (!node.places().enter(capacity, isSlow)) return Entry.FULL;
        Entry entry = admit(step, chain);
        if (entry == Entry.CLOSED || entry == Entry.RATED) node.places().leave(capacity);
        return entry;
    }

    /// As [#enter], for a call that waited in line and has its place already, which is the caller's to give back.
    Entry admit(Step step, Chain chain) {
        boolean lastResort = step.candidate().tier() == Tier.LAST_RESORT;
        if (lastResort && !traffic.chain(chain.name()).leaders().take(chain.leaderRate(), now())) return Entry.RATED;
        if (step.place() == Place.EJECTED) return Entry.OPEN;
        NodeTraffic node = step.candidate().load();
        return switch (node.standing()) {
            case Standing.In _ -> Entry.OPEN;
            case Standing.Trial _ -> Entry.CLOSED;
            case Standing.Out _ -> {
                long now = now();
                yield node.move(standing -> standing.tried(now)) instanceof Standing.Out ? Entry.TRIAL : Entry.CLOSED;
            }
        };
    }

    /// Gives back a place that was not used after all.
    void leave(Step step, boolean trial) {
        NodeTraffic node = step.candidate().load();
        long now = now();
        if (trial) node.move(standing -> standing.untried(now));
        node.places().leave(step.candidate().node().capacity());
    }

    /// Whether a node may be asked right now.
    enum Entry {
        OPEN,
        /// Open to this one call, which shows whether the node works again.
        TRIAL,
        /// Every place is taken.
        FULL,
        /// Ejected since the plan was made, or another call is trying it.
        CLOSED,
        /// The leaders have had as many calls as they may get as last resort.
        RATED
    }

    /// Between half of `nanos` and all of it.
    static long jittered(long nanos) {
        return nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    }
}
