package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Rig.Got;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A large reply comes no faster than its client reads, and is cut when its node stands still.
@ExtendWith(Leaks.class)
class SlowLargeReplyTest extends LargeReplies {
    /// Each byte is news, so it never stands still.
    @ParameterizedTest
    @CsvSource({"eth_getBlockByNumber, 16384", "debug_traceTransaction, 1024"})
    void aReplyThatTricklesIsCut(String method, int least) throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(1), 64, 256 * 1024, 0));
        String said = RawNode.http(200, "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}");
        int head = said.indexOf("{");
        var request = new Request(Slice.of("7777777777"), method, Slice.of("[]"));
        try (var node = new RawNode(line -> {
            line.send(said.substring(0, head + 600_000));
            for (int at = head + 600_000; ; at++) {
                line.send(said.substring(at, at + 1));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        })) {
            assertThat(rig.ask(Rig.node(node.url()), request, Rig.PATIENCE).cut())
                    .startsWith("reply trickled: less than " + least + " bytes a second over 1 s, after 600");
        }
    }

    @Test
    void aQuickReplyThatTricklesMakesRoomSoonForACallThatWaits() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofMinutes(10), 64, 256 * 1024, 0));
        String said = RawNode.http(200, "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}");
        int head = said.indexOf("{");
        var request = new Request(Slice.of("7777777777"), "eth_getBlockByNumber", Slice.of("[]"));
        try (var node = new RawNode(line -> {
            line.send(said.substring(0, head + 600_000));
            for (int at = head + 600_000; ; at++) {
                line.send(said.substring(at, at + 1));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        })) {
            List<CompletableFuture<Got>> all = new ArrayList<>();
            for (int i = 0; i < 65; i++) all.add(rig.start(Rig.node(node.url()), request, Duration.ofSeconds(20)));

            assertThat(all.getFirst().get(20, TimeUnit.SECONDS).cut())
                    .startsWith("reply trickled: less than 16384 bytes a second over 5 s");
        }
    }

    @Test
    void aReplyThatStandsStillIsCut() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofMillis(300), 64, 256 * 1024, 0));
        String said = RawNode.http(200, "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}");
        int head = said.indexOf("{");
        try (var node = new RawNode(line -> line.send(said.substring(0, head + 600_000)))) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo("reply stood still for 300 ms after 600000 bytes");
        }
    }

    @Test
    void whoeverDiscardsALargeReplyClosesItsConnection() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}")) {
            rig.attempt(Rig.node(node.url()), Rig.request("7777777777"), Rig.PATIENCE, outcome -> {
                if (outcome instanceof Answered(var reply)) reply.discard();
            });

            Await.until(
                    "the connection is closed",
                    () -> node.accepted() == 1 && rig.connections().open() == 0);
        }
    }

    @Test
    void aSlowReaderCostsNoMemory() throws Exception {
        long size = 50_000_000;
        try (var chain = FakeNode.start(FakeChain.of(1))) {
            chain.always(new HugeResult(size));
            long before = PlatformDependent.usedDirectMemory();
            assertThat(before).as("netty counts direct memory").isPositive();
            var slow = new SlowSink(rig);

            rig.attempt(Rig.node(chain.httpUrl().toString()), Rig.request("7777777777"), Rig.PATIENCE, outcome -> {
                if (outcome instanceof Answered(var reply)) slow.begin(reply);
            });

            assertThat(slow.ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.cut).isEmpty();
            assertThat(slow.taken.get())
                    .isEqualTo(size + "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"\"}".length());
            assertThat(slow.mostMemory.get() - before).isLessThan(12_000_000);
        }
        Await.until("the connection can be used again", () -> rig.connections().inFlight() == 0);
    }

    @Test
    void whileAReaderPausesNothingIsTold() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}")) {
            var begun = new CompletableFuture<Reply>();
            rig.attempt(Rig.node(node.url()), Rig.request("7777777777"), Rig.PATIENCE, outcome -> {
                if (outcome instanceof Answered(var reply)) begun.complete(reply);
            });
            Reply reply = Rig.get(begun);
            var events = new Recording();
            rig.onLoop(() -> {
                reply.body().release();
                rest(reply).pause();
                rest(reply).into(events);
            });
            rig.onLoop(() -> {});
            assertThat(events.parts).hasValue(0);

            rig.onLoop(() -> rest(reply).resume());
            assertThat(events.ended.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(rig.ask(node.url()).text()).contains(MUCH);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHasComeNeedNotWaitForANodeThatStandsStill(boolean chunked) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}";
        String said = chunked
                ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(body.length(), body)
                : RawNode.http(200, body);
        int pause = said.length() - 1000;
        var goesOn = new CountDownLatch(1);
        var node = new RawNode(line -> {
            line.send(said.substring(0, pause));
            goesOn.await();
            line.send(said.substring(pause));
        });
        try (node) {
            var events = new Recording();
            rig.attempt(Rig.node(node.url()), Rig.request("7777777777"), Rig.PATIENCE, outcome -> {
                if (!(outcome instanceof Answered(var reply))) return;
                events.take(reply.body());
                rest(reply).into(events);
            });

            int least = body.length() - 1000 - 300; // the last bytes are held back until the end is known
            Await.until("a lull after all that has come", () -> events.takenAtLull.get() >= least);
            assertThat(events.ended.getCount()).isEqualTo(1);

            goesOn.countDown();
            assertThat(events.ended.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(events.taken).hasValue(body.length());
        }
    }

    private static final class Recording implements Reply.Sink {
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicInteger parts = new AtomicInteger();
        final AtomicInteger taken = new AtomicInteger();
        final AtomicInteger takenAtLull = new AtomicInteger();

        @Override
        public void part(ByteBuf part) {
            parts.incrementAndGet();
            take(part);
        }

        void take(ByteBuf part) {
            taken.addAndGet(part.readableBytes());
            part.release();
        }

        @Override
        public void lull() {
            takenAtLull.set(taken.get());
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void cut(String cause) {}
    }

    /// Takes a part, pauses, and goes on a moment later, while keeping only that part.
    private static final class SlowSink implements Reply.Sink {
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicLong taken = new AtomicLong();
        final AtomicLong mostMemory = new AtomicLong();
        final List<String> cut = new ArrayList<>();
        private final Rig rig;
        private Reply.@Nullable Rest rest;

        SlowSink(Rig rig) {
            this.rig = rig;
        }

        void begin(Reply reply) {
            rest = rest(reply);
            taken.addAndGet(reply.body().readableBytes());
            reply.body().release();
            rest.into(this);
        }

        @Override
        public void part(ByteBuf part) {
            taken.addAndGet(part.readableBytes());
            mostMemory.accumulateAndGet(PlatformDependent.usedDirectMemory(), Math::max);
            Reply.Rest toCome = Objects.requireNonNull(rest);
            toCome.pause();
            rig.loop()
                    .schedule(
                            () -> {
                                part.release();
                                toCome.resume();
                            },
                            100,
                            TimeUnit.MICROSECONDS);
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void cut(String cause) {
            cut.add(cause);
            ended.countDown();
        }
    }
}
