package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.upstream.Rig.Got;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class NodeConnectionTest {
    private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"0x1\"}";
    private static final Duration SHORT = Duration.ofMillis(300);

    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void callsAfterEachOtherUseOneConnection() throws Exception {
        try (var node = RawNode.saying(OK)) {
            for (int i = 0; i < 20; i++) assertThat(rig.ask(node.url()).text()).isEqualTo(OK);

            assertThat(node.accepted()).isEqualTo(1);
            Await.until("it is idle again", () -> rig.connections().equals(new ConnectionCounts(1, 1, 0, 0)));
        }
    }

    @Test
    void connectionCloseIsHonoured() throws Exception {
        try (var node = new RawNode(line -> line.reply(200, OK, "Connection: close"))) {
            rig.ask(node.url());
            Await.until("it is closed", () -> rig.connections().equals(ConnectionCounts.NONE));
            rig.ask(node.url());

            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheNodeClosesWhileIdleIsNotUsedAgain() throws Exception {
        try (var node = RawNode.saying(OK)) {
            rig.ask(node.url());
            node.sockets().getFirst().close();
            Await.until("the close is noticed", () -> rig.connections().open() == 0);

            assertThat(rig.ask(node.url()).text()).isEqualTo(OK);
        }
    }

    @Test
    void aConnectionOnWhichTheNodeSpeaksUnaskedIsClosed() throws Exception {
        try (var node = RawNode.saying(OK)) {
            rig.ask(node.url());
            node.sockets()
                    .getFirst()
                    .getOutputStream()
                    .write(RawNode.http(408, "").getBytes(UTF_8));

            Await.until("it is closed", () -> rig.connections().open() == 0);
        }
    }

    @Test
    void aSecondReplyToOneRequestIsNeverTakenForTheNextOne() throws Exception {
        try (var node =
                new RawNode(line -> line.send(RawNode.http(200, OK) + RawNode.http(200, OK.replace("0x1", "0x2"))))) {
            for (int i = 0; i < 5; i++) assertThat(rig.ask(node.url()).text()).isEqualTo(OK);
        }
    }

    @Test
    void unusedConnectionsAreClosedAfterTheIdleTimeout() throws Exception {
        rig.config(new UpstreamConfig(Duration.ofSeconds(2), SHORT, Duration.ofSeconds(15), 64, 1 << 18, 0));
        try (var node = RawNode.saying(OK)) {
            rig.ask(node.url());

            Await.until("it is closed", () -> rig.connections().open() == 0);
        }
    }

    @Test
    void aResetWithoutAReplyIsUnanswered() throws Exception {
        try (var node = new RawNode(RawNode.Line::reset)) {
            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered("connection reset by 127.0.0.1:" + node.port()));
        }
    }

    @Test
    void aReusedConnectionThatEndsBeforeAByteOfAReplyIsStale() throws Exception {
        try (var node = new RawNode(line -> {
            if (line.number() == 1) line.reply(OK);
            else line.socket().close();
        })) {
            rig.ask(node.url());

            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered(NoAnswerReason.STALE, "connection closed by 127.0.0.1:" + node.port()));
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aReusedConnectionThatEndsBehindAReplysHeadIsBroken() throws Exception {
        try (var node = new RawNode(line -> {
            if (line.number() == 1) {
                line.reply(OK);
            } else {
                line.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                line.socket().close();
            }
        })) {
            rig.ask(node.url());

            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered(NoAnswerReason.BROKEN, "connection closed by 127.0.0.1:" + node.port()));
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws Exception {
        int port;
        try (ServerSocket free = RawNode.plain()) {
            port = free.getLocalPort();
        }

        Got got = rig.ask("http://127.0.0.1:" + port + "/secretsecretsecret1");

        assertThat(got.outcome()).isEqualTo(new NotSent("connection refused by 127.0.0.1:" + port));
        assertThat(rig.connections()).isEqualTo(ConnectionCounts.NONE);
    }

    @Test
    void anUnknownHostIsNotSent() {
        assertThat(rig.ask("http://no-such-host.invalid:8545").outcome())
                .isEqualTo(new NotSent("host name no-such-host.invalid cannot be resolved"));
    }

    @Test
    void localhostIsKnownWithoutAsking() throws Exception {
        try (var node = RawNode.saying(OK)) {
            assertThat(rig.ask("http://localhost:" + node.port()).text()).isEqualTo(OK);
            assertThat(node.heard().getFirst().head()).contains("host: localhost:" + node.port());
        }
    }

    @Test
    void aBlackHoleIsNotSentWithinTheConnectTimeout() throws Exception {
        rig.config(new UpstreamConfig(SHORT, Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 1 << 18, 0));
        List<Socket> filling = new ArrayList<>();
        // A full accept queue swallows further handshakes as a dead host would.
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 2; i++) filling.add(new Socket("127.0.0.1", full.getLocalPort()));

            Got got = rig.ask("http://127.0.0.1:" + full.getLocalPort());

            assertThat(got.outcome())
                    .isEqualTo(new NotSent("no connection to 127.0.0.1:" + full.getLocalPort() + " within 300 ms"));
        } finally {
            for (Socket socket : filling) socket.close();
        }
    }

    @Test
    void aHangIsUnansweredAfterTheTimeout() throws Exception {
        try (var node = new RawNode(_ -> {})) {
            long begun = System.nanoTime();
            Got got = rig.ask(Rig.node(node.url()), Rig.request("7777777777"), SHORT);

            assertThat(got.outcome()).isEqualTo(new Unanswered("no reply within 300 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, Duration.ofSeconds(3));
            Await.until("the connection is closed", () -> rig.connections().open() == 0);
        }
    }

    @Test
    void aReplyThatIsNotWholeByTheTimeoutIsUnanswered() throws Exception {
        try (var node = new RawNode(line -> line.send(RawNode.http(200, OK).replace("0x1\"}", "")))) {
            Got got = rig.ask(Rig.node(node.url()), Rig.request("7777777777"), SHORT);

            assertThat(got.outcome()).isInstanceOf(Unanswered.class);
            assertThat(got.cause()).matches("reply broke off after \\d+ bytes, at 300 ms");
        }
    }

    @Test
    void aCancelledAttemptClosesItsConnectionAndTellsNothing() throws Exception {
        var arrived = new CountDownLatch(1);
        var told = new AtomicInteger();
        try (var node = new RawNode(_ -> arrived.countDown())) {
            Upstream.Attempt attempt =
                    rig.attempt(Rig.node(node.url()), Rig.request("7777777777"), SHORT, _ -> told.incrementAndGet());
            assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
            rig.onLoop(attempt::cancel);

            Await.until("the connection is closed", () -> rig.connections().open() == 0);
            rig.close();
            assertThat(told).hasValue(0);
        }
    }

    @Test
    void connectionsAreBoundedAndFurtherCallsWaitInOrder() throws Exception {
        bounded(2);
        List<RawNode.Line> lines = new CopyOnWriteArrayList<>();
        try (var node = new RawNode(lines::add)) {
            var first = rig.start(Rig.node(node.url()), Rig.request("1"), Rig.PATIENCE);
            var second = rig.start(Rig.node(node.url()), Rig.request("2"), Rig.PATIENCE);
            var third = rig.start(Rig.node(node.url()), Rig.request("3"), Rig.PATIENCE);
            Await.until("two are in flight", () -> lines.size() == 2);
            assertThat(rig.connections()).isEqualTo(new ConnectionCounts(2, 0, 2, 1));

            for (RawNode.Line line : lines) answer(line);
            Await.until("the third is in flight", () -> lines.size() == 3);
            answer(lines.get(2));

            for (var call : List.of(first, second, third)) {
                assertThat(Rig.get(call).outcome()).isInstanceOf(Answered.class);
            }
            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsTooLongForAConnectionIsNotSent() throws Exception {
        bounded(1);
        try (var node = new RawNode(_ -> {})) {
            var hanging = rig.start(Rig.node(node.url()), Rig.request("1"), Duration.ofSeconds(1));
            Await.until("it is in flight", () -> rig.connections().inFlight() == 1);
            Got waiting = rig.ask(Rig.node(node.url()), Rig.request("2"), SHORT);

            assertThat(waiting.outcome())
                    .isEqualTo(new NotSent("no free connection to 127.0.0.1:" + node.port() + " within 300 ms"));
            assertThat(Rig.get(hanging).outcome()).isInstanceOf(Unanswered.class);
        }
    }

    @Test
    void aCancelledCallLeavesTheQueue() throws Exception {
        bounded(1);
        var told = new AtomicInteger();
        try (var node = new RawNode(_ -> {})) {
            var hanging = rig.start(Rig.node(node.url()), Rig.request("1"), Duration.ofSeconds(1));
            Await.until("it is in flight", () -> rig.connections().inFlight() == 1);
            var waiting =
                    rig.attempt(Rig.node(node.url()), Rig.request("2"), Rig.PATIENCE, _ -> told.incrementAndGet());
            rig.onLoop(waiting::cancel);

            assertThat(rig.connections().waiting()).isZero();
            Rig.get(hanging);
            Await.until("the connection is closed", () -> rig.connections().open() == 0);
            assertThat(node.heard()).hasSize(1);
            assertThat(told).hasValue(0);
        }
    }

    @Test
    void aChangedEndpointGetsANewPoolAndTheOldOneFinishes() throws Exception {
        var line = new CompletableFuture<RawNode.Line>();
        try (var before = new RawNode(line::complete);
                var after = RawNode.saying(OK)) {
            var pending = rig.start(Rig.node(before.url()), Rig.request("7777777777"), Rig.PATIENCE);
            Rig.get(line);

            assertThat(rig.ask(after.url()).text()).isEqualTo(OK);
            Rig.get(line).reply(OK);
            assertThat(Rig.get(pending).text()).isEqualTo(OK);
            Await.until("the old connection is closed", before::isDeserted);
        }
    }

    @Test
    void headersAndBasicAuthAreSent() throws Exception {
        try (var node = RawNode.saying(OK)) {
            var endpoint = new Endpoint(
                    URI.create(node.url()),
                    null,
                    Map.of("X-Api-Key", "abc", "Content-Length", "1", "User-Agent", "mine", "Bad\r\nName", "x"),
                    new BasicAuth("me", "pass:word"),
                    null);
            rig.ask(Rig.node(endpoint), Rig.request("7777777777"), Rig.PATIENCE);

            assertThat(node.heard().getFirst().head())
                    .contains("x-api-key: abc\r\n", "user-agent: mine\r\n", "authorization: Basic bWU6cGFzczp3b3Jk\r\n")
                    .doesNotContain("user-agent: fairlead", "content-length: 1\r\n", "name");
        }
    }

    @Test
    void userInfoOfTheUrlBecomesBasicAuth() throws Exception {
        try (var node = RawNode.saying(OK)) {
            rig.ask("http://me:p%40ss+@127.0.0.1:" + node.port() + "/");

            assertThat(node.heard().getFirst().head())
                    .startsWith("POST / HTTP/1.1\r\nhost: 127.0.0.1:" + node.port() + "\r\n")
                    .contains("authorization: Basic bWU6cEBzcys=\r\n");
        }
    }

    @Test
    void absentParamsAreSentAsAnEmptyArray() throws Exception {
        try (var node = RawNode.saying(OK)) {
            rig.ask(Rig.node(node.url()), new Request(Slice.of(RawNode.ID), "odd\"név", Slice.NONE), Rig.PATIENCE);

            assertThat(node.heard().getFirst().body()).endsWith(",\"method\":\"odd\\\"név\",\"params\":[]}");
        }
    }

    @Test
    void aLargeRequestArrivesWhole() throws Exception {
        String params = "[\"0x" + "ab".repeat(1_000_000) + "\"]";
        try (var node = RawNode.saying(OK)) {
            var request = new Request(Slice.of(RawNode.ID), "eth_sendRawTransaction", Slice.of(params));

            assertThat(rig.ask(Rig.node(node.url()), request, Rig.PATIENCE).text())
                    .isEqualTo(OK);
            assertThat(node.heard().getFirst().body()).endsWith(params + "}");
        }
    }

    @Test
    void aRequestThatCouldNotLeaveWholeIsNotSent() throws Exception {
        var params = "[\"" + "x".repeat(20_000_000) + "\"]";
        try (var listening = RawNode.plain()) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listening.accept()) {
                    socket.getInputStream().readNBytes(1000);
                    socket.setSoLinger(true, 0);
                } catch (IOException _) {
                    // the test is over
                }
            });
            var request = new Request(Slice.of(RawNode.ID), "eth_sendRawTransaction", Slice.of(params));
            Got got = rig.ask(Rig.node("http://127.0.0.1:" + listening.getLocalPort()), request, Rig.PATIENCE);

            assertThat(got.outcome()).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void afterCloseNothingIsSent() throws Exception {
        try (var node = RawNode.saying(OK)) {
            rig.ask(node.url());
            rig.upstreams().close();

            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new NotSent("the gateway is shutting down"));
            assertThat(rig.connections()).isEqualTo(ConnectionCounts.NONE);
        }
    }

    @Test
    void closeWaitsForWhatIsInFlight() throws Exception {
        var line = new CompletableFuture<RawNode.Line>();
        try (var node = new RawNode(line::complete)) {
            var pending = rig.start(Rig.node(node.url()), Rig.request("7777777777"), Rig.PATIENCE);
            RawNode.Line asked = Rig.get(line);
            var closing = CompletableFuture.runAsync(rig.upstreams()::close);
            asked.reply(OK);

            assertThat(Rig.get(pending).text()).isEqualTo(OK);
            Rig.get(closing);
        }
    }

    @Test
    void closeGivesUpWhatWouldNeverConnect() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofMinutes(1), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 1 << 18, 0));
        List<Socket> filling = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 2; i++) filling.add(new Socket("127.0.0.1", full.getLocalPort()));
            var pending = rig.start(
                    Rig.node("http://127.0.0.1:" + full.getLocalPort()),
                    Rig.request("7777777777"),
                    Duration.ofMinutes(1));
            Await.until("it is being dialled", () -> rig.connections().open() == 1);
            rig.upstreams().close();

            assertThat(Rig.get(pending).outcome()).isEqualTo(new NotSent("the gateway is shutting down"));
            assertThat(rig.connections()).isEqualTo(ConnectionCounts.NONE);
        } finally {
            for (Socket socket : filling) socket.close();
        }
    }

    @Test
    void nodesDoNotShareConnections() throws Exception {
        try (var node = RawNode.saying(OK)) {
            var one = Node.of(new NodeId("test", "n1"), Endpoint.of(node.url()));
            var two = Node.of(new NodeId("test", "n2"), Endpoint.of(node.url()));
            rig.ask(one, Rig.request("7777777777"), Rig.PATIENCE);
            rig.ask(two, Rig.request("7777777777"), Rig.PATIENCE);

            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    private void bounded(int connections) {
        rig.close();
        rig = new Rig(
                Transport.best(),
                new UpstreamConfig(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(50),
                        Duration.ofSeconds(15),
                        connections,
                        1 << 18,
                        0));
    }

    private static void answer(RawNode.Line line) throws Exception {
        String body = line.heard().body();
        String id = body.substring(body.indexOf("\"id\":") + 5, body.indexOf(",\"method\""));
        line.reply(OK.replace(":7,", ":" + id + ","));
    }
}
