package dev.fairlead.control.admin.http;

import static dev.fairlead.control.admin.AdminFixture.mainnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.control.admin.AdminFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever comes over the socket of the admin API, what is refused is a problem of RFC 9457.
class ProblemsTest {
    private static final String HOST = "Host: localhost\r\n";

    @SuppressWarnings("NullAway.Init")
    private static AdminFixture gateway;

    private record Answer(int status, String head, String body) {}

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        gateway = AdminFixture.start(directory, mainnet());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Stream<Arguments> requests() {
        return Stream.of(
                // paths, verbs, queries
                arguments("GET /nowhere HTTP/1.1\r\n" + HOST, 404, "unknown"),
                arguments("GET /api/v1/status/ HTTP/1.1\r\n" + HOST, 404, "unknown"),
                arguments("OPTIONS /api/v1/nodes HTTP/1.1\r\n" + HOST, 405, "verb"),
                arguments("PATCH /api/v1/nodes HTTP/1.1\r\n" + HOST, 405, "verb"),
                arguments("HEAD /api/v1/reload HTTP/1.1\r\n" + HOST, 405, ""),
                arguments("HEAD /nowhere HTTP/1.1\r\n" + HOST, 404, ""),
                arguments("get /api/v1/nodes HTTP/1.1\r\n" + HOST, 405, "verb"),
                arguments("GET /api/v1/nodes/%zz/a HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/nodes/a/%2 HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/nodes?chain=%zz HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/nodes?chian=mainnet HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/nodes?chain=mainnet&chain=mainnet HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/status?pretty HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/events?limit HTTP/1.1\r\n" + HOST, 400, "invalid"),
                // heads
                arguments("GET /api/v1/status HTTP/1.1\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + HOST, 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\nHost: a b\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\n", 403, "forbidden"),
                arguments("GET http://evil.example/api/v1/status HTTP/1.1\r\n" + HOST, 403, "forbidden"),
                arguments("GET /api/v1/status HTTP/2.0\r\n" + HOST, 505, "version"),
                arguments("GET /api/v1/status\r\n" + HOST, 400, "invalid"),
                arguments("GET  /api/v1/status HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET api/v1/status HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("CONNECT localhost:1 HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/st\u00e4tus HTTP/1.1\r\n" + HOST, 400, "invalid"),
                arguments("garbage\r\n", 400, "invalid"),
                arguments("\u0016\u0003\u0001\u0002\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\n" + HOST, 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\nHost: localhost\nX: a\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + "X: a\rb\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + "X: a\0b\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + "X : a\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + "X: a\r\n b\r\n", 400, "invalid"),
                arguments("GET /api/v1/status HTTP/1.1\r\n" + HOST + ": a\r\n", 400, "invalid"),
                arguments("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST, 414, "long-target"),
                arguments("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(9000) + "\r\n", 431, "large-headers"),
                arguments("GET / HTTP/1.1\r\n" + HOST + "X: abcdefgh\r\n".repeat(2000), 431, "large-headers"),
                arguments("GET / HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(128), 431, "large-headers"),
                // bodies
                arguments("POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 2000000\r\n", 413, "too-large"),
                arguments("POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n", 400, "invalid"),
                arguments("POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n", 400, "invalid"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 1\r\n",
                        400,
                        "invalid"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST
                                + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                        400,
                        "invalid"),
                arguments("POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n", 501, "coding"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked, chunked\r\n",
                        400,
                        "invalid"),
                arguments("POST /api/v1/nodes HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n", 400, "invalid"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nContent-Encoding: gzip\r\n",
                        415,
                        "media-type"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nContent-Type: text/xml\r\n",
                        415,
                        "media-type"),
                arguments(
                        "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nExpect: miracles\r\n",
                        417,
                        "expectation"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsRefusedIsAProblem(String request, int status, String type) throws Exception {
        Answer answer = ask(request + "Connection: close\r\n\r\n");

        assertProblem(answer, status, type);
        if (status == 405) assertThat(answer.head()).contains("\r\nAllow: ");
    }

    private static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("{", 400, "invalid"),
                arguments("[]", 400, "invalid"),
                arguments("\"", 400, "invalid"),
                arguments("{\"url\":\"http://127.0.0.1:1\",\"chain\":\"ws\"}", 400, "invalid"),
                arguments("{\"url\":\"http://127.0.0.1:1\",\"chain\":\"V1\"}", 400, "invalid"),
                arguments("{\"url\":\"http://127.0.0.1:1\",\"chain\":\"0x1\"}", 400, "invalid"),
                arguments("[".repeat(100_000), 400, "invalid"),
                arguments("{\"url\":" + "1".repeat(5000) + "}", 400, "invalid"),
                arguments("{} {}", 400, "invalid"),
                arguments("{\"method\":" + "[".repeat(70) + "]".repeat(70) + "}", 400, "invalid"),
                arguments("{\"params\":[" + "1,".repeat(20_000) + "1]}", 400, "invalid"),
                arguments("{\"labels\":{" + members(33) + "}}", 400, "invalid"),
                arguments("{" + members(5_000) + "}", 400, "invalid"),
                arguments("{\"url\":\"\ud800\"}", 400, "invalid"),
                arguments("x".repeat(HttpReader.LARGEST_BODY + 1), 413, "too-large"));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":\"\"").collect(Collectors.joining(","));
    }

    @Test
    void anOrderWithManyFaultsIsToldTheFirstOnes() throws Exception {
        String body = "{" + members(5_000) + "}";

        Answer answer = ask("POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Connection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);

        assertProblem(answer, 400, "invalid");
        assertThat(answer.body()).contains("m31", "and more").doesNotContain("m32");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsRefusedIsAProblem(String body, int status, String type) throws Exception {
        String head = "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Connection: close\r\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);

        assertProblem(ask(head + "Content-Length: " + bytes.length + "\r\n\r\n" + latin), status, type);
        String chunk = Integer.toHexString(bytes.length) + "\r\n" + latin + "\r\n0\r\n\r\n";
        assertProblem(ask(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk), status, type);
    }

    @Test
    void bytesThatAreNotUtf8AreAProblem() throws Exception {
        String head = "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\nConnection: close\r\n\r\n";

        assertProblem(ask(head + "\"\u00ff\""), 400, "invalid");
        for (String chunks : List.of("zz\r\n", "-1\r\n", "2\r\n{}x", "3\n{}", "\r\n")) {
            String chunked = "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
            assertProblem(ask(chunked + chunks + "\r\n\r\n"), 400, "invalid");
        }
    }

    @Test
    void aConnectionGoesOnAfterAProblemThatLeavesNoDoubt() throws Exception {
        String ask = "GET /nowhere HTTP/1.1\r\n" + HOST + "\r\n";
        String last = "GET /healthz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";

        String answers = all(ask + "\r\n" + "POST /api/v1/explain HTTP/1.1\r\n" + HOST
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nTrailer: a\r\n\r\n" + last);

        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
        assertThat(answers).contains("HTTP/1.1 404 ", "HTTP/1.1 400 ").endsWith("\r\n\r\nok\n");
    }

    @Test
    void whoWaitsIsToldToGoAheadOrWhyNot() throws Exception {
        String head = "POST /api/v1/explain HTTP/1.1\r\n" + HOST + "Connection: close\r\nExpect: 100-continue\r\n";

        assertThat(all(head + "Content-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ");
        assertProblem(ask(head + "Content-Length: 2000000\r\n\r\n"), 413, "too-large");
    }

    @Test
    void wholeUrlsHttp10AndCapitalsAreTaken() throws Exception {
        assertThat(ask("GET http://LOCALHOST:1/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET /api/v1/status HTTP/1.1\r\nHOST: LocalHost:1\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET /api/v1/status HTTP/1.0\r\n" + HOST + "\r\n").status())
                .isEqualTo(200);
        assertProblem(ask("GET /api/v1/status HTTP/1.0\r\n\r\n"), 403, "forbidden");
        assertThat(ask("GET /metrics?a=b&a=c HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"G", "GET / HTTP/1.1\r\nX", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{"})
    void aRequestThatDoesNotEndIsAProblem(String beginning, @TempDir Path directory) throws Exception {
        var hasty = new AdminLimits(128, 1 << 20, Duration.ofMillis(200), Duration.ofSeconds(60));
        try (AdminFixture small = AdminFixture.limited(directory, hasty);
                Socket client = open(small)) {
            client.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));

            String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertProblem(answer(told), 408, "timeout");
        }
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.head()).contains("\r\nContent-Type: application/problem+json\r\n");
        if (type.isEmpty()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        JsonNode problem = AdminFixture.JSON.readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:fairlead:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("remedy").asString()).isNotEmpty();
    }

    private static Answer ask(String request) throws IOException {
        return answer(all(request));
    }

    private static Answer answer(String all) {
        int end = all.indexOf("\r\n\r\n");
        assertThat(end).as("an answer").isPositive();
        return new Answer(Integer.parseInt(all.split(" ", 3)[1]), all.substring(0, end + 2), all.substring(end + 4));
    }

    private static String all(String request) throws IOException {
        try (Socket socket = open(gateway);
                InputStream in = socket.getInputStream()) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
            } catch (SocketException stopped) {
                assertThat(stopped).as("the answer came before the last byte").isNotNull();
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket open(AdminFixture gateway) throws IOException {
        var socket = new Socket("127.0.0.1", gateway.server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
