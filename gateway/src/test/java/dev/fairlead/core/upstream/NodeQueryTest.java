package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.upstream.NodeQueryAnswer.Objected;
import dev.fairlead.core.upstream.NodeQueryAnswer.Said;
import dev.fairlead.core.upstream.NodeQueryAnswer.Silent;
import dev.fairlead.core.upstream.NodeQueryAnswer.Unasked;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.Behaviour.IdLast;
import dev.fairlead.fakenode.Behaviour.RateLimitedHttp;
import dev.fairlead.fakenode.Behaviour.SlowBody;
import dev.fairlead.fakenode.Behaviour.Together;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class NodeQueryTest {
    private static final Request BLOCK_NUMBER = Request.of("eth_blockNumber", "[]");

    private final FakeNode fake = FakeNode.start(FakeChain.of(1));
    private final Node node = Rig.node(fake.httpUrl().toString());
    private Rig rig;
    private NodeQuery query;

    @BeforeEach
    void start() {
        rig = new Rig();
        query = new NodeQuery(rig.upstreams());
    }

    @AfterEach
    void stop() {
        rig.close();
        fake.close();
    }

    @Test
    void aResultIsSaid() throws Exception {
        NodeQueryAnswer told = query.ask(node, BLOCK_NUMBER, Rig.PATIENCE);

        assertThat(told)
                .isInstanceOfSatisfying(
                        Said.class, said -> assertThat(said.result().text()).startsWith("\"0x"));
        assertThat(told.took()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(5));
    }

    @Test
    void whatFollowsTheResultIsNotPartOfIt() throws Exception {
        fake.always(new IdLast());

        NodeQueryAnswer told = query.ask(node, Request.of("eth_chainId", "[]"), Rig.PATIENCE);

        assertThat(told)
                .isInstanceOfSatisfying(
                        Said.class, said -> assertThat(said.result().text()).isEqualTo("\"0x1\""));
    }

    @Test
    void neitherAreMembersThatNobodyKnowsAndMuchSpace() throws Exception {
        String value = "\"" + "z".repeat(5_000) + "\"";
        try (var raw = RawNode.saying(
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":" + value + ",\"x\":\"y\"}" + " ".repeat(1_000))) {
            NodeQueryAnswer told = query.ask(Rig.node(raw.url()), BLOCK_NUMBER, Rig.PATIENCE);

            assertThat(told)
                    .isInstanceOfSatisfying(
                            Said.class, said -> assertThat(said.result().text()).isEqualTo(value));
        }
    }

    @Test
    void aLargeResultIsSaidWhole() throws Exception {
        fake.always(new HugeResult(3_000_000));

        NodeQueryAnswer told = query.ask(node, BLOCK_NUMBER, Rig.PATIENCE);

        assertThat(told)
                .isInstanceOfSatisfying(
                        Said.class, said -> assertThat(said.result().size()).isEqualTo(3_000_002));
    }

    @Test
    void aResultBeyondTheBoundIsSilence() throws Exception {
        fake.always(new HugeResult(9_000_000));

        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE))
                .isInstanceOfSatisfying(
                        Silent.class,
                        silent -> assertThat(silent.cause()).isEqualTo("answer of more than 8388608 bytes"));
    }

    @Test
    void aResultOfSomeKilobytesEndsWhereItEnds() throws Exception {
        fake.always(new Together(List.of(new HugeResult(20_000), new IdLast())));

        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE))
                .isInstanceOfSatisfying(
                        Said.class, said -> assertThat(said.result().size()).isEqualTo(20_002));
    }

    @Test
    void aLargeResultThatDripsIsSilenceWhenTheTimeIsOver() throws Exception {
        fake.always(new Together(List.of(new HugeResult(3_000_000), new SlowBody(65_536, Duration.ofMillis(50)))));

        NodeQueryAnswer told = query.ask(node, BLOCK_NUMBER, Duration.ofMillis(600));

        assertThat(told)
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.cause()).isEqualTo("no whole reply within 600 ms"));
        assertThat(told.took()).isLessThan(Duration.ofMillis(1400));
        Await.until("the connection is closed", () -> rig.connections().open() == 0);
    }

    @Test
    void anErrorIsAnObjectionWhoeverItBelongsTo() throws Exception {
        fake.always(new ErrorReply(3, "execution reverted"));

        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE)).isInstanceOfSatisfying(Objected.class, objected -> {
            assertThat(objected.error()).isEqualTo(new RpcError(3, "execution reverted"));
            assertThat(objected.meaning()).isEqualTo(ErrorMeaning.CALLERS);
        });
    }

    @Test
    void aStatusWithoutJsonRpcIsAnObjectionToo() throws Exception {
        fake.always(new RateLimitedHttp(Duration.ofSeconds(3)));

        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE)).isInstanceOfSatisfying(Objected.class, objected -> {
            assertThat(objected.error()).isEqualTo(new RpcError(RpcError.INTERNAL, "HTTP 429"));
            assertThat(objected.meaning()).isEqualTo(ErrorMeaning.RATE_LIMITED);
        });
    }

    @Test
    void silenceSaysWhy() throws Exception {
        fake.always(new Hang());

        assertThat(query.ask(node, BLOCK_NUMBER, Duration.ofMillis(200)))
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.cause()).isEqualTo("no reply within 200 ms"));
        fake.crash();
        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE))
                .isInstanceOfSatisfying(
                        Silent.class,
                        silent ->
                                assertThat(silent.cause()).isEqualTo("connection refused by 127.0.0.1:" + fake.port()));
    }

    @Test
    void aProbeIsAnsweredAlthoughAllConnectionsAreBusy() throws Exception {
        rig.close();
        rig = new Rig(
                Transport.best(),
                new UpstreamConfig(
                        Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 1, 1 << 18, 0));
        fake.on("eth_call", new Hang());
        var hanging = rig.start(node, Rig.request("1"), Duration.ofSeconds(2));
        var waiting = rig.start(node, Rig.request("2"), Duration.ofSeconds(2));
        fake.awaitCalls("eth_call", 1, Duration.ofSeconds(5));

        NodeQueryAnswer told = new NodeQuery(rig.upstreams()).ask(node, BLOCK_NUMBER, Duration.ofSeconds(1));

        assertThat(told).isInstanceOf(Said.class);
        Rig.get(hanging);
        Rig.get(waiting);
    }

    @Test
    void callsDoNotTakeWhatIsThereForProbes() throws Exception {
        rig.close();
        rig = new Rig(
                Transport.best(),
                new UpstreamConfig(
                        Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 1, 1 << 18, 0));
        var probing = new NodeQuery(rig.upstreams());
        assertThat(probing.ask(node, BLOCK_NUMBER, Rig.PATIENCE)).isInstanceOf(Said.class);
        fake.on("eth_call", new Hang());
        var hanging = rig.start(node, Rig.request("1"), Duration.ofSeconds(3));
        fake.awaitCalls("eth_call", 1, Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            var waiting = rig.start(node, Rig.request("2"), Duration.ofSeconds(1));
            assertThat(probing.ask(node, BLOCK_NUMBER, Duration.ofSeconds(1))).isInstanceOf(Said.class);
            assertThat(rig.connections().waiting()).isEqualTo(1);
            Rig.get(waiting);
        }
        Rig.get(hanging);
    }

    @Test
    void aClientThatDoesNotReadGivesItsConnectionUpToACallThatWaits() throws Exception {
        rig.close();
        rig = new Rig(
                Transport.best(),
                new UpstreamConfig(
                        Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 1, 1 << 18, 0));
        fake.on("eth_call", new HugeResult(20_000_000));
        var unread = new CompletableFuture<Reply>();
        rig.attempt(node, Rig.request("1"), Rig.PATIENCE, outcome -> {
            if (outcome instanceof Outcome.Answered(var reply)) unread.complete(reply);
        });
        Reply reply = Rig.get(unread);

        var waiting = new Request(Slice.of("2"), "eth_blockNumber", Slice.of("[]"));
        assertThat(rig.ask(node, waiting, Rig.PATIENCE.multipliedBy(2)).outcome())
                .isInstanceOf(Outcome.Answered.class);
        rig.onLoop(reply::discard);
    }

    @Test
    void anInterruptedAskerGivesUp() throws Exception {
        fake.always(new Hang());
        var asking = new FutureTask<>(() -> query.ask(node, BLOCK_NUMBER, Rig.PATIENCE));
        Thread asker = Thread.ofVirtual().start(asking);
        fake.awaitCalls("eth_blockNumber", 1, Duration.ofSeconds(5));
        asker.interrupt();

        assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        Await.until("the connection is closed", () -> rig.connections().open() == 0);
    }

    @Test
    void afterCloseNobodyIsAskedAndNoNodeIsToBlame() throws Exception {
        rig.close();

        assertThat(query.ask(node, BLOCK_NUMBER, Rig.PATIENCE)).isInstanceOf(Unasked.class);
    }

    @Test
    void anErrorOnTheEventLoopReachesWhoeverAsks() {
        var ill = new AtomicBoolean();
        try (var upstreams = new Upstreams(Transport.best(), rig.loop(), () -> {
            if (ill.get()) throw new StackOverflowError("too deep");
            return UpstreamConfig.DEFAULT;
        })) {
            ill.set(true);

            assertThatThrownBy(() -> new NodeQuery(upstreams).ask(node, BLOCK_NUMBER, Rig.PATIENCE))
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            ill.set(false);
        }
    }
}
