package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.fakenode.Behaviour.Chunked;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches whose replies are too large to be put together, over sockets.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchedRepliesTest {
    private static final int ROUNDS = 2;
    private static final int SIP = 32 * 1024;
    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    private FakeNode node;
    private GatewayProcess gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        node = FakeNode.start(chain);
        gateway = GatewayProcess.launch(
                List.of(
                        "serve",
                        "--node",
                        node.httpUrl().toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--admin-listen",
                        "127.0.0.1:" + admin),
                directory,
                port,
                admin);
        gateway.awaitReady();
    }

    @AfterEach
    void stop() {
        gateway.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {570_000, 1_130_000, 1_500_000, 2_800_000, 9_400_000})
    void largeRepliesBesideEachOtherAllArrive(int size) throws Exception {
        node.on("debug_traceBlockByNumber", new HugeResult(size));
        for (int round = 0; round < ROUNDS; round++) {
            for (int elements : List.of(2, 4)) {
                for (Version version : Version.values()) {
                    assertThat(read(ask(version, "identity", elements), 0))
                            .as("%s, %s elements", version, elements)
                            .isGreaterThan((long) elements * size);
                    assertThat(read(ask(version, "gzip", elements), 0)).isGreaterThan((long) elements * size);
                }
            }
        }
    }

    @Test
    void aSlowReaderGetsThemAllToo() throws Exception {
        node.on("debug_traceBlockByNumber", new HugeResult(2_800_000));

        assertThat(read(ask(Version.HTTP_1_1, "identity", 3), 1_000_000)).isGreaterThan(3 * 2_800_000L);
        assertThat(read(ask(Version.HTTP_2, "identity", 3), 1_000_000)).isGreaterThan(3 * 2_800_000L);
    }

    @Test
    void whatWouldExceedTheBoundOfTheBatchIsRefusedByItsAnnouncedLength() throws Exception {
        node.on("debug_traceBlockByNumber", new HugeResult(40L * MIB));

        try (InputStream in = ask(Version.HTTP_1_1, "identity", 3).body()) {
            byte[] answer = in.readAllBytes();

            assertThat(answer).hasSizeBetween(40 * MIB, 64 * MIB);
            assertThat(new String(answer, StandardCharsets.US_ASCII).split("\"code\":-32003", -1))
                    .hasSize(3);
        }
    }

    @Test
    void whatExceedsItUnannouncedEndsTheAnswerAndIsLogged() {
        node.on("debug_traceBlockByNumber", new HugeResult(40L * MIB).and(Chunked.of(SIP)));

        assertThatThrownBy(() -> read(ask(Version.HTTP_1_1, "identity", 2), 0)).isInstanceOf(IOException.class);

        Await.until("it is logged", () -> gateway.log().contains("exceed 67108864 bytes together"));
    }

    private HttpResponse<InputStream> ask(Version version, String encoding, int elements) throws Exception {
        var body = new StringBuilder("[");
        for (int i = 0; i < elements; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"jsonrpc\":\"2.0\",\"id\":")
                    .append(i);
            body.append(",\"method\":\"debug_traceBlockByNumber\",\"params\":[\"0x1\"]}");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url()))
                .version(version)
                .timeout(PATIENCE)
                .header("Accept-Encoding", encoding)
                .POST(BodyPublishers.ofString(body.append("]").toString()))
                .build();
        return http.send(request, BodyHandlers.ofInputStream());
    }

    /// @param pause nanoseconds after each sip
    /// @return bytes of the answer, whole
    private static long read(HttpResponse<InputStream> response, long pause) throws IOException {
        boolean packed = response.headers().firstValue("Content-Encoding").isPresent();
        try (InputStream raw = response.body();
                InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            byte[] sip = new byte[SIP];
            long total = 0;
            byte last = 0;
            for (int read = in.read(sip); read >= 0; read = in.read(sip)) {
                total += read;
                if (read > 0) last = sip[read - 1];
                if (pause > 0) LockSupport.parkNanos(pause);
            }
            assertThat((char) last).isEqualTo(']');
            return total;
        }
    }
}
