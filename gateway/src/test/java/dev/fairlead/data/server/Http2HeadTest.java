package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Heads that RFC 9113 forbids, by the frame.
class Http2HeadTest {
    private static final Gateway GATEWAY = Gateway.start();
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Stream<Arguments> heads() {
        return Stream.of(
                arguments(List.of(":authority", "x"), "200"),
                arguments(List.of(":authority", "LOCALHOST:8080"), "200"),
                arguments(List.of(":authority", "x", "host", "x"), "200"),
                arguments(List.of(":authority", "x", "host", "X"), "200"),
                arguments(List.of("host", "x"), "200"),
                arguments(List.of(":authority", "x", "te", "trailers"), "200"),
                arguments(List.of(), "400"),
                arguments(List.of(":authority", "x", "host", "y"), "reset"),
                arguments(List.of("host", "x", "host", "y"), "reset"),
                arguments(List.of(":authority", "user@x"), "400"),
                arguments(List.of(":authority", "x y"), "400"),
                arguments(List.of(":authority", "x", "transfer-encoding", "chunked"), "reset"),
                arguments(List.of(":authority", "x", "connection", "keep-alive"), "reset"),
                arguments(List.of(":authority", "x", "keep-alive", "1"), "reset"),
                arguments(List.of(":authority", "x", "proxy-connection", "keep-alive"), "reset"),
                arguments(List.of(":authority", "x", "upgrade", "h2c"), "reset"),
                arguments(List.of(":authority", "x", "te", "gzip"), "reset"),
                arguments(List.of(":authority", "x", "Upper", "a"), "reset"),
                arguments(List.of(":authority", "x", "content-length", "1"), "reset"),
                arguments(List.of(":authority", "x", "a", "b\r\nhost: y"), "reset"),
                arguments(List.of("a", "b", ":authority", "x"), "reset"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadIsAnsweredByTheLetterOfTheStandard(List<String> fields, String expected) throws Exception {
        var all = new ArrayList<>(List.of(":method", "POST", ":scheme", "http", ":path", "/"));
        all.addAll(fields);
        byte[] body = Gateway.call(1, "a").getBytes(StandardCharsets.UTF_8);
        try (Wire wire = GATEWAY.wire()) {
            wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(SETTINGS);
            wire.say(frame(HEADERS, 0x4, head(all))).say(frame(DATA, 0x1, body));

            assertThat(answer(wire)).isEqualTo(expected);
        }
    }

    private static Stream<List<String>> headsOfNoForm() {
        String key = "fl_utSw9k6uGUsuwTn3SgC8GiH1EGN3tVweRXNrIvaE";
        return Stream.of(
                List.of(":method", "POST", ":scheme", "http", ":path", "/mainnet/ " + key),
                List.of(":method", "POST", ":scheme", "http", ":path", "/" + key + " "),
                List.of(":method", "POST", ":scheme", "http", ":path", "/" + key + "\t"),
                List.of(":method", "POST", ":scheme", "http", ":path", "/" + key + "\u0001"),
                List.of(":method", "POST", ":scheme", "http", ":path", "/" + key + "\u00e9"),
                List.of(":method", "POST", ":scheme", "http", ":path", ""),
                List.of(":method", "POST", ":scheme", "http"),
                List.of(":method", "PO ST", ":scheme", "http", ":path", "/" + key),
                List.of(":method", "POST\u0001", ":scheme", "http", ":path", "/" + key),
                List.of(":method", "p\u00e9", ":scheme", "http", ":path", "/" + key),
                List.of(":method", "", ":scheme", "http", ":path", "/" + key),
                List.of(":scheme", "http", ":path", "/" + key),
                List.of(":scheme", "http"),
                List.of(":method", "POST", ":scheme", "http", ":path", "/", "x y", key),
                List.of(":method", "POST", ":scheme", "http", ":path", "/", "x\u00e9", key),
                List.of(":method", "POST", ":scheme", "http", ":path", "/", "a", key + "\u0001"),
                List.of(":method", "POST", ":scheme", "http", ":path", "/", ":status", key));
    }

    /// With a body of its own frame, and without one, which the library translates in different ways.
    @ParameterizedTest
    @MethodSource("headsOfNoForm")
    void aHeadThatHasNoFormInHttp1IsNoFaultOfOursAndIsToldNowhere(List<String> fields) throws Exception {
        var all = new ArrayList<>(List.of(":authority", "x"));
        all.addAll(fields);
        for (boolean isWhole : List.of(false, true)) {
            try (Wire wire = GATEWAY.wire();
                    var log = new CapturedLog()) {
                wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(SETTINGS);
                wire.say(frame(HEADERS, isWhole ? 0x5 : 0x4, head(all)));
                if (!isWhole) wire.say(frame(DATA, 0x1, Gateway.call(1, "a").getBytes(StandardCharsets.UTF_8)));

                assertThat(answer(wire)).isIn("400", "reset");
                assertThat(GATEWAY.told.faults).isEmpty();
                assertThat(log.texts()).noneMatch(line -> line.contains("fl_utSw9k6uGUs"));
            }
        }
    }

    @Test
    void anUpgradeIsNoWayAroundTheRules() throws Exception {
        for (String host : List.of("", "Host: x\r\nHost: y\r\n", "Host: x y\r\n")) {
            String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n";
            try (Wire wire = GATEWAY.wire()) {
                wire.say("POST / HTTP/1.1\r\n" + host + upgrade + "Content-Length: 0\r\n\r\n");

                assertThat(wire.hear().status()).as(host).isEqualTo(400);
            }
        }
    }

    /// The status of the first answer, or how its stream or the connection ended.
    private static String answer(Wire wire) throws Exception {
        while (true) {
            byte[] head = wire.in.readNBytes(9);
            if (head.length < 9) return "reset";
            byte[] payload = wire.exactly(((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff));
            if (head[3] == RESET || head[3] == 7) return "reset";
            if (head[3] != HEADERS) continue;
            var fields = new DefaultHttp2HeadersDecoder().decodeHeaders(1, Unpooled.wrappedBuffer(payload));
            return String.valueOf(fields.status());
        }
    }

    private static byte[] frame(int type, int flags, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(new byte[] {0, 0, 0, 1});
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /// Literal fields without indexing, RFC 7541, 6.2.2.
    private static byte[] head(List<String> fields) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            block.write(0);
            for (String text : fields.subList(i, i + 2)) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return block.toByteArray();
    }
}
