package dev.fairlead.data.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.server.Gateway;
import dev.fairlead.data.server.StubRest;
import dev.fairlead.data.server.StubWay;
import dev.fairlead.data.server.Wire;
import dev.fairlead.support.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamedAnswerTest {
    private static final String PART = "x".repeat(16_384);

    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aReplyOfKnownLengthHasAContentLength() throws Exception {
        streams("0123", 10);
        try (Wire wire = gateway.wire()) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
            later(() -> {
                rest.part("456");
                rest.part("789");
                rest.sink().end();
            });

            Wire.Response response = wire.hear();

            assertThat(response.headers()).containsEntry("content-length", "10").doesNotContainKey("transfer-encoding");
            assertThat(response.body()).isEqualTo("0123456789");
        }
        Await.until("the end is told", () -> gateway.told.calls.size() == 1);
        assertThat(gateway.told.calls.getFirst().outcome()).isEqualTo(Ending.SERVED);
    }

    @Test
    void aReplyOfUnknownLengthComesInChunksAndTheConnectionGoesOn() throws Exception {
        streams("0123", -1);
        try (Wire wire = gateway.wire()) {
            for (int round = 0; round < 3; round++) {
                StubRest rest = ask(wire, Wire.post(Gateway.call(round, "a")));
                later(() -> {
                    rest.part("456");
                    rest.sink().end();
                });

                Wire.Response response = wire.hear();

                assertThat(response.headers()).containsEntry("transfer-encoding", "chunked");
                assertThat(response.body()).isEqualTo("0123456");
            }
        }
    }

    @Test
    void theBeginningIsSentBeforeTheRestHasCome() throws Exception {
        streams("0123", 10);
        try (Wire wire = gateway.wire()) {
            ask(wire, Wire.post(Gateway.call(1, "a")));

            String line = wire.line();
            while (!line.isEmpty()) line = wire.line();

            assertThat(new String(wire.exactly(4), StandardCharsets.US_ASCII)).isEqualTo("0123");
        }
        Await.until("the node is told to stop", () -> gateway.way.rests.getFirst().aborted);
        assertThat(gateway.told.calls).extracting("status").containsExactly(499);
    }

    @Test
    void aReplyThatWaitsForItsTurnIsNotReadFromTheNode() throws Exception {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("first")) gateway.way.held.add(new StubWay.Held(call, back));
            else back.accept(gateway.way.streaming("0123", 4));
        });
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "first")) + Wire.post(Gateway.call(2, "second")));
            Await.until("the second has its answer", () -> gateway.way.rests.size() == 1);
            StubRest rest = gateway.way.rests.getFirst();
            assertThat(rest.wanted.getCount()).isEqualTo(1);

            StubWay.Held first = gateway.way.held.getFirst();
            first.answer(gateway.way.named(first.call()));
            rest.wanted.await();
            later(() -> rest.sink().end());

            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "first"));
            assertThat(wire.hear().body()).isEqualTo("0123");
        }
    }

    @Test
    void aSlowClientSlowsItsNodeDownAndGetsEveryByte() throws Exception {
        int parts = 2000;
        var sent = new AtomicInteger();
        streams("", (long) parts * PART.length());
        try (Wire wire = new Wire(gateway.port(), 8192)) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
            rest.onResume = () -> send(rest, sent, parts);
            later(rest.onResume);
            Await.until("the node is paused", () -> rest.paused);

            assertThat(sent.get()).isLessThan(parts);
            Wire.Response response = wire.hear();

            assertThat(response.body()).hasSize(parts * PART.length());
        }
    }

    /// What waits for a client takes far more memory than its bytes when they are many small parts.
    @Test
    void aNodeThatSendsTinyPartsDoesNotRunAheadOfItsClient() throws Exception {
        int parts = 5_000;
        var sent = new AtomicInteger();
        streams("", parts);
        try (Wire wire = new Wire(gateway.port(), 8192)) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
            Runnable send = () -> {
                while (!rest.paused && sent.get() < parts) {
                    sent.incrementAndGet();
                    rest.sink().part(gateway.way.buffer("x"));
                }
            };
            later(send);
            Await.until("the node is paused", () -> rest.paused);

            assertThat(sent.get()).isLessThan(2_000);
            rest.onResume = () -> {
                send.run();
                rest.sink().lull();
                if (sent.getAndUpdate(n -> n == parts ? n + 1 : n) == parts)
                    rest.sink().end();
            };
            later(rest.sink()::lull);
            assertThat(wire.hear().body()).hasSize(parts);
        }
    }

    private static void send(StubRest rest, AtomicInteger sent, int parts) {
        while (!rest.paused && sent.get() < parts) {
            sent.incrementAndGet();
            rest.part(PART);
        }
        if (sent.get() == parts && !rest.paused) {
            sent.incrementAndGet();
            rest.sink().end();
        }
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws Exception {
        gateway.config = Gateway.timeouts(t ->
                        new ServerConfig.Timeouts(t.header(), t.body(), t.idle(), t.call(), Gateway.SHORT, t.stop()))
                .apply(gateway.config);
        streams("", 1_000_000_000);
        try (Wire wire = new Wire(gateway.port(), 8192)) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
            rest.onResume = () -> {
                while (!rest.paused) rest.part(PART);
            };
            later(rest.onResume);

            Await.until("the node is told to stop", () -> rest.aborted);
            Await.until("the connection is gone", () -> gateway.server.connections() == 0);
        }
    }

    @Test
    void aReplyThatBreaksOffIsNeverTakenForAWholeOne() throws Exception {
        for (long length : new long[] {-1, 10}) {
            streams("0123", length);
            try (Wire wire = gateway.wire()) {
                StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
                later(() -> rest.sink().cut("connection reset"));

                assertThatThrownBy(wire::hear).isInstanceOf(IOException.class);
            }
        }
        Await.until("both ends are told", () -> gateway.told.calls.size() == 2);
        assertThat(gateway.told.calls).extracting("outcome").containsOnly(Ending.FAILED);
    }

    /// Its client reads, its node is not read, and nobody will ever go on with it.
    @Test
    void anAnswerThatStandsStillByAFaultOfOurOwnIsEndedAndTold() throws Exception {
        streams("0123", -1);
        try (Wire wire = gateway.wire()) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a")));
            rest.awaited = false;

            assertThatThrownBy(wire::hear).isInstanceOf(IOException.class);

            Await.until("the node is told to stop", () -> rest.aborted);
        }
        assertThat(gateway.told.faults)
                .singleElement()
                .asString()
                .startsWith("clients: ")
                .contains("stood still");
        assertThat(gateway.told.calls).extracting("outcome").containsExactly(Ending.FAILED);
    }

    @Test
    void answersBeforeOneThatBreaksOffArriveWhole() throws Exception {
        String large = "\"" + "y".repeat(60_000) + "\"";
        gateway.way.will((call, back) -> back.accept(
                call.request().method().equals("large")
                        ? gateway.way.result(call, large)
                        : gateway.way.streaming("0123", 10)));
        try (Wire wire = gateway.wire()) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "large")) + Wire.post(Gateway.call(2, "a")));
            later(() -> rest.sink().cut("connection reset"));
            Await.until("the cut is told", () -> gateway.told.calls.size() == 2);

            assertThat(wire.hear().body()).endsWith(large + "}");
            assertThatThrownBy(wire::hear).isInstanceOf(IOException.class);
        }
    }

    /// Ours and the kernel's together: whatever was taken from the nodes and is not with the clients.
    @Test
    void manyLargeRepliesToSlowClientsTakeLittleMemory() throws Exception {
        int clients = 20;
        long thirtyMegabytes = 30L * 1024 * 1024;
        streams("", thirtyMegabytes);
        List<Wire> wires = new ArrayList<>();
        List<AtomicInteger> parts = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Wire wire = new Wire(gateway.port(), 8192);
            wires.add(wire);
            StubRest rest = ask(wire, Wire.post(Gateway.call(i, "a")));
            var sent = new AtomicInteger();
            parts.add(sent);
            rest.onResume = () -> send(rest, sent, (int) (thirtyMegabytes / PART.length()));
            later(rest.onResume);
        }
        Await.until("all nodes are paused", () -> gateway.way.rests.stream().allMatch(rest -> rest.paused));
        Await.forAWhile(Duration.ofMillis(500)); // the kernel would take more, and they would go on

        long taken = parts.stream().mapToLong(AtomicInteger::get).sum() * PART.length();

        assertThat(taken).isLessThan(clients * 768L * 1024);
        for (Wire wire : wires) wire.close();
    }

    @Test
    void anHttp10ClientSeesABrokenConnectionWhenAReplyBreaksOff() throws Exception {
        String body = Gateway.call(1, "a");
        String request = "POST / HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        streams("0123", -1);
        try (Wire whole = gateway.wire()) {
            StubRest rest = ask(whole, request);
            later(() -> {
                rest.part("456");
                rest.sink().end();
            });
            assertThat(whole.hear().body()).isEqualTo("0123456");
        }
        try (Wire broken = gateway.wire()) {
            StubRest rest = ask(broken, request);
            later(() -> rest.sink().cut("connection reset"));
            assertThatThrownBy(broken::hear).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatStreamsIsCompressedForClientsThatAcceptIt() throws Exception {
        streams("{", 3 + 10L * PART.length());
        try (Wire wire = gateway.wire()) {
            StubRest rest = ask(wire, Wire.post(Gateway.call(1, "a"), "Accept-Encoding: gzip"));
            later(() -> {
                for (int i = 0; i < 10; i++) rest.part(PART);
                rest.part("}");
                rest.sink().end();
            });

            Wire.Response response = wire.hear();

            assertThat(response.headers())
                    .containsEntry("content-encoding", "gzip")
                    .containsEntry("transfer-encoding", "chunked");
            byte[] compressed = response.body().getBytes(StandardCharsets.ISO_8859_1);
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
            assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo("{" + PART.repeat(10) + "}");
        }
    }

    private void streams(String beginning, long length) {
        gateway.way.will((_, back) -> back.accept(gateway.way.streaming(beginning, length)));
    }

    private StubRest ask(Wire wire, String request) throws Exception {
        int before = gateway.way.rests.size();
        wire.say(request);
        Await.until("the call is answered", () -> gateway.way.rests.size() > before);
        StubRest rest = gateway.way.rests.getLast();
        rest.wanted.await();
        return rest;
    }

    private void later(Runnable step) {
        gateway.way.calls.getLast().loop().execute(step);
    }
}
