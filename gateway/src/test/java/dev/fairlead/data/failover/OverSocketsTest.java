package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.upstream.Upstreams;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.shown.FloorFollower;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.RecordedEvents;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same over real connections to nodes that really die.
class OverSocketsTest {
    private final FakeChain chain = FakeChain.of(1337);
    private final FakeNode a = FakeNode.start(chain);
    private final FakeNode b = FakeNode.start(chain);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
    private final Upstreams upstreams = new Upstreams(Transport.NIO, loops, () -> UpstreamConfig.DEFAULT);
    private final RecordedEvents events = new RecordedEvents();
    private final Traffic traffic = new Traffic(System::nanoTime);
    private final EventLoop loop = loops.next();
    private Next next = (_, _) -> {};

    @BeforeEach
    void wire() {
        Fleet fleet = new Fleets()
                .node(Node.of(Fleets.id("a"), Endpoint.of(a.httpUrl().toString())), Fleets.ready(0))
                .node(Node.of(Fleets.id("b"), Endpoint.of(b.httpUrl().toString())), Fleets.ready(0))
                .reference(-1)
                .ordered()
                .fleet();
        var config = new DispatchConfig(
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                5,
                2,
                0.2,
                1024,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                null);
        var board = new Board<>(fleet);
        var ejections = new Ejections(traffic, () -> config, events, (_, _) -> {});
        new FloorFollower(chain -> traffic.chain(chain).floor(), traffic::now).follow(board);
        ejections.follow(board);
        var dispatch = new Dispatch(board, traffic, ejections, () -> config, events);
        next = ScriptedNodes.way(board, dispatch.on(loop, upstreams.on(loop)));
    }

    @AfterEach
    void stop() {
        upstreams.close();
        a.close();
        b.close();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void callsGoOnWhenANodeCrashesAmongThem() throws Exception {
        for (int i = 0; i < 100; i++) {
            if (i == 20) a.crash();
            assertThat(answer("eth_gasPrice", "[]")).contains("\"result\":\"0x");
        }

        assertThat(events.lines).first().asString().startsWith("ejected a");
    }

    @Test
    void aHungNodeHoldsUpOneCallOnly() throws Exception {
        a.always(new Behaviour.Hang());

        for (int i = 0; i < 20; i++) assertThat(answer("eth_gasPrice", "[]")).contains("\"result\":\"0x");

        assertThat(a.count("eth_gasPrice"))
                .as("the call, and a trial on a slow machine")
                .isBetween(1L, 2L);
    }

    @Test
    void aRateLimitUnder200IsNotTheClientsConcern() throws Exception {
        a.always(new Behaviour.RateLimitedRpc("too many requests"));

        for (int i = 0; i < 5; i++) assertThat(answer("eth_gasPrice", "[]")).contains("\"result\":\"0x");

        assertThat(a.count("eth_gasPrice")).as("spared for a second").isBetween(1L, 2L);
    }

    @Test
    void afterAReceiptTheStateIsNeverOlderThanItsBlock() throws Exception {
        chain.mine(10);
        b.lagBehind(2);
        a.on("eth_getTransactionReceipt", new Behaviour.Result("{\"blockNumber\":\"0xa\"}"));
        String call = "[{},\"latest\"]";

        assertThat(answer("eth_getTransactionReceipt", "[\"0x" + "1".repeat(64) + "\"]"))
                .contains("0xa");
        for (int i = 0; i < 20; i++) assertThat(answer("eth_call", call)).contains("00a\"");
        a.crash();
        CompletableFuture<String> waiting = ask("eth_call", call);
        b.awaitCalls("eth_blockNumber", 2, Duration.ofSeconds(10));
        b.follow();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).contains("00a\"");
    }

    @Test
    void aConnectionThatEndsWithACallOnItsWayCostsOneMoreAttemptAtTheSameNode() throws Exception {
        for (int i = 0; i < 3; i++) answer("eth_gasPrice", "[]");
        var resets = new AtomicInteger(1);
        a.always(new Behaviour.Depends(
                _ -> resets.getAndDecrement() > 0 ? new Behaviour.ResetAfterActing() : new Behaviour.Normal()));

        String answer = answer("eth_gasPrice", "[]");

        assertThat(answer).contains("\"result\":\"0x");
        assertThat(a.count("eth_gasPrice")).isEqualTo(5);
        assertThat(b.count("eth_gasPrice")).isZero();
        assertThat(events.lines).isEmpty();
    }

    private String answer(String method, String params) throws Exception {
        return ask(method, params).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> ask(String method, String params) {
        var answered = new CompletableFuture<String>();
        long now = System.nanoTime();
        var client = new Client(
                Tenant.PUBLIC, null, "127.0.0.1", new Peer("127.0.0.1", 1), null, null, ErrorPolicy.NONE, null);
        long deadline = now + Duration.ofSeconds(10).toNanos();
        var call = new Call(1, Fleets.CHAIN, Request.of(method, params), client, loop, now, deadline);
        loop.execute(() -> next.take(call, answer -> answered.complete(text(answer))));
        return answered;
    }

    private static String text(Answer answer) {
        if (!(answer instanceof Answer.Served(var reply))) return answer.toString();
        String text = reply.body().toString(StandardCharsets.UTF_8);
        reply.discard();
        return text;
    }
}
