package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Queries for logs that ask for too much, by real clients at a real node.
@Tag("real")
class LogQueriesTest {
    private static final long GENESIS = 1_700_000_000;
    private static final int BLOCKS = 90;
    private static final int MOST_OF_A_BLOCK = 500;
    private static final String EMITTER = "0x00000000000000000000000000000000000000e1";
    /// Leaves as many logs as its call data says.
    private static final String CODE = "0x5f355b80156012575f5fa0600190036002565b00";

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int adminPort = Anvil.freePort();
    private final Anvil node = Anvil.start(GENESIS);
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws IOException {
        fill();
        Path file = directory.resolve("fairlead.toml");
        Files.writeString(file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [policy]
                logs = { blocks = 40, results = 1_500 }
                [chains.test.nodes.a]
                url = "%s"
                """.formatted(port, adminPort, node.url()));
        gateway = GatewayProcess.serve(file, port, adminPort);
    }

    @AfterEach
    void end() {
        gateway.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viem", "ethers"})
    void aClientThatFollowsTheRangesGetsEveryLogOnce(String client) throws Exception {
        JsonNode seen = fetched(client, gateway.url());

        assertThat(seen.path("errors")).isEmpty();
        List<String> refusals =
                seen.path("refusals").valueStream().map(JsonNode::asString).toList();
        assertThat(refusals).anyMatch(text -> text.startsWith("query covers"));
        assertThat(refusals).anyMatch(text -> text.startsWith("query returned more than 1500 results. Try with"));
        List<String> logs =
                seen.path("logs").valueStream().map(JsonNode::asString).toList();
        assertThat(logs).hasSizeGreaterThan(5_000).isEqualTo(logs());
    }

    @Test
    void eachElementOfABatchIsJudgedForItself() throws Exception {
        JsonNode answers = post(Anvil.JSON.writeValueAsString(
                List.of(element(1, "0x0", "0x0"), element(2, "0x0", "latest"), element(3, "0x1", "0x28"))));

        assertThat(answers.at("/0/result").isArray()).isTrue();
        assertThat(answers.at("/1/error/message").asString()).contains("Try with this block range [0x0, 0x27].");
        assertThat(answers.at("/2/error/data/limit").asInt()).isEqualTo(1_500);
    }

    private static Object element(int id, String from, String to) {
        return Map.of(
                "jsonrpc",
                "2.0",
                "id",
                id,
                "method",
                "eth_getLogs",
                "params",
                List.of(Map.of("fromBlock", from, "toBlock", to)));
    }

    private void fill() {
        node.call("anvil_setCode", EMITTER, CODE);
        String account = node.call("eth_accounts").get(0).asString();
        var random = new Random(7);
        for (int i = 0; i < BLOCKS; i++) {
            int logs = random.nextInt(4) == 0 ? MOST_OF_A_BLOCK : random.nextInt(120);
            var transaction = Map.of(
                    "from", account, "to", EMITTER, "data", "0x%064x".formatted(logs), "gas", Anvil.hex(5_000_000));
            node.call("eth_sendTransaction", transaction);
            node.call("evm_mine");
        }
    }

    /// As the node has them.
    private List<String> logs() {
        return node.call("eth_getLogs", Map.of("fromBlock", "0x0", "toBlock", "latest"))
                .valueStream()
                .map(log -> Long.decode(log.path("blockNumber").asString()) + "/"
                        + Long.decode(log.path("logIndex").asString()))
                .toList();
    }

    private JsonNode post(String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url()))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return Anvil.JSON.readTree(
                    http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static JsonNode fetched(String client, String url) throws Exception {
        var process = new ProcessBuilder("node", "logs-" + client + ".mjs", url)
                .directory(Path.of("src/test/clients").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.getInputStream()) {
            return Anvil.JSON.readTree(new String(out.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
