package dev.fairlead;

import dev.fairlead.cli.Gateways.CannotStart;
import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.cli.console.Version;
import dev.fairlead.cli.log.Logs;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.control.admin.AdminParts;
import dev.fairlead.control.admin.AdminServer;
import dev.fairlead.control.issuer.KeySetFetch;
import dev.fairlead.control.issuer.KeySets;
import dev.fairlead.control.judge.LastKnown;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.operate.StoreFollower;
import dev.fairlead.control.store.AddedDays;
import dev.fairlead.control.store.HealthMemory;
import dev.fairlead.control.store.KnownDays;
import dev.fairlead.control.store.SpendingMemory;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.control.store.StoredDays;
import dev.fairlead.control.store.UseMemory;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.control.watch.Monitor;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.net.Descriptors;
import dev.fairlead.core.net.LoopWatchdog;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.core.telemetry.CacheMetrics;
import dev.fairlead.core.telemetry.DataPlaneHealth;
import dev.fairlead.core.telemetry.EventHistory;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.telemetry.FleetMetrics;
import dev.fairlead.core.telemetry.LimitMetrics;
import dev.fairlead.core.telemetry.LogEvents;
import dev.fairlead.core.telemetry.MemoryMetrics;
import dev.fairlead.core.telemetry.Metrics;
import dev.fairlead.core.telemetry.PoolMetrics;
import dev.fairlead.core.telemetry.RedisMetrics;
import dev.fairlead.core.telemetry.SpendingMetrics;
import dev.fairlead.core.telemetry.TokenMetrics;
import dev.fairlead.core.telemetry.TrafficMetrics;
import dev.fairlead.core.upstream.NodeQuery;
import dev.fairlead.core.upstream.Upstreams;
import dev.fairlead.core.usage.UseCounts;
import dev.fairlead.data.access.AccessGate;
import dev.fairlead.data.access.AccessTokens;
import dev.fairlead.data.access.CallerKeys;
import dev.fairlead.data.access.ClosedCalls;
import dev.fairlead.data.access.LastKeyUse;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.cache.AnswerCache;
import dev.fairlead.data.cache.CacheGate;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.failover.ChainConstants;
import dev.fairlead.data.failover.Dispatch;
import dev.fairlead.data.failover.Failover;
import dev.fairlead.data.failover.MethodGate;
import dev.fairlead.data.failover.RouteExplainer;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.LimitGate;
import dev.fairlead.data.limit.SenderLimits;
import dev.fairlead.data.limit.shared.RedisAddress;
import dev.fairlead.data.limit.shared.RedisConfig;
import dev.fairlead.data.limit.shared.SharedLimits;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Spending;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.logs.LogGate;
import dev.fairlead.data.rpc.CallSerials;
import dev.fairlead.data.rpc.LoopCalls;
import dev.fairlead.data.rpc.ServerLimits;
import dev.fairlead.data.server.ConnectionRoom;
import dev.fairlead.data.server.Server;
import dev.fairlead.data.shown.FloorFollower;
import dev.fairlead.data.transaction.RefusedTransactions;
import dev.fairlead.data.transaction.TransactionChecks;
import dev.fairlead.data.transaction.TransactionGate;
import dev.fairlead.data.transaction.WebhookClient;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Makes every object of a gateway, in this order: telemetry, store, upstream, health, dispatch, listeners. The
/// stages of a call stand in [#stages].
final class Wiring {
    private static final Logger log = LoggerFactory.getLogger("fairlead.serve");

    /// How long the first look at the nodes may hold up the start.
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    /// How much longer than usual the first answer of Redis may take.
    private static final Duration FIRST_REDIS = Duration.ofSeconds(1);

    /// How long fetching the keys of tokens from one URL may take.
    private static final Duration KEY_SET_LIMIT = Duration.ofSeconds(10);

    /// How often the monitor's findings are stored.
    private static final Duration MEMORY_ROUND = Duration.ofSeconds(5);

    /// How often the store is checked for orders that another gateway was given.
    private static final Duration OTHERS_ORDERS = Duration.ofSeconds(5);

    private Wiring() {}

