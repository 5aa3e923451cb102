package dev.fairlead.control.admin;

import static dev.fairlead.control.admin.AdminFixture.mainnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.http.AdminLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever hostile clients do with the admin listener, an operator gets an answer, and the process lives.
class AdminFloodTest {
    private static final AdminLimits FEW =
            new AdminLimits(8, 512 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final String HOST = "Host: localhost\r\n";

    @TempDir
    private Path directory;

    private final List<Socket> hostile = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : hostile) socket.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n",
                "POST /api/v1/nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{",
                "POST /api/v1/nodes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{"
            })
    void connectionsThatDoNothingKeepNobodyOut(String said) throws Exception {
        try (AdminFixture gateway = AdminFixture.limited(directory, FEW)) {
            for (int i = 0; i < 40; i++) say(gateway, said);

            assertThat(gateway.get("/api/v1/status").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/events?limit=2000", "/openapi.json"})
    void requestsSentAheadWhoseAnswersNobodyReadsKeepNobodyOut(String path) throws Exception {
        try (AdminFixture gateway = AdminFixture.limited(directory, FEW)) {
            gateway.metrics = () -> "m".repeat(1 << 20);
            String ask = "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
            for (int i = 0; i < 20; i++) say(gateway, ask.repeat(50));

            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void bodiesHaveBoundedMemoryTogether() throws Exception {
        try (AdminFixture gateway = AdminFixture.limited(directory, AdminLimits.of(128, 8 << 20))) {
            String body = "{" + "\"member\":[".repeat(10_000);
            String head = "POST /api/v1/nodes HTTP/1.1\r\n" + HOST + "Content-Length: 120000\r\n\r\n";
            Socket first = say(gateway, head + body);
            for (int i = 0; i < 3; i++) gateway.get("/healthz"); // it is read by now
            for (int i = 0; i < 30; i++) say(gateway, head + body);

            assertThat(read(first))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("\r\nRetry-After: 1\r\n", "urn:fairlead:busy");
            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(gateway.parts.budgets().heap().used()).isBetween(1L, 1L << 20);
            assertThat(gateway.send("POST", "/api/v1/nodes", "{\"url\":\"http://127.0.0.1:1\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatIsSlowKeepsNoneOfAnotherKindWaiting() throws Exception {
        var goOn = new CountDownLatch(1);
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.metrics = () -> {
                await(goOn);
                return "late 1\n";
            };
            Socket scraper = say(gateway, "GET /metrics HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

            assertThat(gateway.get("/api/v1/events").statusCode()).isEqualTo(200);
            assertThat(gateway.send("POST", "/api/v1/nodes/mainnet/geth-1/cordon", "")
                            .statusCode())
                    .isEqualTo(200);
            goOn.countDown();
            assertThat(read(scraper)).endsWith("late 1\n");
        }
    }

    @Test
    void thoseWhoAskAtTheSameMomentShareOneRendering() throws Exception {
        var goOn = new CountDownLatch(1);
        var rendered = new AtomicInteger();
        try (AdminFixture gateway = AdminFixture.limited(directory, FEW)) {
            gateway.metrics = () -> {
                int number = rendered.incrementAndGet();
                await(goOn);
                return "rendering " + number + "\n";
            };
            String ask = "GET /metrics HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
            List<Socket> scrapers = new ArrayList<>();
            for (int i = 0; i < 6; i++) scrapers.add(say(gateway, ask));
            gateway.get("/api/v1/events"); // the loop has read what came before
            goOn.countDown();
            for (Socket scraper : scrapers) assertThat(read(scraper)).contains("rendering ");

            assertThat(rendered.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void manyScrapersLeaveOthersTheirTurn() throws Exception {
        try (AdminFixture gateway = AdminFixture.limited(directory, FEW)) {
            String ask = "GET /metrics HTTP/1.1\r\n" + HOST + "\r\n";
            String all = IntStream.range(0, 300).mapToObj(_ -> ask).collect(Collectors.joining());
            for (int i = 0; i < 7; i++) say(gateway, all);

            assertThat(gateway.get("/api/v1/nodes").statusCode()).isEqualTo(200);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket say(AdminFixture gateway, String text) throws IOException {
        var socket = new Socket();
        hostile.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(gateway.server.address());
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException ended) {
            assertThat(ended).as("others were let in for it").isNotNull();
        }
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
