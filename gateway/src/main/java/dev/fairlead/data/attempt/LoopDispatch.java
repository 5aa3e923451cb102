package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.Candidate;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.GroupRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.Router;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.ShownBlockScan;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the calls of one event loop share: the loop's routes and turns, and access to everything that all
/// loops share.
public final class LoopDispatch {
    private final EventLoop loop;
    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final Attempts attempts;
    private final Supplier<DispatchConfig> config;
    private final Events events;
    private final Faults faults;
    private final ShownBlockScan shownBlockScan = new ShownBlockScan();
    private final Map<String, ChainRoutes> routesByChain = new HashMap<>();
    private Fleet lastFleet = Fleet.EMPTY;
    private @Nullable ChainRoutes last;

    public LoopDispatch(
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

    public Traffic traffic() {
        return traffic;
    }

    public Attempts attempts() {
        return attempts;
    }

    public DispatchConfig config() {
        return config.get();
    }

    Events events() {
        return events;
    }

    public ShownBlockScan shownBlockScan() {
        return shownBlockScan;
    }

    public long now() {
        return traffic.now();
    }

    public ScheduledFuture<?> later(Runnable task, long nanos) {
        Runnable guarded = faults.guarded(Part.DISPATCH, "what a call was to do later failed", task);
        return loop.schedule(guarded, nanos, TimeUnit.NANOSECONDS);
    }

    /// Prepared once for each Fleet, and read by every call until the next Fleet. Null for an unknown chain.
    @SuppressWarnings("ReferenceEquality") // the very same Fleet is nearly always asked of again
    public @Nullable ChainRoutes routes(String chain) {
        Fleet present = fleet.now();
        ChainRoutes routes = last;
        if (present != lastFleet || routes == null || !routes.isOf(chain)) routes = routes(present, chain);
        lastFleet = present;
        last = routes;
        return routes;
    }

    private @Nullable ChainRoutes routes(Fleet present, String chain) {
        ChainState state = present.chain(chain);
        if (state == null) {
            routesByChain.remove(chain);
            return null;
        }
        ChainRoutes routes = routesByChain.get(chain);
        if (routes != null && routes.isOf(state)) return routes;
        var made = new ChainRoutes(state, traffic);
        if (routes != null) made.continueTurns(routes);
        routesByChain.put(chain, made);
        return made;
    }

    /// For what is asked for the sake of a call, wherever its own route leads.
    public RoutePlan plan(ChainRoutes routes, RoutingNeeds needs, long now) {
        return plan(routes.groupOf(needs.method().name()), needs, now);
    }

    /// The router's word on a call, and the events told of it.
    public RoutePlan plan(GroupRoutes group, RoutingNeeds needs, long now) {
        RoutePlan plan = Router.plan(group, needs, now, group.nextTurn());
        if (!group.eligible().isEmpty()) group.mode().is(plan.mode(), events);
        return plan;
    }

    /// Takes a place at the planned node, if there is one now.
    ///
    /// @param method of the call, which decides how much of the node's plan it takes
    public Entry enter(PlannedNode planned, Chain chain, Method method) {
        Candidate candidate = planned.candidate();
        NodeTraffic node = candidate.load();
        int capacity = candidate.node().capacity();
        if (!node.places().enter(capacity, method.mayTakeLong())) return Entry.FULL;
        Entry entry = admit(planned, chain, method);
        if (!entry.isOpen()) node.places().leave(capacity);
        return entry;
    }

    /// As [#enter], for a call that waited in line and has its place already, which is the caller's to give back.
    public Entry admit(PlannedNode planned, Chain chain, Method method) {
        NodeSpending spending = planned.candidate().spending();
        if (spending != null && !spending.take(method.name(), now())) return Entry.SPENT;
        Entry entry = admit(planned, chain);
        if (spending != null && !entry.isOpen()) spending.giveBack(method.name(), now());
        return entry;
    }

    private Entry admit(PlannedNode planned, Chain chain) {
        Candidate candidate = planned.candidate();
        boolean lastResort = candidate.tier() == Tier.LAST_RESORT;
        if (lastResort && !traffic.chain(chain.name()).leaders().take(chain.leaderRate(), now())) return Entry.RATED;
        if (planned.eligibility() == Eligibility.EJECTED) return Entry.OPEN;
        NodeTraffic node = candidate.load();
        return switch (node.ejection()) {
            case EjectionState.In _ -> Entry.OPEN;
            case EjectionState.Trial _ -> Entry.CLOSED;
            case EjectionState.Out _ -> {
                long now = now();
                yield node.changeEjection(state -> state.tried(now)) instanceof EjectionState.Out
                        ? Entry.TRIAL
                        : Entry.CLOSED;
            }
        };
    }

    /// Gives back a place that was not used after all, and what was taken of the node's plan.
    public void leave(PlannedNode planned, Method method, boolean trial) {
        NodeTraffic node = planned.candidate().load();
        NodeSpending spending = planned.candidate().spending();
        long now = now();
        if (trial) node.changeEjection(state -> state.untried(now));
        if (spending != null) spending.giveBack(method.name(), now);
        leaveLine(planned);
    }

    /// Gives back the place of a call that waited in line and was not let in.
    public void leaveLine(PlannedNode planned) {
        planned.candidate().load().places().leave(planned.candidate().node().capacity());
    }

    /// Whether a node may be asked right now.
    public enum Entry {
        OPEN,
        /// Open to this one call, which shows whether the node works again.
        TRIAL,
        /// Every place is taken.
        FULL,
        /// Ejected since the plan was made, or another call is trying it.
        CLOSED,
        /// Its plan has no room for the call now.
        SPENT,
        /// The leaders have had as many calls as they may get as last resort.
        RATED;

        public boolean isOpen() {
            return this == OPEN || this == TRIAL;
        }
    }
}