    /// @param reread the configuration as it is now, for a reload
    static Running start(Settings first, Supplier<Settings> reread) {
        var closing = new Closer();
        try {
            return start(first, reread, closing);
        } catch (IllegalStateException | IllegalArgumentException | IOException | StoreFailure failure) {
            closing.close();
            throw new CannotStart(String.valueOf(failure.getMessage()));
        }
    }

    private static Running start(Settings first, Supplier<Settings> reread, Closer closing) throws IOException {
        var settings = new Board<>(first);
        InstantSource clock = InstantSource.system();

        // Telemetry: events become metrics, log lines and a short history
        var registry = new PrometheusRegistry();
        var history = new EventHistory(clock);
        var dataPlaneTroubles = new DataPlaneHealth();
        var metrics = new Metrics(registry);
        var useCounts = new UseCounts(clock);
        Events events = new AllEvents(List.of(metrics, new LogEvents(), history, dataPlaneTroubles), useCounts::ended);

        var supervisor = new Supervisor(events::fault);
        Supplier<Optional<String>> fault = () -> dataPlaneTroubles.fault().or(supervisor::fault);

        // Store: what is kept, and which chains and nodes are declared
        Store store = closing.last("store", SqliteStore.open(first.store()));
        var own = new Board<>(first.ownAddresses());
        var operator = new Operator(
                store, events, clock, () -> settings.now().upstream().allowLinkLocal(), own::now);
        var spending = new Spending(clock, events);
        spending.restore(store.spentDays());
        var spendingMemory =
                closing.last("spending memory", new SpendingMemory(store, spending::uses, MEMORY_ROUND, supervisor));
        operator.board().onPublish(spending::declare);
        operator.board().onPublish(metrics::declare);
        operator.policies().onPublish(policy -> metrics.declareTenants(policy.tenants()));
        operator.policies().onPublish(policy -> useCounts.count(policy.takesKeys()));
        var keySets = closing.last(
                "token keys",
                new KeySets(new KeySetFetch(KEY_SET_LIMIT), operator::fetched, events, clock, supervisor));
        operator.tenants().onPublish(tenants -> keySets.declare(tenants.plan().tenants()));
        operator.declareFile(Reload.declared(first)).forEach(log::warn);

        // Upstream: connections to nodes, and the memory that replies may take
        Budgets budgets = Budgets.of(settings.part(Settings::memory)::now);
        Transport transport = transport(first.loops());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads(first.loops()), transport.handlers());
        closing.last("event loops", () -> Transport.end(loops));
        var upstreams = closing.last(
                "connections to nodes",
                new Upstreams(transport, loops, settings.part(Settings::upstream)::now, budgets, supervisor.faults()));

        int mostOpen = Descriptors.most();
        int openNow = Descriptors.open();

        // Health: nodes are watched and judged; out comes the Fleet
        var fleet = new Board<>(Fleet.EMPTY);
        registry.register(new FleetMetrics(fleet));
        registry.register(new MemoryMetrics(budgets));
        registry.register(new SpendingMetrics(operator.board(), spending::today, spending::sharedToday));
        registry.register(new PoolMetrics(fleet, upstreams::connections));
        var unopened = new UnopenedListeners(first.ownAddresses());
        var watch =
                new MonitorUpstreams(upstreams, loops, new NodeQuery(upstreams), unopened, new ProbePermits(spending));
        var past = LastKnown.of(store.memories());
        var monitor = closing.last(
                "monitor", new Monitor(operator.board(), fleet, watch, watch, events, clock, past, supervisor));
        var memory = closing.last("health memory", new HealthMemory(store, fleet, MEMORY_ROUND, supervisor));

