package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a real node says of a block by its hash is asked of it once.
@Tag("real")
class CachedCallsTest {
    private static final String CONTRACT = "0x00000000000000000000000000000000000000c1";
    /// Leaves a log, and returns the number of the block.
    private static final String CODE = "0x5f5fa0435f5260205ff3";

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int adminPort = Anvil.freePort();
    private final Anvil node = Anvil.start(1_700_000_000);
    private final HttpClient http = HttpClient.newHttpClient();
    private GatewayProcess gateway;
    private String account;
    private String hash;

    @BeforeEach
    void start() throws IOException {
        account = node.call("eth_accounts").get(0).asString();
        node.call("anvil_setCode", CONTRACT, CODE);
        node.call("eth_sendTransaction", Map.of("from", account, "to", CONTRACT));
        node.call("evm_mine");
        hash = node.hashOf(node.height());
        node.call("anvil_mine", "0x5");
        gateway = GatewayProcess.serve(configuration("64MiB"), port, adminPort);
    }

    @AfterEach
    void end() {
        http.close();
        gateway.close();
        node.close();
    }

    @Test
    void whatIsAskedAgainIsAnsweredWithoutTheNode() throws Exception {
        List<Object> calls = calls();
        List<JsonNode> right = node.calls(calls);
        assertThat(right).allMatch(answer -> !answer.path("result").isNull());

        assertThat(explained()).endsWith("the answer will be kept, nodes are asked once");
        assertThat(post(calls)).isEqualTo(right);
        assertThat(metric("fairlead_cache_answers")).isEqualTo(calls.size());
        assertThat(explained()).endsWith("the answer is kept, no node is asked");
        node.kill();
        gateway.awaitVerdict("a", "unreachable", SOON);

        assertThat(post(calls)).isEqualTo(right);
        assertThat(metric("fairlead_cache_calls_total{chain=\"test\",method=\"eth_call\",result=\"hit\"}"))
                .isEqualTo(1);
        assertThat(post(Anvil.request("eth_getBalance", account, "latest")).path("error"))
                .isNotEmpty();
    }

    @Test
    void withoutMemoryNothingIsKept() throws Exception {
        List<Object> calls = calls();
        post(calls);

        configuration("0");
        gateway.hangUp();

        Await.until("nothing is kept", () -> metric("fairlead_cache_answers") == 0);
        assertThat(post(calls)).isEqualTo(node.calls(calls));
        assertThat(metric("fairlead_cache_answers")).isZero();
        assertThat(metric("fairlead_cache_budget_bytes")).isZero();
    }

    private String explained() throws Exception {
        return post(
                        gateway.adminUrl() + "/api/v1/explain",
                        Map.of("chain", "test", "method", "eth_getBlockByHash", "params", List.of(hash, true)))
                .path("route")
                .asString();
    }

    private List<Object> calls() {
        Map<String, String> block = Map.of("blockHash", hash);
        return List.of(
                Anvil.request("eth_getBlockByHash", hash, true),
                Anvil.request("eth_getBlockByHash", hash, false),
                Anvil.request("eth_getBlockTransactionCountByHash", hash),
                Anvil.request("eth_getTransactionByBlockHashAndIndex", hash, "0x0"),
                Anvil.request("eth_getBlockReceipts", hash),
                Anvil.request("eth_getLogs", Map.of("blockHash", hash, "address", CONTRACT)),
                Anvil.request("eth_getBalance", account, block),
                Anvil.request("eth_getCode", CONTRACT, block),
                Anvil.request("eth_getStorageAt", CONTRACT, "0x0", block),
                Anvil.request("eth_getTransactionCount", account, block),
                Anvil.request("eth_call", Map.of("to", CONTRACT), block));
    }

    private List<JsonNode> post(List<Object> calls) throws Exception {
        return post((Object) calls).valueStream().toList();
    }

    private JsonNode post(Object body) throws Exception {
        return post(gateway.url(), body);
    }

    private JsonNode post(String url, Object body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Anvil.JSON.writeValueAsString(body)))
                .build();
        return Anvil.JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private long metric(String series) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/metrics"))
                    .build();
            return http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Path configuration(String memory) throws IOException {
        return Files.writeString(
                directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [cache]
                memory = "%s"
                [chains.test.nodes.a]
                url = "%s"
                """.formatted(port, adminPort, memory, node.url()));
    }
}
