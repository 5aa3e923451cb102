package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.http.GzipEncoder;
import dev.fairlead.support.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is held for clients is bounded, and given back.
class HoldingTest {
    private static final int MIB = 1024 * 1024;
    private static final String PART = "x".repeat(64 * 1024);

    private final Gateway gateway = Gateway.within(8 * MIB, 8 * MIB);
    private final List<Wire> unread = new ArrayList<>();
    private final AtomicInteger cut = new AtomicInteger();

    @AfterEach
    void stop() throws IOException {
        for (Wire wire : unread) wire.close();
        gateway.close();
    }

    @Test
    void aBatchOfOneHugeReplyCostsLittleWhileNobodyReads() throws Exception {
        replies(64 * MIB);
        try (Wire wire = new Wire(gateway.port(), 8192)) {
            wire.say(Wire.post("[" + Gateway.call(1, "huge") + "]"));
            Await.until("the node is paused", () -> !gateway.way.rests.isEmpty() && gateway.way.rests.get(0).paused);

            assertThat(gateway.budgets.direct().used()).isLessThan(4 * MIB);
        }
        Await.until("all is given back", () -> gateway.budgets.direct().used() == 0);
    }

    @Test
    void largeRepliesInsideABatchArriveInTheirOrder() throws Exception {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("small")) back.accept(gateway.way.named(call));
            else huge(3 * MIB).take(call, back);
        });

        String body = gateway.post("[" + Gateway.call(1, "small") + "," + Gateway.call(2, "huge") + ","
                        + Gateway.call(3, "small") + "," + Gateway.call(4, "huge") + "]")
                .body();

        String huge = "{" + PART.repeat(3 * MIB / PART.length()) + "}";
        assertThat(body.equals("[" + Gateway.result(1, "small") + "," + huge + "," + Gateway.result(3, "small") + ","
                        + huge + "]"))
                .isTrue();
        Await.until("all is given back", () -> gateway.budgets.direct().used() == 0);
        assertThat(gateway.told.calls).hasSize(4);
    }

    @Test
    void aBatchWhoseReplyBreaksOffInTheMiddleIsNeverTakenForAWholeOne() throws Exception {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("small")) back.accept(gateway.way.named(call));
            else back.accept(gateway.way.streaming("{", -1));
        });
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post("[" + Gateway.call(1, "huge") + "," + Gateway.call(2, "small") + "]"));
            Await.until("both are asked", () -> gateway.way.calls.size() == 2);
            gateway.way.calls.getFirst().loop().execute(() -> {
                for (int i = 0; i < 20; i++) gateway.way.rests.getFirst().part(PART);
                gateway.way.rests.getFirst().sink().cut("connection reset");
            });

            assertThatThrownBy(wire::hear).isInstanceOf(IOException.class);
        }
        Await.until("all is given back", () -> gateway.budgets.direct().used() == 0);
    }

    @Test
    void bodiesThatDoNotEndAreRefusedWhenTheyTakeTooMuch() throws Exception {
        List<Wire> wires = new ArrayList<>();
        byte[] most = new byte[2 * MIB];
        for (int i = 0; i < 4; i++) {
            Wire wire = gateway.wire();
            wires.add(wire);
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + 3 * MIB + "\r\n\r\n");
            wire.say(most);
        }
        Await.until("one is refused", () -> gateway.budgets.heap().refusals() > 0);
        Await.until("it is told", () -> wires.stream().anyMatch(HoldingTest::hears));

        Wire.Response refused = wires.stream()
                .filter(HoldingTest::hears)
                .findFirst()
                .orElseThrow()
                .hear();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(refused.body()).contains("-32005", "memory for requests");
        assertThat(gateway.post(Gateway.call(1, "small")).body()).isEqualTo(Gateway.result(1, "small"));
        for (Wire wire : wires) wire.close();
        gateway.http.close();
        Await.until("all is given back", () -> gateway.budgets.heap().used() == 0);
    }

    @Test
    void bodiesThatStandStillAreEndedWhileMemoryIsShort() throws Exception {
        gateway.memory = new MemoryConfig(0, 0, Duration.ofSeconds(1), 0);
        try (Wire one = gateway.wire();
                Wire other = gateway.wire()) {
            for (Wire wire : List.of(one, other)) {
                wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + 3300 * 1024 + "\r\n\r\n");
                wire.say(new byte[3200 * 1024]);
            }
            Await.until("memory is short", () -> gateway.budgets.heap().used() > 6 * MIB);

            Await.until("one is ended", () -> gateway.budgets.heap().used() < 4 * MIB);

            assertThat(gateway.budgets.heap().refusals()).isZero();
        }
        Await.until("all is given back", () -> gateway.budgets.heap().used() == 0);
    }

    @Test
    void inflatedBodiesCountAsTheyAre() throws Exception {
        gateway.way.hold();
        List<Wire> wires = new ArrayList<>();
        var text = new StringBuilder("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[\"");
        for (int i = 0; text.length() < 4 * MIB; i++) text.append(i * 7919L).append("0".repeat(200));
        byte[] body = gzip(text + "\"]}");
        for (int i = 0; i < 3; i++) {
            Wire wire = gateway.wire();
            wires.add(wire);
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            wire.say(body);
        }

        Await.until("one is refused", () -> gateway.budgets.heap().refusals() > 0);

        assertThat(gateway.budgets.heap().used()).isLessThan(8 * MIB);
        assertThat(gateway.way.held).hasSizeLessThan(3);
        for (Wire wire : wires) wire.close();
        Await.until("all is given back", () -> gateway.budgets.heap().used() == 0);
    }

    @Test
    void aBodyThatInflatesBeyondAllMeasureIsRefused() throws Exception {
        try (Wire wire = gateway.wire()) {
            byte[] body = gzip("{\"a\":\"" + "0".repeat(4 * MIB) + "\"}");
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            wire.say(body);

            Wire.Response refused = wire.hear();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("inflates");
        }
    }

    @Test
    void manyUnreadRepliesAreRefusedAndSmallCallsGoOn() throws Exception {
        replies(64 * MIB);
        List<Wire> wires = new ArrayList<>();
        Await.until("some are refused", () -> {
            if (wires.size() < 400) ask(wires); // while there is plenty nobody is refused
            return gateway.budgets.direct().refusals() > 0;
        });

        assertThat(gateway.budgets.direct().used()).isLessThan(10 * MIB);
        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        assertThat(gateway.post(Gateway.call(1, "small")).body()).isEqualTo(Gateway.result(1, "small"));
        for (Wire wire : wires) wire.close();
        Await.until("all is given back", () -> gateway.budgets.direct().used() == 0);
    }

    @Test
    void answersOfOurOwnThatNobodyReadsWaitForRoom() throws Exception {
        String invalid = Wire.post("[" + "1,".repeat(999) + "1]");
        unread(invalid, 30, 100);

        Await.until("one is refused", () -> gateway.budgets.direct().refusals() > 0);

        staysWithinItsMemory();
    }

    @Test
    void whatIsCompressedTakesLittleMoreThanItsBytes() {
        ByteBuf much = Unpooled.copiedBuffer(PART, StandardCharsets.US_ASCII);

        ByteBuf little = new GzipEncoder().part(ByteBufAllocator.DEFAULT, much, true);

        assertThat(little.capacity()).isLessThan(2 * little.readableBytes());
        little.release();
    }

    @Test
    void smallAnswersOfOurOwnThatNobodyReadsWaitForRoom() throws Exception {
        unread("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 8000, 60);

        Await.until("memory is short", () -> gateway.budgets.direct().used() > 5 * MIB);

        staysWithinItsMemory();
    }

    @Test
    void whoReadsHasAllAnswersAlthoughMemoryIsShort() throws Exception {
        String invalid = Wire.post("[" + "1,".repeat(999) + "1]");
        gateway.memory = new MemoryConfig(0, 0, Duration.ofMinutes(1), 0);
        unread(invalid, 30, 100);
        Await.until("memory is short", () -> gateway.budgets.direct().used() > 5 * MIB);

        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "small")).repeat(200));

            for (int i = 0; i < 200; i++) assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "small"));
        }
    }

    /// Beside what they sent ahead, which is there already.
    private void staysWithinItsMemory() throws Exception {
        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        for (int i = 0; i < 20; i++) {
            assertThat(gateway.post(Gateway.call(1, "small")).body()).isEqualTo(Gateway.result(1, "small"));
            assertThat(gateway.budgets.direct().used()).isLessThan(13 * MIB);
        }
    }

    /// As many clients say it so often and read nothing.
    private void unread(String request, int times, int clients) throws IOException {
        byte[] requests = request.repeat(times).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < clients; i++) {
            var wire = new Wire(gateway.port(), 4096);
            unread.add(wire);
            Thread.ofVirtual().start(() -> {
                try {
                    wire.say(requests);
                } catch (IOException ended) {
                    cut.incrementAndGet(); // which the gateway may do
                }
            });
        }
    }

    private void ask(List<Wire> wires) {
        try {
            var wire = new Wire(gateway.port(), 8192);
            wires.add(wire);
            wire.say(Wire.post(Gateway.call(wires.size(), "huge")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static boolean hears(Wire wire) {
        try {
            return wire.in.available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private void replies(long bytes) {
        gateway.way.will(huge(bytes));
    }

    /// A reply that comes as fast as it is taken.
    private Next huge(long bytes) {
        return (call, back) -> {
            var answer = gateway.way.streaming("{", -1);
            StubRest rest = gateway.way.rests.getLast();
            var sent = new AtomicLong();
            rest.onResume = () -> {
                while (!rest.paused && !rest.aborted && sent.get() < bytes) {
                    sent.addAndGet(PART.length());
                    rest.part(PART);
                    if (sent.get() < bytes) continue;
                    rest.part("}");
                    rest.sink().end();
                }
            };
            back.accept(answer);
        };
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
