package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Unanswered;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(Leaks.class)
class LargeReplyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MUCH = "z".repeat(1_000_000);

    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777}",
                "{\"id\":7777777777,\"jsonrpc\":\"2.0\",\"result\":{\"a\":\"$\",\"error\":null}} \n",
                "{\"id\":7777777777,\"jsonrpc\":\"2.0\",\"result\":[{\"a\":\"$\",\"id\":8}]}"
            })
    void legalRepliesAreRelayedByteForByteWithTheirLength(String shape) throws Exception {
        String said = shape.replace("$", MUCH);
        try (var node = RawNode.saying(said)) {
            for (int i = 0; i < 3; i++) {
                Got got = rig.ask(node.url());

                assertThat(got.text()).isEqualTo(said);
                assertThat(got.length()).isEqualTo(said.length());
                assertThat(got.value()).startsWith(said.substring(said.indexOf("result") + 8, said.indexOf("zz")));
            }
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    /// Sent with its length, and in chunks; broken where it is held still, and where it streams.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"a\":\"$\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}x",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\" \"b\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",01]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\",nul]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"a\":\"$\",\"b\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"\\x$\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\\x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\\u12g4\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\n\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\u0001$\"}",
                "{\"result\":[\"$\"},\"jsonrpc\":\"2.0\",\"id\":7777777777}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[[\"$\"],\"error\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"error\":{\"code\":-32000,\"message\":\"died\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"],\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"$\"],\"result\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"id\":7777777777}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"x\":[\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777,\"x\":\"$\",}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"x\":\"$\"",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"x\":\"$\",\"err\\u006fr\":{\"code\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"x\":\"$\",\"result\":null,\"result\":[\"$\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"}          \n          x",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\" }  } "
            })
    void brokenRepliesNeverEndAsGoodOnes(String shape) throws Exception {
        String said = shape.replace("$", MUCH);
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(said.length())
                + "\r\n" + said + "\r\n0\r\n\r\n";
        for (String reply : List.of(RawNode.http(200, said), chunks)) {
            try (var node = new RawNode(line -> line.send(reply))) {
                Got got = rig.ask(node.url());

                if (got.outcome() instanceof Answered) {
                    assertThat(got.cut()).startsWith("reply ");
                    assertThat(got.text().length()).isLessThan(said.length());
                } else {
                    assertThat(got.outcome()).isEqualTo(new Unanswered("reply is broken JSON"));
                }
                Await.until("the connection is closed", () -> rig.connections().open() == 0);
            }
        }
    }

    /// On its way to the client each part takes far more memory than its bytes.
    @Test
    void chunksOfOneByteAreCopiedTogether() throws Exception {
        int tiny = 200_000;
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH)
                + chunk("z").repeat(tiny) + chunk("\"}") + "0\r\n\r\n";
        var parts = new AtomicInteger();
        var bytes = new AtomicInteger();
        var ending = new CompletableFuture<String>();
        try (var node = new RawNode(line -> line.send(chunks))) {
            rig.attempt(Rig.node(node.url()), Rig.request(RawNode.ID), Rig.PATIENCE, outcome -> {
                Reply reply = ((Answered) outcome).reply();
                bytes.addAndGet(reply.body().readableBytes());
                reply.body().release();
                Objects.requireNonNull(reply.rest()).into(new Reply.Sink() {
                    @Override
                    public void part(ByteBuf part) {
                        parts.incrementAndGet();
                        bytes.addAndGet(part.readableBytes());
                        part.release();
                    }

                    @Override
                    public void end() {
                        ending.complete("ended");
                    }

                    @Override
                    public void cut(String cause) {
                        ending.complete(cause);
                    }
                });
            });

            assertThat(Rig.get(ending)).isEqualTo("ended");
            assertThat(bytes.get()).isGreaterThan(MUCH.length() + tiny);
            assertThat(parts.get()).isLessThan(tiny / 10);
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void whatIsBrokenWhileItIsHeldLetsAnotherNodeBeAsked() throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"" + "a".repeat(10_000) + "\"},\"" + MUCH + "\"]}";
        try (var node = RawNode.saying(said)) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is broken JSON"));
        }
    }

    @Test
    void whoeverWaitsForItIsToldThatTheNodeIsAtFault() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[\"" + MUCH + "\"}}";
        var fault = new CompletableFuture<String>();
        try (var node = RawNode.saying(said)) {
            rig.attempt(Rig.node(node.url()), Rig.request("1"), Rig.PATIENCE, outcome -> {
                Reply reply = ((Answered) outcome).reply();
                Reply.Rest rest = Objects.requireNonNull(reply.rest());
                rest.onFault(fault::complete);
                reply.body().release();
                rest.into(new Reply.Sink() {
                    @Override
                    public void part(ByteBuf part) {
                        part.release();
                    }

                    @Override
                    public void end() {
                        fault.complete("ended");
                    }

                    @Override
                    public void cut(String cause) {}
                });
            });

            assertThat(Rig.get(fault)).isEqualTo("reply is broken JSON");
        }
    }

    @Test
    void theLengthIsKeptWhenANullErrorIsTakenOut() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\",\"error\":null}";
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo(said.replace(",\"error\":null}", "}") + " ".repeat(13));
            assertThat(got.length()).isEqualTo(got.text().length());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"} | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777} | {\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":@}",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"id\":7777777777} | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
                "{\"result\":\"$\",\"error\" : null , \"id\": 7777777777, \"jsonrpc\":\"2.0\" }  | {\"jsonrpc\":\"2.0\",\"id\":@,\"result\":\"$\"}",
            })
    void theClientsIdIsPutBack(String shape, String expected) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", MUCH))) {
            for (String id : List.of("1", "1.50", "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"", "1234567890")) {
                Got got = rig.ask(node.url(), id);

                assertThat(got.text().stripTrailing())
                        .isEqualTo(expected.replace("$", MUCH).replace("@", id));
                assertThat(got.value()).startsWith("\"zz");
                assertThat(got.length()).isIn(-1L, (long) got.text().length());
            }
        }
    }

    /// Whatever stands before, between and behind its members, in every framing, the value comes out whole and the
    /// client's id is the only one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{@J,@I,@R}@W",
                "{@R,@J,@I}@W",
                "@W{@J,@I,@R}",
                "@W{@J,@R,@I}@W",
                "{@W@J@W,@W@I@W,@W@R@W}",
                "{@J,@W@R@W,@W@I@W}@W",
                "{@J,@R,@I,@X}",
                "{@J,@R,@X,@I}",
                "{@J,@I,@R,@X}",
                "{@R,@I,@X}@W",
                "{@R,@X,@I,@J}",
                "{@X,@I,@R}",
                "{@X,@J,@I,@R,@W@X}",
                "{@X,@R,@I}",
                "{@J,@I,@X,@R}",
                "{@J,@X,@R,@X,@I,@X}@W",
                "@W{@X,@J,@R,@E,@I}@W",
                "{@J,@E,@X,@I,@R}",
                "{@J,@I,@R,@X,@E}@W",
                "{@J,@R,@X,@E,@I,@X}"
            })
    void membersMayStandInAnyOrderAndBeOfAnySize(String shape) throws Exception {
        for (int size : new int[] {1, 300, 5_000, 300_000}) {
            for (String value : List.of("\"" + "z".repeat(400_000) + "\"", "[1,{\"id\":2,\"a\":\"}\"}]", "12")) {
                String said = shape.replace("@J", "\"jsonrpc\":\"2.0\"")
                        .replace("@I", "\"id\": 7777777777")
                        .replace("@R", "\"result\":" + value)
                        .replace("@E", "\"error\":null")
                        .replace("@X", "\"x" + size + "\":[\"" + "y".repeat(size) + "\",{\"id\":1}]")
                        .replace("@W", " \n".repeat(size / 2 + 1));
                if (said.length() < 270_000) continue;
                for (boolean chunked : new boolean[] {false, true}) {
                    try (var node = new RawNode(line -> {
                        String named = said.replace(RawNode.ID, line.heard().id());
                        line.send(chunked ? chunked(named, 997) : RawNode.http(200, named));
                    })) {
                        for (String id : List.of("1", "\"6f9619ff-8b86-d011-b42d\"")) {
                            Got got = rig.ask(node.url(), id);

                            assertThat(got.outcome()).isInstanceOf(Answered.class);
                            assertThat(got.cut()).isNull();
                            assertThat(got.length()).isIn(-1L, (long) got.text().length());
                            assertThat(got.value()).startsWith(value);
                            JsonNode read = JSON.readTree(got.text());
                            assertThat(read.get("id").toString()).isEqualTo(id);
                            assertThat(read.get("result")).isEqualTo(JSON.readTree(value));
                            assertThat(read.has("error")).isFalse();
                        }
                    }
                }
            }
        }
    }

    @Test
    void chunksOfAnySizeMakeTheSameReply() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"result\":\"" + MUCH + "\",\"id\":7777777777}";
        try (var node = new RawNode(line -> {
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunks = new StringBuilder();
            for (int from = 0, size = 1; from < said.length(); from += size, size = size % 700 + 1) {
                String chunk = said.substring(from, Math.min(said.length(), from + size));
                chunks.append(Integer.toHexString(chunk.length()))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n");
            }
            line.send(chunks.append("0\r\n\r\n").toString());
        })) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo(said);
            assertThat(got.length()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":8} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\"} | answered without the call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\" | reply is not whole",
            })
    void whatIsFoundWrongAtTheEndCutsTheReply(String shape, String cause) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", MUCH))) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo(cause);
            rig.ask(node.url());

            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void anotherCallsReplyIsNotEvenBegun() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":\"" + MUCH + "\"}")) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("answered another call's id"));
        }
    }

    @Test
    void aReplyThatBreaksOffIsCut() throws Exception {
        String said = RawNode.http(200, "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}");
        int head = said.indexOf("{");
        try (var node = new RawNode(line -> {
            line.send(said.substring(0, head + 600_000));
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo("reply broke off after 600000 bytes");
        }
    }

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
    void aReplyThatGrowsBeyondTheBoundIsCut() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 256 * 1024, 500_000));
        try (var node = new RawNode(line -> line.send(
                "HTTP/1.0 200 OK\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}"))) {
            assertThat(rig.ask(node.url()).cut()).isEqualTo("reply of more than 500000 bytes");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"result\":12,\"id\":@}",
                "{\"jsonrpc\":\"2.0\",\"id\":@,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}"
            })
    void aSmallReplyMayBeFollowedByMuchSpace(String shape) throws Exception {
        try (var node = RawNode.saying(shape.replace("@", RawNode.ID) + " ".repeat(400_000))) {
            for (String id : List.of("1", "\"6f9619ff-8b86-d011-b42d\"")) {
                Got got = rig.ask(node.url(), id);

                assertThat(JSON.readTree(got.text())).isEqualTo(JSON.readTree(shape.replace("@", id)));
                assertThat(got.cut()).isNull();
            }
        }
    }

    @Test
    void whatStandsBeforeAndBehindTheResultIsBounded() throws Exception {
        String extra = "\"x\":\"" + "y".repeat(5_000_000) + "\"";
        try (var before = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777," + extra + ",\"result\":1}");
                var behind = RawNode.saying(
                        "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"," + extra + "}")) {
            assertThat(rig.ask(before.url()).cause()).startsWith("no result or error in the first 4");
            assertThat(rig.ask(behind.url()).cut()).isEqualTo("reply has more than 4194304 bytes behind its result");
        }
    }

    @Test
    void aBodyTooLargeToBeHeldIsJudgedByItsStatus() throws Exception {
        String said = "{\"data\":\"" + "y".repeat(5_000_000) + "\"}";
        try (var node = new RawNode(line -> line.send(RawNode.http(429, said)))) {
            assertThat(rig.ask(node.url()).outcome()).isInstanceOf(Outcome.Declined.class);
        }
    }

    @Test
    void spaceBehindTheReplyIsNotHeld() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}" + " ".repeat(6_000_000);
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.cut()).isNull();
            assertThat(got.text()).hasSameSizeAs(said);
            assertThat(JSON.readTree(got.text()).get("result").stringValue()).isEqualTo(MUCH);
        }
    }

    private static String chunked(String body, int size) {
        var chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < body.length(); from += size) {
            String chunk = body.substring(from, Math.min(body.length(), from + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    private static Reply.Rest rest(Reply reply) {
        if (reply.rest() == null) throw new AssertionError("the reply is whole");
        return reply.rest();
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
