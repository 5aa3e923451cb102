package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A client that watches events gets all of them, although no filter of one node would be found again at another.
@Tag("real")
class WatchingClientTest {
    private static final int LOGS = 60;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"viem", "ethers"})
    void everyLogAndEveryBlockIsSeenBesideSeveralNodes(String client) throws Exception {
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        try (var network = AnvilNetwork.start(2, Duration.ofMillis(300));
                var gateway = GatewayProcess.launch(arguments(network, port, admin), directory, port, admin)) {
            gateway.awaitReady();

            JsonNode seen = watched(client, gateway.url());

            assertThat(seen.path("errors")).isEmpty();
            assertThat(seen.path("logs")).hasSize(LOGS);
            List<Integer> blocks =
                    seen.path("blocks").valueStream().map(JsonNode::asInt).toList();
            assertThat(blocks).hasSizeGreaterThan(1);
            for (int i = 1; i < blocks.size(); i++) assertThat(blocks.get(i)).isEqualTo(blocks.get(i - 1) + 1);
        }
    }

    private static List<String> arguments(AnvilNetwork network, int port, int admin) {
        return List.of(
                "serve",
                "--node",
                network.node(0).url(),
                "--node",
                network.node(1).url(),
                "--listen",
                "127.0.0.1:" + port,
                "--admin-listen",
                "127.0.0.1:" + admin,
                "--data",
                "data");
    }

    private static JsonNode watched(String client, String url) throws Exception {
        var process = new ProcessBuilder("node", "watch-" + client + ".mjs", url, Integer.toString(LOGS))
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
