package dev.fairlead.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Sockets;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Leaks.class)
class HeadFeedTest {
    private final FakeChain chain = FakeChain.of(1);
    private final FakeNode fake = FakeNode.start(chain);
    private final Rig rig = new Rig();
    private final HeardHeads heard = new HeardHeads();

    @AfterEach
    void stop() {
        rig.close();
        fake.close();
    }

    @Test
    void everyNewHeadIsTold() {
        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl()), heard)) {
            Await.until("it follows", () -> heard.following.get() == 1);
            chain.mine();
            chain.mine();

            Await.until("both are told", () -> heard.heads.size() == 2);
            assertThat(JsonPick.member(heard.heads.getLast(), "hash").text())
                    .isEqualTo('"' + chain.head().hash() + '"');
            assertThat(heard.lost).isEmpty();
        }
        Await.until("the socket is closed", () -> fake.sockets() == 0);
    }

    @Test
    void aLostConnectionIsToldOnceAndNotOpenedAgain() {
        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl()), heard)) {
            Await.until("it follows", () -> heard.following.get() == 1);
            fake.dropSockets();
            Await.until("it is told", () -> !heard.lost.isEmpty());
            chain.mine();
            rig.loop().submit(() -> {}).syncUninterruptibly();

            assertThat(heard.lost).containsExactly("connection closed by 127.0.0.1:" + fake.port());
            assertThat(heard.heads).isEmpty();
            assertThat(fake.sockets()).isZero();
        }
    }

    @Test
    void aConnectionThatDoesNotComeAboutIsLostToo() {
        fake.crash();

        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl()), heard)) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.lost).containsExactly("connection refused by 127.0.0.1:" + fake.port());
            assertThat(heard.following).hasValue(0);
        }
    }

    @Test
    void aRefusedSubscriptionIsToldWithoutTheKey() {
        fake.on("eth_subscribe", new ErrorReply(-32601, "no notifications for 0123456789abcdef"));

        try (var _ =
                HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl().resolve("/0123456789abcdef")), heard)) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.lost.getFirst()).isEqualTo("eth_subscribe: error -32601: no notifications for ***");
            assertThat(heard.following).hasValue(0);
        }
    }

    @Test
    void aNodeThatDoesNotAnswerTheSubscriptionIsLost() {
        fake.on("eth_subscribe", new Hang());

        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl()), heard, Duration.ofMillis(200))) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.lost.getFirst()).isEqualTo("no answer to eth_subscribe within 200 ms");
        }
    }

    @Test
    void aNodeThatAnswersNoPingIsLost() throws Exception {
        try (var mute = Sockets.thatSubscribeAndFallSilent();
                var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(mute.wsUrl()), heard, Duration.ofMillis(200))) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.following.get()).isPositive();
            assertThat(heard.lost.getFirst()).isEqualTo("no answer to a ping within 200 ms");
        }
    }

    @Test
    void pingsThatAreAnsweredKeepAQuietConnection() {
        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(fake.wsUrl()), heard, Duration.ofMillis(250))) {
            Await.until("it follows", () -> heard.following.get() == 1);
            var ticks = new AtomicInteger();
            var ticking = rig.loop().scheduleAtFixedRate(ticks::incrementAndGet, 250, 250, TimeUnit.MILLISECONDS);
            Await.until("some pings have gone", () -> ticks.get() > 4);
            ticking.cancel(false);

            assertThat(heard.lost).isEmpty();
        }
    }

    @Test
    void headsOfAnotherSubscriptionAreNotTold() throws Exception {
        try (var stale = Sockets.thatAnnounceForAnother();
                var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(stale.wsUrl()), heard)) {
            Await.until("the right one is told", () -> !heard.heads.isEmpty());

            assertThat(heard.heads).extracting(Slice::text).containsExactly("{\"number\":\"0x2\"}");
        }
    }

    @Test
    void framesBeyondTheBoundEndTheConnection() throws Exception {
        try (var huge = Sockets.thatSendTooMuch();
                var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(huge.wsUrl()), heard)) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.heads).isEmpty();
        }
    }

    /// Pings, pongs, texts.
    @ParameterizedTest
    @CsvSource({"9, 100", "9, 125", "9, 0", "10, 10", "1, 20"})
    void aNodeThatFloodsIsLost(int opcode, int size) throws Exception {
        try (var flooding = Sockets.thatSendWithoutEnd(opcode, size);
                var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(flooding.wsUrl()), heard)) {
            Await.until("it is told", () -> !heard.lost.isEmpty());

            assertThat(heard.lost.getFirst())
                    .contains("127.0.0.1:" + flooding.wsUrl().getPort());
        }
    }

    @Test
    void whatWaitsForANodeThatDoesNotReadIsBounded() {
        Node node = node(fake.wsUrl());
        try (var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node, heard)) {
            Await.until("it follows", () -> heard.following.get() == 1);
            var socket = new HeadSocket(
                    heard,
                    rig.loop(),
                    node.endpoint(),
                    fake.wsUrl(),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    rig.upstreams().faults());
            var channel = new EmbeddedChannel();
            socket.connected(channel);

            channel.pipeline().firstContext().write(Unpooled.wrappedBuffer(new byte[64 * 1024]));

            assertThat(channel.isOpen()).isFalse();
            assertThat(heard.lost.getFirst()).endsWith("does not read what it is sent over its WebSocket");
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void ofPingsThatComeTogetherTheLastIsAnswered() throws Exception {
        var answers = new CopyOnWriteArrayList<byte[]>();
        try (var pinging = Sockets.thatPingAtOnce(100, answers::add);
                var _ = HeadFeed.open(rig.upstreams(), rig.loop(), node(pinging.wsUrl()), heard)) {
            Await.until("it is answered", () -> !answers.isEmpty());

            assertThat(answers.getFirst()[0]).isEqualTo((byte) 0x8a);
            assertThat(answers.getFirst()[6]).isPositive();
            assertThat(heard.lost).isEmpty();
        }
    }

    @Test
    void aServerThatIsNoWebSocketIsTold() throws Exception {
        try (var plain = new RawNode(line -> line.reply(403, "no"))) {
            try (var _ = HeadFeed.open(
                    rig.upstreams(),
                    rig.loop(),
                    node(URI.create("ws://127.0.0.1:" + plain.port() + "/p?k=v")),
                    heard)) {
                plain.sockets();
                Await.until("it is told", () -> !heard.lost.isEmpty());

                assertThat(heard.lost.getFirst())
                        .isEqualTo("WebSocket refused by 127.0.0.1:" + plain.port() + ": HTTP 403");
                assertThat(plain.heard().getFirst().head())
                        .startsWith("GET /p?k=v HTTP/1.1")
                        .containsIgnoringCase("x-key: abc")
                        .containsIgnoringCase("authorization: Basic bWU6eA==");
            }
        }
    }

    @Test
    void aNodeWithoutAWebSocketUrlCannotBeFollowed() {
        Node node = Rig.node("http://127.0.0.1:1");

        assertThatThrownBy(() -> HeadFeed.open(rig.upstreams(), rig.loop(), node, heard))
                .hasMessageContaining("test/n1 has no WebSocket URL");
    }

    private static Node node(URI ws) {
        return Rig.node(new Endpoint(
                URI.create("http://127.0.0.1:1"), ws, Map.of("X-Key", "abc"), new BasicAuth("me", "x"), null));
    }

    private static final class HeardHeads implements HeadFeed.Listener, HeadSocket.Owner {
        final AtomicInteger following = new AtomicInteger();
        final List<Slice> heads = new CopyOnWriteArrayList<>();
        final List<String> lost = new CopyOnWriteArrayList<>();

        @Override
        public void following() {
            following.incrementAndGet();
        }

        @Override
        public void head(Slice header) {
            heads.add(header);
        }

        @Override
        public void lost(String cause) {
            lost.add(cause);
        }
    }
}
