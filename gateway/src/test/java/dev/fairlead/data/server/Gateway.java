package dev.fairlead.data.server;

import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryBudget;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.data.access.AccessTokens;
import dev.fairlead.data.access.CallerKeys;
import dev.fairlead.data.access.ClosedCalls;
import dev.fairlead.data.access.LastKeyUse;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.http.ServerConfig.Tls;
import dev.fairlead.data.rpc.CallSerials;
import dev.fairlead.data.rpc.LoopCalls;
import dev.fairlead.data.rpc.ServerLimits;
import dev.fairlead.support.Await;
import dev.fairlead.support.RecordedEvents;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A server on loopback over a way that the test controls.
public final class Gateway implements AutoCloseable {
    private static final long MUCH = 1L << 40;
    public static final Duration SHORT = Duration.ofMillis(300);

    public final StubWay way = new StubWay();
    public final RecordedEvents told = new RecordedEvents();
    final Board<Fleet> fleet = new Board<>(fleet("mainnet"));
    volatile MemoryConfig memory = new MemoryConfig(0, 0, Duration.ofSeconds(5), 0);
    final Budgets budgets;
    public volatile ServerConfig config;
    final Board<AccessPolicy> policy = new Board<>(AccessPolicy.EMPTY);
    final LastKeyUse uses = new LastKeyUse();
    volatile InstantSource clock = InstantSource.system();
    volatile Optional<String> fault = Optional.empty();
    final RequestMark mark = RequestMark.random();
    final EventLoopGroup loops;
    public final Server server;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Gateway(ServerConfig config, Transport transport, int threads, long heap, long direct) {
        this.config = config;
        this.budgets = new Budgets(new MemoryBudget(heap), new MemoryBudget(direct), () -> memory);
        this.loops = new MultiThreadIoEventLoopGroup(threads, transport.handlers());
        var serials = new CallSerials();
        this.server = Server.start(
                () -> this.config,
                budgets,
                transport,
                loops,
                loop -> new LoopCalls(loop, way, fleet, budgets, serials, told),
                mark,
                new CallerKeys(
                        policy,
                        uses,
                        new AccessTokens(told::tokenRefused, _ -> {}),
                        new ClosedCalls(told, key -> key.startsWith("tenants.") ? "fairlead.toml:9" : "", (_, _) -> ""),
                        () -> clock.instant()),
                () -> DescriptorShares.UNBOUNDED,
                () -> fault,
                new Supervisor(told::fault),
                told);
    }

    public static Gateway start() {
        return start(config -> config);
    }

    static Gateway start(UnaryOperator<ServerConfig> change) {
        return start(change, Transport.best());
    }

    static Gateway start(UnaryOperator<ServerConfig> change, Transport transport) {
        return new Gateway(change.apply(on(new InetSocketAddress("127.0.0.1", 0))), transport, 2, MUCH, MUCH);
    }

    /// With so much memory for what is held.
    static Gateway within(long heap, long direct) {
        return new Gateway(on(new InetSocketAddress("127.0.0.1", 0)), Transport.best(), 2, heap, direct);
    }

    static ServerConfig on(InetSocketAddress address) {
        ServerConfig usual = ServerConfig.DEFAULT;
        return new ServerConfig(List.of(address), null, List.of("*"), true, usual.limits(), usual.timeouts());
    }

    static UnaryOperator<ServerConfig> limits(UnaryOperator<ServerLimits> change) {
        return config -> new ServerConfig(
                config.listen(),
                config.tls(),
                config.corsOrigins(),
                config.gzip(),
                change.apply(config.limits()),
                config.timeouts());
    }

    public static UnaryOperator<ServerConfig> timeouts(UnaryOperator<Timeouts> change) {
        return config -> new ServerConfig(
                config.listen(),
                config.tls(),
                config.corsOrigins(),
                config.gzip(),
                config.limits(),
                change.apply(config.timeouts()));
    }

    static UnaryOperator<ServerConfig> tls(Tls tls) {
        return config -> new ServerConfig(
                config.listen(),
                tls,
                config.corsOrigins(),
                config.gzip(),
                config.hosts(),
                config.trustedProxies(),
                config.limits(),
                config.timeouts());
    }

    static UnaryOperator<ServerConfig> origins(String... origins) {
        return config -> new ServerConfig(
                config.listen(), config.tls(), List.of(origins), config.gzip(), config.limits(), config.timeouts());
    }

    static ServerLimits callsPerConnection(ServerLimits limits, int calls) {
        return new ServerLimits(
                limits.body(),
                limits.header(),
                limits.batch(),
                limits.batchReply(),
                limits.nesting(),
                calls,
                limits.connections());
    }

    static ServerLimits batchReply(ServerLimits limits, long bytes) {
        return new ServerLimits(
                limits.body(),
                limits.header(),
                limits.batch(),
                bytes,
                limits.nesting(),
                limits.callsPerConnection(),
                limits.connections());
    }

    static ServerLimits body(ServerLimits limits, int bytes) {
        return new ServerLimits(
                bytes,
                limits.header(),
                limits.batch(),
                limits.batchReply(),
                limits.nesting(),
                limits.callsPerConnection(),
                limits.connections());
    }

    /// A fleet in which every chain has one ready node.
    public static Fleet fleet(String... chains) {
        Map<String, ChainState> states = new LinkedHashMap<>();
        long id = 1;
        for (String name : chains) {
            states.put(name, chain(name, id, ready(name, "geth-1")));
            id += 10;
        }
        return new Fleet(1, states);
    }

    public static ChainState chain(String name, long id, NodeState... nodes) {
        return new ChainState(
                Chain.of(name, 0, List.of()),
                id,
                new Reference.None("no node was asked"),
                List.of(nodes),
                List.of(Group.DEFAULT),
                null);
    }

    public static NodeState ready(String chain, String name) {
        return state(chain, name, new Verdict.Ready(head(), Lag.ZERO), Node.Mode.SERVING);
    }

    public static Head head() {
        return new Head(7, "0x07", Instant.EPOCH, Instant.EPOCH);
    }

    public static NodeState state(String chain, String name, Verdict verdict, Node.Mode mode) {
        var node = Node.of(new NodeId(chain, name), Endpoint.of("http://127.0.0.1:8545"));
        return new NodeState(node.in(mode), verdict, verdict.head(), Instant.EPOCH, null, -1, -1);
    }

    public int port() {
        return server.addresses().getFirst().getPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> post(String body) throws Exception {
        return post("/", body);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    public Wire wire() throws Exception {
        return new Wire(port());
    }

    public static String call(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
    }

    public static String result(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"" + method + "\"}";
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.stop(Duration.ZERO);
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        Await.until("all of the node's bytes are released", way::isAllReleased);
    }
}
