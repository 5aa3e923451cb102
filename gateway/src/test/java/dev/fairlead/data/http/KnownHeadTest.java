package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.access.PresentedKey;
import dev.fairlead.data.server.Gateway;
import dev.fairlead.data.server.Wire;
import dev.fairlead.support.Property;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A request must mean the same whether or not its head was seen before.
class KnownHeadTest {
    private static final Gateway GATEWAY = Gateway.start();
    private static final List<String> HEADERS = List.of(
            "Host: x",
            "Content-Type: application/json",
            "User-Agent: one/1",
            "User-Agent: two/2",
            "Origin: https://app.example",
            "Accept-Encoding: gzip, deflate",
            "Connection: keep-alive",
            "Connection: close",
            "Content-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            "Expect: 100-continue",
            "X-Folded: a\r\n Content-Length: 3",
            "X-Empty:");
    private static final List<String> LENGTHS = List.of("%d", "%d", "%d", "%d", "0%d", "+%d", "%d ", "%d, %1$d", "%dx");
    private static final List<String> LINES =
            List.of("POST / HTTP/1.1", "POST / HTTP/1.1", "POST /other HTTP/1.1", "POST / HTTP/1.0", "GET / HTTP/1.1");
    private static final List<String> ENDS = List.of("\r\n", "\r\n", "\r\n", "\r\n", "\n");

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void aRequestBehindAnotherIsAnsweredAsItWouldBeAlone() {
        Property.holds(600, any -> aRequestBehindAnotherIsAnsweredAsItWouldBeAlone(any.anyLong()));
    }

    private void aRequestBehindAnotherIsAnsweredAsItWouldBeAlone(long seed) throws Exception {
        var random = new Random(seed);
        String[] headers = headers(random);
        String first = request(random, headers, false);
        String second = request(random, random.nextInt(3) == 0 ? headers(random) : headers, true);

        String alone = answer("", second);
        String behind = answer(first, second);

        if (behind != null) assertThat(behind).isEqualTo(alone);
    }

    @Test
    void theSameHeadWithAnotherLengthIsKnown() {
        byte[] first = bytes(Wire.post(Gateway.call(1, "a")));
        String second = Wire.post(Gateway.call(1234, "another"));
        KnownHead known = KnownHead.of(first, calls());

        byte[] body =
                known == null ? null : known.takeBody(Unpooled.wrappedBuffer(bytes(second)), new byte[2048], 5000);

        assertThat(body).isEqualTo(bytes(Gateway.call(1234, "another")));
    }

    @Test
    void whatIsNotAllThereIsLeftToTheDecoder() {
        byte[] request = bytes(Wire.post(Gateway.call(1, "a")));
        KnownHead known = KnownHead.of(request, calls());

        for (int size = 0; known != null && size < request.length; size++) {
            var part = Unpooled.wrappedBuffer(request, 0, size);
            assertThat(known.takeBody(part, new byte[2048], 5000)).isNull();
            assertThat(part.readableBytes()).isEqualTo(size);
        }
        assertThat(known).isNotNull();
    }

    @Test
    void aBodyBeyondTheLimitIsLeftToTheDecoder() {
        byte[] request = bytes(Wire.post(Gateway.call(1, "a")));
        int size = Gateway.call(1, "a").length();
        KnownHead known = KnownHead.of(request, calls());

        assertThat(known).isNotNull();
        if (known == null) return;
        assertThat(known.takeBody(Unpooled.wrappedBuffer(request), new byte[2048], size - 1))
                .isNull();
        assertThat(known.takeBody(Unpooled.wrappedBuffer(request), new byte[2048], size))
                .hasSize(size);
    }

    private static RequestHead calls() {
        return new RequestHead(
                new RequestTarget.Calls("", null),
                true,
                true,
                false,
                false,
                "",
                null,
                null,
                null,
                null,
                "",
                PresentedKey.NONE,
                null);
    }

    private static String[] headers(Random random) {
        String[] headers = new String[random.nextInt(5)];
        for (int i = 0; i < headers.length; i++) headers[i] = one(random, HEADERS);
        return headers;
    }

    private static String request(Random random, String[] headers, boolean odd) {
        String body = Gateway.call(random.nextInt(100_000), "m".repeat(1 + random.nextInt(20)));
        String end = odd ? one(random, ENDS) : "\r\n";
        String length = (odd ? one(random, LENGTHS) : "%d").formatted(body.length());
        var request = new StringBuilder(odd ? one(random, LINES) : LINES.getFirst()).append(end);
        for (String header : headers) request.append(header).append(end);
        return request + "Content-Length: " + length + end + end + body;
    }

    /// @return null when the connection did not outlive the request before
    private static @Nullable String answer(String before, String request) throws Exception {
        try (Wire wire = GATEWAY.wire()) {
            if (!before.isEmpty() && !heard(wire.say(before))) return null;
            try {
                wire.say(request);
                return told(wire.hear());
            } catch (EOFException | SocketException closed) {
                return "closed";
            }
        }
    }

    private static boolean heard(Wire wire) throws IOException {
        Wire.Response response = wire.hear();
        return response.status() == 200 && !"close".equals(response.headers().get("connection"));
    }

    private static String told(Wire.Response response) {
        response.headers().remove("x-request-id");
        return response.toString();
    }

    private static String one(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