        // Dispatch: the way of a call, from its stages to the nodes
        var traffic = new Traffic(System::nanoTime, spending);
        registry.register(new TrafficMetrics(
                fleet, traffic::waiting, node -> traffic.ejected(node).isPresent()));
        Board<DispatchConfig> dispatchConfig = settings.part(Settings::dispatch);
        var ejections = new Ejections(traffic, dispatchConfig::now, events, monitor);
        new FloorFollower(chain -> traffic.chain(chain).floor(), traffic::now).follow(fleet);
        ejections.follow(fleet);
        var dispatch = new Dispatch(fleet, traffic, ejections, dispatchConfig::now, events);
        var dailyUse = new DailyUse(clock, events);
        StoredDays days = first.redis().address() == null
                ? new AddedDays(store, dailyUse)
                : new KnownDays(store, dailyUse::uses); // gateways tell each other over Redis
        var useMemory =
                closing.last("use memory", new UseMemory(store, days, useCounts, clock, MEMORY_ROUND, supervisor));
        dailyUse.restore(store.uses(useMemory.today(), null));
        dailyUse.restoreSpent(useMemory.refusedToday(Refusal.DAY_SPENT.word()));
        SharedLimits shared = shared(first.redis(), dailyUse, events, clock, supervisor);
        if (shared != null) {
            closing.last("shared limits", shared);
            registry.register(new RedisMetrics(shared::isReached, shared::gateways));
        }
        var limits = shared == null ? new CallLimits() : new CallLimits(shared);
        registry.register(
                new LimitMetrics(limits::counted, dailyUse::uses, operator.policies()::now, metrics::hasSeries));
        var keyUses = new LastKeyUse();
        var tokens = new AccessTokens(events::tokenRefused, keySets::unknownKid);
        registry.register(new TokenMetrics(tokens::caches, keySets::byTenant, metrics::hasSeries, clock));
        operator.policies().onPublish(keyUses::keep);
        var workers = closing.last(
                "checks of calls", new CallWorkers(Runtime.getRuntime().availableProcessors(), supervisor.faults()));
        UnaryOperator<String> places = key -> operator.tenants().now().placeOf(key);
        var checks = new TransactionChecks(
                new SenderLimits(limits, dailyUse, events),
                workers,
                closing.last("webhooks", new WebhookClient(events)),
                new RefusedTransactions(events, places),
                events);
        var cache = new AnswerCache(first.cache());
        settings.onPublish(now -> cache.resize(now.cache()));
        registry.register(new CacheMetrics(cache::size, cache::counts));
        var serials = new CallSerials();
        BinaryOperator<String> openers =
                (tenant, method) -> operator.tenants().now().opener(tenant, method);
        var closedCalls = new ClosedCalls(events, places, openers);
        Function<EventLoop, LoopCalls> calls = loop -> {
            var logGate =
                    new LogGate(operator.policies(), fleet, traffic, workers, MemoryShare.of(budgets.direct()), events);
            var way = Stage.chain(stages(
                    operator.policies(),
                    closedCalls,
                    workers,
                    limits,
                    dailyUse,
                    logGate,
                    checks,
                    fleet,
                    cache,
                    dispatch.on(loop, upstreams.on(loop)),
                    events));
            return new LoopCalls(loop, way, fleet, budgets, serials, events);
        };

        // Listeners: the admin API is there until the last client is gone, so that a drain can be watched
        memory.start();
        useMemory.start();
        spendingMemory.start();
        if (shared != null) shared.start(first.redis().timeout().plus(FIRST_REDIS));
        monitor.start();
        awaitFirstLook(monitor, keySets);
        var reload = new Reload(settings, reread, operator);
        settings.onPublish(now -> Logs.use(now.logs().style(), now.logs().level()));
        var parts = new AdminParts(
                Version.current(),
                clock,
                clock.instant(),
                operator,
                fleet,
                store,
                history,
                dataPlaneTroubles,
                supervisor,
                traffic::inFlight,
                traffic::spared,
                spending::today,
                spending::sharedToday,
                upstreams.mark(),
                budgets,
                () -> Gateway.clientUrls(own.now(), settings.now().server()),
                keyUses::lastUse,
                reload,
                new RouteExplanations(
                        fleet,
                        operator.policies(),
                        new RouteExplainer(traffic),
                        new CallObjections(traffic),
                        new CallAllowances(limits, dailyUse, places),
                        cache,
                        places,
                        openers),
                useMemory,
                keySets::state,
                () -> Optional.ofNullable(shared).map(SharedLimits::state),
                new ScrapeRegistry(registry)::text);
        Supplier<DescriptorShares> descriptors =
                () -> DescriptorShares.of(mostOpen, openNow, upstreams.mostConnections(nodes(fleet.now())));
        var admin = closing.last(
                "admin", AdminServer.start(first.admin(), descriptors.get().admin(), parts));
        settings.onPublish(now -> admin.admit(now.admin().token()));
        var server = Server.start(
                settings.part(Settings::server)::now,
                budgets,
                transport,
                loops,
                calls,
                upstreams.mark(),
                new CallerKeys(operator.policies(), keyUses, tokens, closedCalls, clock),
                descriptors,
                fault,
                supervisor,
                events);
        unopened.opened();
        own.publish(Settings.ownAddresses(server.addresses(), admin.address()));
        var room = new ConnectionRoom(budgets.heap().most(), first.server().tls() != null);
        tell(descriptors.get(), room, first.server().limits().connections());
        settings.onPublish(
                now -> tell(descriptors.get(), room, now.server().limits().connections()));
        closing.last(
                "clients", () -> server.stop(settings.now().server().timeouts().stop()));
        closing.last("other gateways' orders", new StoreFollower(operator, OTHERS_ORDERS, supervisor))
                .start();

