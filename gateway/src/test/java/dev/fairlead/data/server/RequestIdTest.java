package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.ServerLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every answer of the listener for clients bears the name of its request: the client's, or ours.
class RequestIdTest {
    private static final String HOST = "Host: x\r\n";
    private static final String OURS = "[0-9a-z]{10,13}";

    private Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Stream<Arguments> requests() {
        String call = Gateway.call(1, "a");
        return Stream.of(
                arguments(200, Wire.post(call, "Origin: http://page.example", "Content-Type: application/json")),
                arguments(200, Wire.post("[" + call + "," + call + "]")),
                arguments(200, Wire.post("[1]")),
                arguments(204, Wire.post("{\"jsonrpc\":\"2.0\",\"method\":\"a\"}")),
                arguments(204, Wire.post("[{\"jsonrpc\":\"2.0\",\"method\":\"a\"}]")),
                arguments(200, "GET / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(200, "GET /healthz HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(200, "GET /readyz HTTP/1.0\r\n\r\n"),
                arguments(200, "GET /readyz HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(200, "GET /readyz/mainnet HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(204, "OPTIONS / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(400, Wire.post("{")),
                arguments(400, Wire.post("[]")),
                arguments(400, "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"),
                arguments(400, "POST / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                arguments(400, "POST / HTTP/1.1\r\n" + HOST + "bad header: x\r\n\r\n"),
                arguments(400, "POST x HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(400, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nnone\r\n"),
                arguments(404, "POST /no/such/path HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n"),
                arguments(405, "PUT / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(413, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 999999999\r\n\r\n"),
                arguments(414, "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments(415, Wire.post(call, "Content-Encoding: br")),
                arguments(417, Wire.post(call, "Expect: something")),
                arguments(431, "GET / HTTP/1.1\r\n" + HOST + ("A: " + "x".repeat(1000) + "\r\n").repeat(100) + "\r\n"),
                arguments(501, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n"),
                arguments(501, "GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
                arguments(505, "GET / HTTP/2.0\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anAnswerOfAnyKindBearsOurs(int status, String request) throws Exception {
        try (Wire wire = gateway.wire()) {
            Wire.Response response = wire.say(request).hear();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().get("x-request-id")).matches(OURS);
        }
    }

    /// Where its head could be read that far.
    @ParameterizedTest
    @MethodSource("requests")
    void anAnswerOfAnyKindBearsTheClientsWhereThereIsOne(int status, String request) throws Exception {
        int line = request.indexOf("\r\n") + 2;
        String named = request.substring(0, line) + "X-Request-ID: mine-7\r\n" + request.substring(line);
        boolean readable = status != 414 && status != 431 && !request.contains("bad header");
        try (Wire wire = gateway.wire()) {
            Wire.Response response = wire.say(named).hear();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().get("x-request-id")).matches(readable ? "mine-7" : "mine-7|" + OURS);
        }
    }

    @Test
    void aPlainResultBearsTheClientsOrNone() throws Exception {
        try (Wire wire = gateway.wire()) {
            Map<String, String> plain =
                    wire.say(Wire.post(Gateway.call(1, "a"))).hear().headers();
            Map<String, String> named = wire.say(Wire.post(Gateway.call(1, "a"), "X-Request-Id: mine-7"))
                    .hear()
                    .headers();

            assertThat(plain).doesNotContainKey("x-request-id");
            assertThat(named).containsEntry("x-request-id", "mine-7");
        }
    }

    @Test
    void namesAreUniqueWhateverTheAnswer() throws Exception {
        var names = new ArrayList<String>();
        for (Arguments each : requests().toList()) {
            try (Wire wire = gateway.wire()) {
                names.add(wire.say((String) each.get()[1]).hear().headers().get("x-request-id"));
            }
        }

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void aTimeoutBearsOurs() throws Exception {
        Duration brief = Gateway.SHORT;
        again(Gateway.start(Gateway.timeouts(
                usual -> new Timeouts(brief, brief, usual.idle(), usual.call(), usual.slowReader(), usual.stop()))));
        for (String unfinished : List.of("POST / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")) {
            try (Wire wire = gateway.wire()) {
                Wire.Response response = wire.say(unfinished).hear();

                assertThat(response.status()).isEqualTo(408);
                assertThat(response.headers().get("x-request-id")).matches(OURS);
            }
        }
    }

    @Test
    void whoIsTurnedAwayGetsOneToo() throws Exception {
        again(Gateway.start(Gateway.limits(usual -> new ServerLimits(
                usual.body(),
                usual.header(),
                usual.batch(),
                usual.batchReply(),
                usual.nesting(),
                usual.callsPerConnection(),
                1))));
        try (Wire first = gateway.wire()) {
            first.say(Wire.post(Gateway.call(1, "a"))).hear();
            try (Wire second = gateway.wire()) {
                Wire.Response turnedAway = second.hear();

                assertThat(turnedAway.status()).isEqualTo(503);
                assertThat(turnedAway.headers().get("x-request-id")).matches(OURS);
            }
        }
    }

    @Test
    void aBatchIsFoundInTheLogByTheNameOfItsAnswer() throws Exception {
        gateway.way.will((_, back) -> back.accept(new Refused(Refusal.NODES_FAILED, "none")));

        HttpResponse<String> response = gateway.post("[" + Gateway.call(1, "a") + "," + Gateway.call(2, "b") + "]");

        assertThat(gateway.told.calls)
                .hasSize(2)
                .extracting(CallEnded::requestId)
                .containsOnly(response.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void aSingleAnswerIsCalledAsItsCall() throws Exception {
        gateway.way.will((_, back) -> back.accept(new Refused(Refusal.NODES_FAILED, "none")));

        HttpResponse<String> refused = gateway.post(Gateway.call(1, "a"));

        assertThat(refused.headers().firstValue("X-Request-Id"))
                .contains(Long.toString(gateway.way.calls.getFirst().serial(), 36));
    }

    @Test
    void largeAnswersAndCompressedOnesBearOurs() throws Exception {
        gateway.way.will((_, back) -> back.accept(gateway.way.streaming("x".repeat(100), 100)));
        for (String accepted : List.of("identity", "gzip")) {
            try (Wire wire = gateway.wire()) {
                wire.say(Wire.post(Gateway.call(1, "a"), "Accept-Encoding: " + accepted));

                assertThat(wire.hear(false).headers().get("x-request-id")).matches(OURS);
            }
        }
    }

    @Test
    void answersByHttp2BearOneToo() throws Exception {
        URI uri = gateway.uri("/");
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var statuses = new ArrayList<Integer>();
            for (HttpRequest.Builder request : List.of(
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(Gateway.call(1, "a"))),
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("[" + Gateway.call(1, "a") + "]")),
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{")),
                    HttpRequest.newBuilder(uri).DELETE(),
                    HttpRequest.newBuilder(uri.resolve("/healthz")),
                    HttpRequest.newBuilder(uri).header("A", "x".repeat(17_000)),
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).header("Content-Encoding", "br"))) {
                HttpResponse<String> response = answered(http, request.build());

                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.headers().firstValue("x-request-id").orElseThrow())
                        .matches(OURS);
                statuses.add(response.statusCode());
            }
            assertThat(statuses).containsExactly(200, 200, 400, 405, 200, 431, 415);
        }
    }

    /// After headers that are too large the codec resets the stream behind the answer, and this client, while it still
    /// sends them, may see the reset alone.
    private static HttpResponse<String> answered(HttpClient http, HttpRequest request) throws Exception {
        for (int left = 4; ; left--) {
            try {
                return http.send(request, BodyHandlers.ofString());
            } catch (IOException reset) {
                if (left == 0 || !String.valueOf(reset.getMessage()).contains("RST_STREAM")) throw reset;
            }
        }
    }

    private void again(Gateway other) {
        gateway.close();
        gateway = other;
    }
}
