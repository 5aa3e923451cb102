package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.data.server.Gateway;
import dev.fairlead.data.server.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112, sections 3.2 and 6.1, over sockets.
class RequestHeadFaultTest {
    private static final Gateway GATEWAY = Gateway.start();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Stream<Arguments> heads() {
        return Stream.of(
                // Host
                arguments("POST / HTTP/1.1", 400),
                arguments("POST / HTTP/1.0", 200),
                arguments("POST / HTTP/1.1\r\nHost: x", 200),
                arguments("POST / HTTP/1.1\r\nhost: LOCALHOST", 200),
                arguments("POST / HTTP/1.1\r\nHost: x:8080", 200),
                arguments("POST / HTTP/1.1\r\nHost: x:", 200),
                arguments("POST / HTTP/1.1\r\nHost: [::1]:8080", 200),
                arguments("POST / HTTP/1.1\r\nHost: fairlead_gateway-1.internal", 200),
                arguments("POST / HTTP/1.1\r\nHost: a%2Db", 200),
                arguments("POST / HTTP/1.1\r\nHost:", 200),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nHost: x", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nHOST: y", 400),
                arguments("POST / HTTP/1.0\r\nHost: x\r\nHost: y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x, y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x/y", 400),
                arguments("POST / HTTP/1.1\r\nHost: user@x", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\\y", 400),
                arguments("POST / HTTP/1.1\r\nHost: <x>", 400),
                arguments("POST / HTTP/1.1\r\nHost: x?y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x%zz", 400),
                arguments("POST / HTTP/1.1\r\nHost: x:port", 400),
                arguments("POST / HTTP/1.1\r\nHost: x:123456", 400),
                arguments("POST / HTTP/1.1\r\nHost: x:1:2", 400),
                arguments("POST / HTTP/1.1\r\nHost: :8080", 400),
                arguments("POST / HTTP/1.1\r\nHost: [::1", 400),
                arguments("POST / HTTP/1.1\r\nHost: []", 400),
                arguments("POST / HTTP/1.1\r\nHost: [::1]x", 400),
                arguments("POST / HTTP/1.1\r\nHost: http://x", 400),
                arguments("POST / HTTP/1.1\r\nHost: \u00e9", 400),
                arguments("POST / HTTP/1.0\r\nHost: x y", 400),
                arguments("POST / HTTP/1.1\r\nHost : x", 400),
                arguments("POST / HTTP/1.1\r\n Host: x", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\n y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\rX: y", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\nX: y", 400),
                arguments("POST / HTTP/1.1\nHost: x", 400),
                // what is said once
                arguments("POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://a.test\r\nOrigin: http://a.test", 200),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nUser-Agent: a\r\nUser-Agent: a", 200),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://a.test\r\nOrigin: http://b.test", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://b.test\r\norigin: http://a.test", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nOrigin:\r\nOrigin: http://a.test", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nUser-Agent: a\r\nUser-Agent: b", 400),
                arguments("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Type: application/json", 400),
                // the request target
                arguments("POST http://x/ HTTP/1.1\r\nHost: x", 200),
                arguments("POST HTTP://X:8080 HTTP/1.1\r\nHost: other", 200),
                arguments("POST https://x/mainnet?a=http://y HTTP/1.1\r\nHost: x", 200),
                arguments("POST http://x/ HTTP/1.1", 400),
                arguments("POST http:/// HTTP/1.1\r\nHost: x", 400),
                arguments("POST http://user@x/ HTTP/1.1\r\nHost: x", 400),
                arguments("POST http:/x HTTP/1.1\r\nHost: x", 400),
                arguments("POST ftp://x/ HTTP/1.1\r\nHost: x", 400),
                arguments("POST mainnet HTTP/1.1\r\nHost: x", 400),
                arguments("POST x:80 HTTP/1.1\r\nHost: x", 400),
                arguments("POST * HTTP/1.1\r\nHost: x", 400),
                arguments("OPTIONS * HTTP/1.1\r\nHost: x", 204),
                arguments("CONNECT x:80 HTTP/1.1\r\nHost: x", 405),
                arguments("POST /\u00e9 HTTP/1.1\r\nHost: x", 400),
                arguments("POST /a\tb HTTP/1.1\r\nHost: x", 400),
                // the version
                arguments("POST / HTTP/1.2\r\nHost: x", 200),
                arguments("POST / HTTP/2.0\r\nHost: x", 505),
                arguments("POST / HTTP/3.1\r\nHost: x", 505),
                arguments("POST / HTTP/0.9\r\nHost: x", 505),
                arguments("POST / RTSP/1.0\r\nHost: x", 400));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadIsAnsweredByTheLetterOfTheStandard(String head, int status) throws Exception {
        String body = Gateway.call(1, "a");
        try (Wire wire = GATEWAY.wire()) {
            wire.say(head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            assertAnswered(wire, status);
        }
    }

    private static Stream<Arguments> codings() {
        return Stream.of(
                arguments("chunked", 200),
                arguments("Chunked", 200),
                arguments(" chunked\t", 200),
                arguments("gzip", 501),
                arguments("gzip, chunked", 501),
                arguments("chunked, gzip", 501),
                arguments("identity", 501),
                arguments("identity, chunked", 501),
                arguments("deflate", 501),
                arguments("br", 501),
                arguments("xchunked", 501),
                arguments("chunkedx", 501),
                arguments("chunked;q=1", 501),
                arguments("chunked, chunked", 400),
                arguments("chunked\r\nTransfer-Encoding: chunked", 400),
                arguments("gzip\r\nTransfer-Encoding: chunked", 501),
                arguments("chunked,", 400),
                arguments(",chunked", 400),
                arguments("", 400),
                arguments("\"chunked\"", 400),
                arguments("chun ked", 400),
                arguments("chunked\r\nContent-Length: 3", 400),
                arguments("gzip\r\nContent-Length: 3", 400),
                arguments("\u000bchunked", 400),
                arguments("chunked\r\n gzip", 400));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void noTransferCodingButChunkedIsRead(String coding, int status) throws Exception {
        String body = Gateway.call(1, "a");
        try (Wire wire = GATEWAY.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + coding + "\r\n\r\n"
                    + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");

            assertAnswered(wire, status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nHost: x\r\n",
                "POST / HTTP/1.1\r\nHost: x y\r\n",
                "POST * HTTP/1.1\r\nHost: x\r\n"
            })
    void aHeadWithAFaultIsNeverRemembered(String head) throws Exception {
        String good = Wire.post(Gateway.call(1, "a"));
        String bad = head + good.substring(good.indexOf("Content-Length"));
        try (Wire wire = GATEWAY.wire()) {
            wire.say(good);
            assertThat(wire.hear().status()).isEqualTo(200);
            wire.say(good);
            assertThat(wire.hear().status()).isEqualTo(200);
            wire.say(bad);

            assertAnswered(wire, 400);
        }
    }

    @Test
    void whatFollowsAFaultIsNotRead() throws Exception {
        int before = GATEWAY.way.calls.size();
        try (Wire wire = GATEWAY.wire()) {
            wire.say("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + Wire.post(Gateway.call(1, "smuggled")));

            assertAnswered(wire, 400);
        }
        assertThat(GATEWAY.way.calls).hasSize(before);
    }

    private static void assertAnswered(Wire wire, int status) throws Exception {
        Wire.Response response = wire.hear();
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        if (status < 400 || status == 405) return;
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(response.body()).contains("\"id\":null,\"error\":{\"code\":-32600");
        assertThat(response.headers()).containsEntry("connection", "close");
        assertThat(wire.isEnded()).isTrue();
    }
}