        var broken = new CompletableFuture<@Nullable Void>();
        closing.last("loop watch", new LoopWatchdog(loops, events::eventLoops, () -> broken.complete(null), supervisor))
                .start();

        return new Gateway(
                server, admin, fleet, reload, first.server().tls() != null, broken, supervisor.faults(), closing);
    }

    /// The way of a call, stage by stage: each answers it or passes it on. A new step before a node is asked
    /// gets its place in this list.
    private static List<Stage> stages(
            Board<AccessPolicy> policy,
            ClosedCalls closedCalls,
            CallWorkers workers,
            CallLimits limits,
            DailyUse dailyUse,
            LogGate logGate,
            TransactionChecks checks,
            Board<Fleet> fleet,
            AnswerCache cache,
            LoopDispatch dispatch,
            Events events) {
        return List.of(
                new AccessGate(policy, closedCalls, workers), // refuses what its caller may not call
                new MethodGate(dispatch), // refuses what cannot be put to nodes, before it takes credits
                new LimitGate(policy, limits, dailyUse, events), // refuses what its caller has no credits left for
                logGate, // refuses queries for logs that ask for too much, and answers with too many
                new TransactionGate(policy, fleet, checks), // refuses transactions that do not keep the rules
                new ChainConstants(fleet), // answers what is known without a node
                new CacheGate(cache), // answers what a node has said before and is true for ever
                new Failover(dispatch)); // asks the nodes until there is an answer
    }

    /// @return null where each gateway counts for itself
    private static @Nullable SharedLimits shared(
            RedisConfig config, DailyUse dailyUse, Events events, InstantSource clock, Supervisor supervisor) {
        RedisAddress address = config.address();
        return address == null ? null : SharedLimits.of(config, address, dailyUse, events, clock, supervisor);
    }

    private static Transport transport(Settings.Loops loops) {
        Transport forced = loops.forced();
        if (forced == null) return Transport.best();
        if (forced.isAvailable()) return forced;
        throw new IllegalStateException(
                "this machine does not offer the transport " + forced + "; leave it out, or take --transport auto");
    }

    private static int threads(Settings.Loops loops) {
        return loops.threads() > 0 ? loops.threads() : Runtime.getRuntime().availableProcessors();
    }

    private static int nodes(Fleet fleet) {
        int nodes = 0;
        for (Fleet.ChainState chain : fleet.chains().values())
            nodes += chain.nodes().size();
        return nodes;
    }

    /// It is no fault of the operator that there is less than the default could use.
    private static void tell(DescriptorShares shares, ConnectionRoom room, int configured) {
        int served = shares.served(configured);
        boolean isDefault = configured == ServerLimits.DEFAULT.connections();
        if (served < configured) {
            Level level = isDefault && served > 1_000 ? Level.INFO : Level.WARN;
            log.atLevel(level).log("{}", shares.describe(configured));
        }
        if (room.isLessThan(served))
            log.atLevel(isDefault ? Level.INFO : Level.WARN).log("{}", room.describe());
    }

    private static void awaitFirstLook(Monitor monitor, KeySets keySets) {
        try {
            monitor.firstRound(FIRST_LOOK);
            keySets.awaitFirst(FIRST_LOOK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
