package dev.fairlead.control.admin;

import dev.fairlead.control.admin.Reloader.Reloaded;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.admin.http.AdminLimits;
import dev.fairlead.control.admin.view.ClientUrl;
import dev.fairlead.control.operate.FileDeclarations;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.store.KnownDays;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.UseMemory;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Explanation.Choice;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryBudget;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.RedisState;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.core.telemetry.DataPlaneHealth;
import dev.fairlead.core.telemetry.EventHistory;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.usage.UseCounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The admin API over a real store and a real socket; what a monitor would find is put on the board by hand.
public final class AdminFixture implements AutoCloseable {
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final Head HEAD = new Head(19_000_000, "0xabc", AT.minusSeconds(3), AT.minusSeconds(2));
    public static final AdminLimits LIMITS = AdminLimits.of(128, 64 << 20);
    public static final JsonMapper JSON = JsonMapper.builder().build();

    final Board<Fleet> fleet = new Board<>(Fleet.EMPTY);
    public final UseCounts calls = new UseCounts(InstantSource.fixed(AT));
    public List<DayUse> credits = List.of();
    KeySetState keySet = KeySetState.NEW;

    @Nullable
    RedisState redis;

    final DataPlaneHealth dataPlaneTroubles = new DataPlaneHealth();
    final Store store;
    final Events events;
    final Supervisor supervisor;
    final RequestMark mark = RequestMark.random();
    final AdminParts parts;
    public final AdminServer server;
    public Supplier<String> metrics = () -> "fairlead_up 1\n";
    Reloaded reloaded = new Reloaded.Applied(List.of("limits.body: 1 → 2"));
    private final HttpClient http = HttpClient.newHttpClient();

    private AdminFixture(Path directory, @Nullable String token, AdminLimits limits, List<ChainPlan> file)
            throws IOException {
        store = SqliteStore.open(new StoreConfig(directory));
        var history = new EventHistory(InstantSource.fixed(AT));
        events = new AllEvents(List.of(history, dataPlaneTroubles));
        supervisor = new Supervisor(events::fault);
        var operator = new Operator(store, events, InstantSource.fixed(AT));
        operator.declareFile(FileDeclarations.of(file));
        var usage = new UseMemory(
                store,
                new KnownDays(store, () -> credits),
                calls,
                InstantSource.fixed(AT),
                Duration.ofHours(1),
                supervisor);
        operator.policies().onPublish(policy -> calls.count(policy.takesKeys()));
        parts = new AdminParts(
                "1.2.3",
                InstantSource.fixed(AT),
                AT.minusSeconds(90),
                operator,
                fleet,
                store,
                history,
                dataPlaneTroubles,
                supervisor,
                node -> node.name().equals("geth-1") ? 3 : -1,
                node -> node.name().equals("geth-1") ? List.of("traces") : List.of(),
                _ -> -1,
                _ -> -1,
                mark,
                new Budgets(new MemoryBudget(64 << 20), new MemoryBudget(256 << 20), () -> MemoryConfig.DEFAULT),
                () -> List.of(new ClientUrl("http://127.0.0.1:8545", null, true)),
                key -> key.alias().equals("used") ? Optional.of(AT.minusSeconds(5)) : Optional.empty(),
                _ -> reloaded,
                (chain, _, request) -> new Explanation(
                        chain,
                        request.method(),
                        "default",
                        request.method() + " with " + request.params().text() + " on " + chain,
                        List.of(
                                new Choice("geth-1", 1, "fastest of two"),
                                new Choice("leader", 0, "leader: last resort"))),
                usage,
                _ -> keySet,
                () -> Optional.ofNullable(redis),
                () -> metrics.get());
        server = AdminServer.start(new AdminConfig(new InetSocketAddress("127.0.0.1", 0), token), limits, parts);
    }

    public static AdminFixture start(Path directory, ChainPlan... file) throws IOException {
        return new AdminFixture(directory, null, LIMITS, List.of(file));
    }

    /// With bounds of its own.
    public static AdminFixture limited(Path directory, AdminLimits limits) throws IOException {
        return new AdminFixture(directory, null, limits, List.of(mainnet()));
    }

    static AdminFixture withToken(Path directory, String token) throws IOException {
        return new AdminFixture(directory, token, LIMITS, List.of());
    }

    /// A chain of two nodes from the file, one of them the leader.
    public static ChainPlan mainnet() {
        return new ChainPlan(
                Chain.of("mainnet", 1, List.of("leader")),
                List.of(
                        Node.of(new NodeId("mainnet", "geth-1"), Endpoint.of("http://geth-1:8545")),
                        Node.of(new NodeId("mainnet", "leader"), Endpoint.of("http://leader:8545"))),
                List.of());
    }

    /// What a monitor would publish about it: one lagging node, measured against the leader.
    void publishFleet() {
        var leader = new Reference.Leader(new NodeId("mainnet", "leader"), HEAD);
        var behind = new Lag(12, Duration.ofSeconds(150));
        fleet.publish(new Fleet(
                7,
                Map.of(
                        "mainnet",
                        new ChainState(
                                mainnet().chain(),
                                1,
                                leader,
                                List.of(
                                        new NodeState(
                                                mainnet().nodes().getFirst(),
                                                new Verdict.Lagging(HEAD, behind, "12 behind, 10 tolerated"),
                                                HEAD,
                                                AT.minusSeconds(60),
                                                "Geth/v1",
                                                25,
                                                1.23456),
                                        new NodeState(
                                                mainnet().nodes().getLast(),
                                                new Verdict.Ready(HEAD, Lag.ZERO),
                                                HEAD,
                                                AT,
                                                null,
                                                -1,
                                                -1)),
                                List.of(),
                                AT.minusSeconds(30)))));
    }

    HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(at(path));
    }

    HttpResponse<String> send(String verb, String path, String body) throws IOException, InterruptedException {
        return send(at(path).header("X-Fairlead-Who", "alice").method(verb, BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
        store.close();
        http.close();
    }
}
