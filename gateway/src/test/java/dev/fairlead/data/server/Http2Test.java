package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2Test {
    private final Gateway gateway = Gateway.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @AfterEach
    void stop() {
        client.shutdownNow();
        gateway.close();
    }

    @Test
    void aConnectionIsUpgradedWithItsFirstRequest() throws Exception {
        for (int id = 1; id <= 3; id++) {
            HttpResponse<String> response = post(Gateway.call(id, "a"));

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(Gateway.result(id, "a"));
        }
        assertThat(gateway.told.connections).hasValue(1);
    }

    @Test
    void theAnswerToAnUpgradingRequestWaitsForTheClientsFirstFrame() throws Exception {
        String large = "\"" + "x".repeat(200_000) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, large)));
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(
                    Gateway.call(1, "a"), "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: "));
            assertThat(wire.hear(false).status()).isEqualTo(101);
            assertThat(frame(wire)).as("our settings").isEqualTo(4);
            assertThatThrownBy(() -> {
                        wire.socket.setSoTimeout(200);
                        frame(wire);
                    })
                    .isInstanceOf(SocketTimeoutException.class);

            wire.socket.setSoTimeout(15_000);
            wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(settings);

            int next = frame(wire);
            while (next == 4) next = frame(wire);
            assertThat(next).as("the headers of the answer").isEqualTo(1);
        }
    }

    @Test
    void whoUpgradesAndThenSaysNothingIsHungUpOn() throws Exception {
        gateway.config = Gateway.timeouts(t -> new ServerConfig.Timeouts(
                        Gateway.SHORT, t.body(), t.idle(), t.call(), t.slowReader(), t.stop()))
                .apply(gateway.config);
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(
                    Gateway.call(1, "a"), "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: "));
            assertThat(wire.hear(false).status()).isEqualTo(101);
            frame(wire);

            Await.until("the connection is gone", () -> gateway.server.connections() == 0);
        }
    }

    /// Reads one frame and tells its type.
    private static int frame(Wire wire) throws IOException {
        byte[] head = wire.exactly(9);
        wire.exactly(((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff));
        return head[3];
    }

    @Test
    void aLargeReplyToAnUpgradingRequestArrivesWhole() throws Exception {
        String large = "\"" + "x".repeat(200_000) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, large)));
        for (int round = 0; round < 30; round++) {
            try (HttpClient fresh =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
                HttpResponse<String> response = fresh.send(request(Gateway.call(1, "a")), BodyHandlers.ofString());

                assertThat(response.body()).endsWith(large + "}");
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
    }

    @Test
    void aLargeFirstRequestIsServedWithoutTheUpgrade() throws Exception {
        HttpResponse<String> small = post(Gateway.call(1, "a") + " ".repeat(100_000));
        try (HttpClient other =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> large =
                    other.send(request(Gateway.call(2, "a") + " ".repeat(1_000_000)), BodyHandlers.ofString());

            assertThat(small.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(large.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(large.body()).isEqualTo(Gateway.result(2, "a"));
        }
    }

    @Test
    void callsOfOneConnectionRunSideBySideAndAreAnsweredAsTheyCome() throws Exception {
        post(Gateway.call(0, "warm"));
        gateway.way.hold();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int id = 0; id < 50; id++) {
            answers.add(client.sendAsync(request(Gateway.call(id, "a")), BodyHandlers.ofString()));
        }
        Await.until("all are in flight", () -> gateway.way.held.size() == 50);

        for (StubWay.Held held : gateway.way.held.reversed()) held.answer(gateway.way.named(held.call()));

        for (int id = 0; id < 50; id++) {
            assertThat(answers.get(id).get().body()).isEqualTo(Gateway.result(id, "a"));
        }
        assertThat(gateway.told.connections).hasValue(1);
    }

    @Test
    void aLargeReplyStreamsThrough() throws Exception {
        String part = "x".repeat(10_000);
        int parts = 1000;
        var sent = new AtomicInteger();
        gateway.way.will((call, back) -> {
            back.accept(gateway.way.streaming("0123", -1));
            StubRest rest = gateway.way.rests.getLast();
            rest.onResume = () -> {
                while (!rest.paused && sent.get() < parts) {
                    sent.incrementAndGet();
                    rest.part(part);
                }
                if (!rest.paused && sent.getAndIncrement() == parts) rest.sink().end();
            };
            if (rest.wanted.getCount() == 0) call.loop().execute(rest.onResume);
        });

        assertThat(post(Gateway.call(1, "a")).body()).hasSize(4 + parts * part.length());
    }

    @Test
    void aWholeReplyLargerThanTheWindowArrives() throws Exception {
        String large = "\"" + "y".repeat(3_000_000) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, large)));

        assertThat(post(Gateway.call(1, "a")).body()).endsWith(large + "}");
    }

    @Test
    void aReplyThatBreaksOffResetsItsStreamAlone() throws Exception {
        post(Gateway.call(1, "warm"));
        gateway.way.will((call, back) -> {
            back.accept(gateway.way.streaming("0123", 10));
            call.loop().execute(() -> gateway.way.rests.getLast().sink().cut("connection reset"));
        });

        assertThatThrownBy(() -> post(Gateway.call(1, "a"))).isInstanceOf(IOException.class);

        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        assertThat(post(Gateway.call(2, "b")).body()).isEqualTo(Gateway.result(2, "b"));
        assertThat(gateway.told.connections).hasValue(1);
    }

    @Test
    void aStreamOfWhichTheClientTakesNothingIsResetAlone() throws Exception {
        post(Gateway.call(1, "warm"));
        ServerConfig patient = gateway.config;
        gateway.config = Gateway.timeouts(t ->
                        new ServerConfig.Timeouts(t.header(), t.body(), t.idle(), t.call(), Gateway.SHORT, t.stop()))
                .apply(gateway.config);
        String part = "x".repeat(16_384);
        gateway.way.will((call, back) -> {
            back.accept(gateway.way.streaming("0123", -1));
            StubRest rest = gateway.way.rests.getLast();
            rest.onResume = () -> {
                while (!rest.paused && !rest.aborted) rest.part(part);
            };
            call.loop().execute(rest.onResume);
        });

        HttpResponse<InputStream> unread = client.send(request(Gateway.call(2, "a")), BodyHandlers.ofInputStream());
        Await.until("the node is told to stop", () -> gateway.way.rests.getFirst().aborted);

        gateway.config = patient; // the next answer may be slow to arrive behind megabytes on a busy machine
        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        assertThat(post(Gateway.call(3, "b")).body()).isEqualTo(Gateway.result(3, "b"));
        assertThat(gateway.told.connections).hasValue(1);
        assertThatThrownBy(() -> unread.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatTheClientResetsIsAbandoned() throws Exception {
        post(Gateway.call(1, "warm"));
        gateway.way.hold();
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/"))
                .timeout(Duration.ofMillis(300))
                .POST(BodyPublishers.ofString(Gateway.call(1, "a")))
                .build();

        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString())).isInstanceOf(IOException.class);

        Await.until(
                "the call is abandoned",
                () -> gateway.way.held.getFirst().call().isAbandoned());
        assertThat(gateway.told.calls).extracting(CallEnded::status).containsExactly(200, 499);
    }

    @Test
    void aBodyTooLargeIsRefusedAndTheConnectionGoesOn() throws Exception {
        post(Gateway.call(1, "warm"));
        gateway.config = Gateway.limits(limits -> Gateway.body(limits, 1000)).apply(gateway.config);

        assertThat(post("x".repeat(3000)).statusCode()).isEqualTo(413);

        assertThat(post(Gateway.call(2, "b")).body()).isEqualTo(Gateway.result(2, "b"));
        assertThat(gateway.told.connections).hasValue(1);
    }

    @Test
    void callsBeyondTheBoundOfTheConnectionWaitForTheirPlace() throws Exception {
        gateway.config =
                Gateway.limits(limits -> Gateway.callsPerConnection(limits, 2)).apply(gateway.config);
        post(Gateway.call(0, "warm"));
        gateway.way.hold();
        String batch = "[" + Gateway.call(1, "a") + "," + Gateway.call(2, "b") + "," + Gateway.call(3, "c") + "]";
        var first = client.sendAsync(request(batch), BodyHandlers.ofString());
        Await.until("two are in flight", () -> gateway.way.held.size() == 2);
        var second = client.sendAsync(request(Gateway.call(4, "d")), BodyHandlers.ofString());

        for (int i = 0; i < 4; i++) {
            int index = i;
            Await.until("the next is in flight", () -> gateway.way.held.size() > index);
            assertThat(gateway.way.held.size()).isLessThanOrEqualTo(i + 2);
            StubWay.Held held = gateway.way.held.get(i);
            held.answer(gateway.way.named(held.call()));
        }

        assertThat(first.get().body()).contains(Gateway.result(3, "c"));
        assertThat(second.get().body()).isEqualTo(Gateway.result(4, "d"));
    }

    @Test
    void healthAndErrorsAreTheSameAsInHttp1() throws Exception {
        HttpRequest health =
                HttpRequest.newBuilder(gateway.uri("/healthz")).GET().build();
        HttpRequest put = HttpRequest.newBuilder(gateway.uri("/"))
                .PUT(BodyPublishers.ofString("x"))
                .build();

        assertThat(client.send(health, BodyHandlers.ofString()).body()).isEqualTo("ok\n");
        assertThat(client.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(post("{broken").statusCode()).isEqualTo(400);
        assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"a\"}").statusCode()).isEqualTo(204);
    }

    @Test
    void priorKnowledgeIsRecognisedHoweverItsBytesArrive() throws Exception {
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] emptySettings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        for (int size : new int[] {1, 3, 24}) {
            try (Wire wire = gateway.wire()) {
                for (int at = 0; at < preface.length; at += size) {
                    wire.say(java.util.Arrays.copyOfRange(preface, at, Math.min(at + size, preface.length)));
                }
                wire.say(emptySettings);

                byte[] header = wire.exactly(9);

                assertThat(header[3])
                        .as("the type of the first frame: SETTINGS")
                        .isEqualTo((byte) 4);
            }
        }
    }

    @Test
    void aClientThatOnlyBeginsThePrefaceIsTimedOut() throws Exception {
        gateway.config = Gateway.timeouts(t -> new ServerConfig.Timeouts(
                        Gateway.SHORT, t.body(), t.idle(), t.call(), t.slowReader(), t.stop()))
                .apply(gateway.config);
        try (Wire wire = gateway.wire()) {
            wire.say("PRI * HTTP/2.0\r\n");

            assertThat(wire.hear().status()).isEqualTo(408);
        }
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(request(body), BodyHandlers.ofString());
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(gateway.uri("/"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
