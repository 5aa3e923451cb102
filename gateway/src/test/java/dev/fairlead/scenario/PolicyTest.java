package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Access policy and limits in front of real nodes, as operators declare them and clients meet them.
@Tag("real")
class PolicyTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int adminPort = Anvil.freePort();
    private final AnvilNetwork network = AnvilNetwork.start(2, Duration.ofMillis(300));
    private @Nullable GatewayProcess started;

    @AfterEach
    void end() {
        if (started != null) started.close();
        network.close();
    }

    /// viem asks to fill a transaction first, and must take the refusal for what it is.
    @Test
    void walletsSendTransactionsThroughWhatIsOpenToDapps() throws Exception {
        serve("[policy]\npreset = \"dapp\"\n");

        try (var viem = Traffic.viem(gateway().url(), 1);
                var ethers = Traffic.ethers(gateway().url(), 2)) {
            Await.forAWhile(Duration.ofSeconds(4));
            viem.end().assertRight(network);
            ethers.end().assertRight(network);
        }
    }

    @Test
    void whatIsClosedNeverReachesTheNodeAloneOrInABatch() throws Exception {
        serve("[policy]\npreset = \"dapp\"\n");

        JsonNode batch = post("""
                [{"jsonrpc":"2.0","id":1,"method":"anvil_setBalance","params":["0x00000000000000000000000000000000000000cc","0x1"]},
                 {"jsonrpc":"2.0","id":2,"method":"eth_getBalance","params":["0x00000000000000000000000000000000000000cc","latest"]},
                 {"jsonrpc":"2.0","id":3,"method":"eth_accounts"},
                 {"jsonrpc":"2.0","id":4,"method":"eth_sendTransaction","params":[{}]}]""");

        assertThat(batch.get(0).path("error").path("code").asInt()).isEqualTo(-32601);
        assertThat(batch.get(1).path("result").asString()).isEqualTo("0x0");
        assertThat(batch.get(2).path("result").toString()).isEqualTo("[]");
        assertThat(batch.get(3).path("error").path("code").asInt()).isEqualTo(-32601);
    }

    @Test
    void aDevelopersGatewayBehavesLikeTheNodeItself() throws Exception {
        serve("");

        assertThat(call("eth_accounts").path("result")).isNotEmpty();
        assertThat(call("anvil_nodeInfo").has("result")).isTrue();
        assertThat(call("admin_peers").path("error").path("message").asString()).contains("call the node itself");
    }

    @Test
    void aReloadClosesAndOpensWhileCallsGoOn() throws Exception {
        Path file = serve("[policy]\npreset = \"dapp\"\n");
        assertThat(call("txpool_status").path("error").path("code").asInt()).isEqualTo(-32601);

        try (var viem = Traffic.viem(gateway().url(), 1)) {
            rewrite(file, "[policy]\npreset = \"dapp\"\nallow = [\"txpool_status\"]\ndeny = [\"eth_getProof\"]\n");
            gateway().hangUp();
            Await.until(
                    "it is open",
                    Duration.ofSeconds(5),
                    () -> call("txpool_status").has("result"));
            assertThat(call("eth_getProof").path("error").path("code").asInt()).isEqualTo(-32601);
            Await.forAWhile(Duration.ofSeconds(2));
            viem.end().assertRight(network);
        }
    }

    @Test
    void nobodyTakesMoreThanALimitAllowsHoweverManyConnectionsAsk() throws Exception {
        serve("""
                [[limits]]
                rate = "50/h"
                methods = ["eth_gasPrice"]
                """);
        var batch = new ArrayList<String>();
        for (int i = 0; i < 40; i++) batch.add("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"eth_gasPrice\"}");
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) requests.add(request(batch.toString()));
        for (int i = 0; i < 30; i++) requests.add(request(batch.getFirst()));

        var answers = requests.stream()
                .map(request -> HTTP.sendAsync(request, BodyHandlers.ofString()))
                .toList();

        int served = 0;
        for (var answer : answers) served += served(answer.get().body());
        assertThat(served).isEqualTo(50);
        HttpResponse<String> refused = HTTP.send(request(batch.getFirst()), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(60L, 72L);
        assertThat(call("eth_chainId").has("result")).isTrue();
    }

    private static int served(String body) {
        return body.split("\"result\"", -1).length - 1;
    }

    private Path serve(String policy) throws IOException {
        Path file = directory.resolve("fairlead.toml");
        rewrite(file, policy);
        started = GatewayProcess.serve(file, port, adminPort);
        return file;
    }

    private GatewayProcess gateway() {
        return Objects.requireNonNull(started, "a test serves first");
    }

    private void rewrite(Path file, String policy) throws IOException {
        Files.writeString(file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [chains.test.nodes.a]
                url = "%s"
                [chains.test.nodes.b]
                url = "%s"
                %s""".formatted(
                        port, adminPort, network.node(0).url(), network.node(1).url(), policy));
    }

    private JsonNode call(String method) {
        try {
            return post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}");
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode post(String body) throws IOException, InterruptedException {
        return Anvil.JSON.readTree(
                HTTP.send(request(body), BodyHandlers.ofString()).body());
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(gateway().url()))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
