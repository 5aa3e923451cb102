package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything around the calls: health, paths and methods, CORS, compression.
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF
class EdgesTest {
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void itIsAlive() throws Exception {
        assertThat(gateway.send("GET", "/healthz").body()).isEqualTo("ok\n");
        assertThat(gateway.send("HEAD", "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void headGetsTheHeadersAloneAndTheConnectionGoesOn() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(wire.hear(false).headers()).containsEntry("content-length", "3");
            assertThat(wire.hear().body()).isEqualTo("ok\n");
        }
    }

    @Test
    void itIsReadyWhileAChainHasANodeThatCanServe() throws Exception {
        HttpResponse<String> ready = gateway.send("GET", "/readyz");
        HttpResponse<String> chain = gateway.send("GET", "/readyz/mainnet");
        HttpResponse<String> byId = gateway.send("GET", "/readyz/1");
        HttpResponse<String> unknown = gateway.send("GET", "/readyz/sepolia");
        gateway.fleet.publish(Gateway.fleet());
        HttpResponse<String> empty = gateway.send("GET", "/readyz");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"mainnet\":{\"ready\":true}");
        assertThat(chain.statusCode()).isEqualTo(200);
        assertThat(byId.body()).isEqualTo(chain.body());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(empty.statusCode()).isEqualTo(503);
        assertThat(empty.body()).contains("no chain is declared");
    }

    @Test
    void callsAreToldWhenToComeAgainAlsoWhileNoNodeIsRegistered() throws Exception {
        gateway.fleet.publish(Gateway.fleet());

        for (String path : List.of("/", "/mainnet")) {
            HttpResponse<String> refused =
                    gateway.post(path, Gateway.call(7, "eth_call"), "Content-Type", "application/json");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("-32010", "\"id\":7");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void whatHelpsToRepeatSaysWhen(Refusal why) {
        assertThat(new Refused(why, "").retryAfter().isPositive()).isEqualTo(why.httpStatus() == 503);
        HttpAnswer answer = HttpAnswer.refusal(ErrorPolicy.NONE, why, "");
        assertThat(answer.headers().contains("retry-after")).isEqualTo(why.httpStatus() == 503);
        answer.discard();
    }

    @Test
    void theFrontPageSaysWhatThisIs() throws Exception {
        HttpResponse<String> page = gateway.send("GET", "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Fairlead", "POST", "/mainnet", "/readyz");
    }

    @Test
    void otherMethodsAndPathsGetAnAnswerThatHelps() throws Exception {
        HttpResponse<String> method = gateway.send("PUT", "/mainnet");
        HttpResponse<String> health = gateway.post("/healthz", "{}");
        HttpResponse<String> path = gateway.post("/mainnet/v1", Gateway.call(1, "a"));

        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("POST, OPTIONS");
        assertThat(method.body()).contains("\"code\":-32600", "POST");
        assertThat(health.statusCode()).isEqualTo(405);
        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).contains("/mainnet");
        assertThat(gateway.told.statuses).containsExactly(405, 405, 404);
    }

    @Test
    void aRequestOfThisVeryGatewayIsRefusedAtOnce() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri("/mainnet"))
                .POST(BodyPublishers.ofString(Gateway.call(1, "eth_blockNumber")));
        HttpRequest own =
                request.copy().header(RequestMark.HEADER, gateway.mark.mark()).build();
        HttpRequest others =
                request.copy().header(RequestMark.HEADER, "0123456789abcdef").build();

        HttpResponse<String> loop = gateway.http.send(own, BodyHandlers.ofString());
        HttpResponse<String> chained = gateway.http.send(others, BodyHandlers.ofString());

        assertThat(loop.statusCode()).isEqualTo(508);
        assertThat(loop.body()).contains("\"code\":-32017", "asked itself");
        assertThat(chained.statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatCameBackThroughOthersIsRefusedToo() throws Exception {
        String post =
                "POST /mainnet HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s";
        String body = Gateway.call(1, "eth_blockNumber");
        String others = "Fairlead-Hop: 0123456789abcdef\r\nfairlead-hop: fedcba9876543210\r\n";
        String own = others + "fairlead-hop: 0011223344556677, " + gateway.mark.mark() + "\r\n";

        try (Wire wire = gateway.wire()) {
            for (int i = 0; i < 3; i++) {
                wire.say(post.formatted(others, body.length(), body));
                assertThat(wire.hear().status()).isEqualTo(200);
            }
            wire.say(post.formatted("", body.length(), body));
            assertThat(wire.hear().status()).isEqualTo(200);
            wire.say(post.formatted(own, body.length(), body));
            Wire.Response loop = wire.hear();
            assertThat(loop.status()).isEqualTo(508);
            assertThat(loop.body()).contains("-32017");
        }

        String past = "0123456789abcdef, fedcba9876543210";
        assertThat(gateway.way.calls).extracting(call -> call.client().past()).containsExactly(past, past, past, null);
    }

    @Test
    void aWebSocketIsToldToUsePost() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            Wire.Response response = wire.hear();

            assertThat(response.status()).isEqualTo(501);
            assertThat(response.body()).contains("HTTP POST");
        }
    }

    @Test
    void browsersOfAnyOriginMayCall() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("OPTIONS /mainnet HTTP/1.1\r\nHost: x\r\nOrigin: https://dapp.example\r\n"
                    + "Access-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: content-type, infura-source\r\n\r\n");
            Wire.Response preflight = wire.hear();
            wire.say(Wire.post("{broken", "Origin: https://dapp.example"));
            Wire.Response error = wire.hear();

            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers())
                    .containsEntry("access-control-allow-origin", "*")
                    .containsEntry("access-control-allow-headers", "content-type, infura-source")
                    .containsEntry("access-control-max-age", "86400");
            assertThat(preflight.headers().get("access-control-allow-methods")).contains("POST");
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.headers()).containsEntry("access-control-allow-origin", "*");
        }
    }

    @Test
    void onlyNamedOriginsMayCallWhenThereAreSome() throws Exception {
        gateway.config =
                Gateway.origins("https://a.example", "https://b.example").apply(gateway.config);

        HttpResponse<String> allowed = gateway.post("/", Gateway.call(1, "a"), "Origin", "https://b.example");
        HttpResponse<String> other = gateway.post("/", Gateway.call(1, "a"), "Origin", "https://c.example");
        HttpResponse<String> none = gateway.post("/", Gateway.call(1, "a"));

        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://b.example");
        assertThat(allowed.headers().firstValue("Vary")).contains("origin");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.headers().firstValue("Vary")).contains("origin");
        assertThat(none.headers().firstValue("Vary")).isEmpty();
    }

    @Test
    void aPageOfAnotherOriginMayNotCallWithoutAsking() throws Exception {
        String page = "https://c.example";
        String call = Gateway.call(1, "a");
        HttpResponse<String> anybody = gateway.post("/", call, "Origin", page, "Content-Type", "text/plain");
        gateway.config = Gateway.origins("https://A.example").apply(gateway.config);

        HttpResponse<String> form = gateway.post("/", call, "Origin", page, "Content-Type", "text/plain");
        HttpResponse<String> none = gateway.post("/", call, "Origin", page);
        HttpResponse<String> json = gateway.post("/", call, "Origin", page, "Content-Type", "application/json-rpc");
        HttpResponse<String> own = gateway.post("/", call, "Origin", "https://a.example", "Content-Type", "text/plain");

        assertThat(anybody.statusCode()).isEqualTo(200);
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(none.statusCode()).isEqualTo(415);
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://a.example");
    }

    @Test
    void optionsWithoutABrowserNamesTheMethods() throws Exception {
        HttpResponse<String> response = gateway.send("OPTIONS", "/");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Allow")).contains("POST, GET, HEAD, OPTIONS");
    }

    @Test
    void aRequestMayBeCompressed() throws Exception {
        HttpResponse<String> response = gateway.http.send(
                HttpRequest.newBuilder(gateway.uri("/"))
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(gzip(Gateway.call(1, "a"))))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo(Gateway.result(1, "a"));
    }

    @Test
    void aBombIsRefusedAtTheLimit() throws Exception {
        byte[] bomb = gzip(" ".repeat(6 * 1024 * 1024));
        assertThat(bomb).hasSizeLessThan(10_000);

        HttpResponse<String> response = gateway.http.send(
                HttpRequest.newBuilder(gateway.uri("/"))
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(bomb))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void unknownAndBrokenCompressionsAreRefused() throws Exception {
        HttpResponse<String> unknown = gateway.post("/", Gateway.call(1, "a"), "Content-Encoding", "br");
        HttpResponse<String> broken = gateway.post("/", Gateway.call(1, "a"), "Content-Encoding", "gzip");

        assertThat(unknown.statusCode()).isEqualTo(415);
        assertThat(unknown.headers().firstValue("Accept-Encoding")).contains("gzip, deflate");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("\"code\":-32700");
    }

    @Test
    void aFaultOfTheProcessIsSeenByLivenessAndReadiness() throws Exception {
        assertThat(gateway.send("GET", "/healthz").statusCode()).isEqualTo(200);

        gateway.fault = Optional.of("1 of 2 event loops have ended");

        for (String path : List.of("/healthz", "/readyz", "/readyz/mainnet")) {
            assertThat(gateway.send("GET", path).statusCode()).as(path).isEqualTo(503);
            assertThat(gateway.send("GET", path).body()).as(path).contains("1 of 2 event loops have ended");
        }
    }

    @Test
    void onlyLargeRepliesAreCompressed() throws Exception {
        String large = "\"" + "abc".repeat(40_000) + "\"";
        gateway.way.will((call, back) -> back.accept(
                call.request().method().equals("large") ? gateway.way.result(call, large) : gateway.way.named(call)));
        try (Wire wire = gateway.wire()) {
            for (int round = 0; round < 3; round++) {
                wire.say(Wire.post(Gateway.call(1, "small"), "Accept-Encoding: gzip"));
                Wire.Response small = wire.hear();
                wire.say(Wire.post(Gateway.call(1, "large"), "Accept-Encoding: gzip"));
                Wire.Response compressed = wire.hear();
                wire.say(Wire.post(Gateway.call(1, "large")));
                Wire.Response plain = wire.hear();

                assertThat(small.headers()).doesNotContainKey("content-encoding");
                assertThat(compressed.headers()).containsEntry("content-encoding", "gzip");
                assertThat(gunzip(compressed.body())).isEqualTo(plain.body()).contains(large);
            }
        }
    }

    private static byte[] gzip(String text) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static String gunzip(String latin1) throws Exception {
        var in = new ByteArrayInputStream(latin1.getBytes(StandardCharsets.ISO_8859_1));
        return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
    }
}
