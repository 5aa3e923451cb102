package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A public endpoint as docs/policy.md opens it: a key and a quota for each dapp, and traces for one of them alone.
@Tag("real")
class UsageTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    @Test
    void explainAndUsageSayWhyACallWasLetThroughOrNot() throws Exception {
        serve();
        admin("POST", "/tenants", "{\"name\":\"wallet\",\"daily\":10}");
        admin("POST", "/tenants", "{\"name\":\"explorer\"}");
        String wallet = key("wallet");
        String explorer = key("explorer");

        assertThat(call(wallet, "trace_block", "[\"latest\"]")
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(-32601);
        assertThat(call(explorer, "trace_block", "[\"latest\"]").has("result")).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(call(wallet, "eth_blockNumber", "[]").has("result")).isTrue();
        }
        assertThat(call(wallet, "eth_blockNumber", "[]")
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(-32005);
        assertThat(call("", "eth_blockNumber", "[]").path("error").path("code").asInt())
                .isEqualTo(-32001);

        JsonNode usage = admin("GET", "/usage/tenants", "");
        assertThat(usage.valueStream().map(use -> use.path("tenant").asString()))
                .containsExactly("explorer", "public", "wallet");
        assertThat(usage.path(1).path("refused").toString()).isEqualTo("{\"key-needed\":1}");
        assertThat(usage.path(2).path("answered").asLong()).isEqualTo(10);
        assertThat(usage.path(2).path("percent").asLong()).isEqualTo(100);
        assertThat(usage.path(2).path("refused").toString()).isEqualTo("{\"day-spent\":1,\"method-not-found\":1}");
        JsonNode key = admin("GET", "/usage/keys?tenant=wallet", "").path(0);
        assertThat(key.path("credits").asLong()).isEqualTo(10);
        assertThat(key.path("calls").asLong()).isEqualTo(12);

        JsonNode open = explain("explorer", "trace_block");
        assertThat(open.path("access").asString()).contains("routes[0].methods", "fairlead.toml:");
        assertThat(open.path("route").asString()).startsWith("goes to group archive by routes[0] (");
        assertThat(open.path("nodes").path(0).path("node").asString()).isEqualTo("archive-1");
        assertThat(explain("wallet", "trace_block").path("access").asString()).startsWith("closed by policy.preset");
        JsonNode spent = explain("wallet", "eth_blockNumber");
        assertThat(spent.path("day").path("left").asLong()).isZero();
        assertThat(spent.path("day").path("place").asString()).startsWith("by order of ");
        assertThat(admin("GET", "/status", "")
                        .path("nearQuota")
                        .path(0)
                        .path("tenant")
                        .asString())
                .isEqualTo("wallet");

        admin("PUT", "/tenants/wallet", "{\"daily\":0}");
        assertThat(call(wallet, "eth_blockNumber", "[]").has("result")).isTrue();
    }

    private void serve() throws IOException {
        Path file = directory.resolve("fairlead.toml");
        Files.writeString(file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [policy]
                preset = "dapp"
                public = false
                [chains.mainnet.nodes]
                full-1.url = "%s"
                archive-1.url = "%s"
                [chains.mainnet.groups]
                default.nodes = ["full-1"]
                archive.nodes = ["archive-1"]
                [[routes]]
                tenant = "explorer"
                methods = ["debug_trace*", "trace_*"]
                group = "archive"
                """.formatted(
                        port, adminPort, network.node(0).url(), network.node(1).url()));
        started = GatewayProcess.serve(file, port, adminPort);
    }

    private String key(String tenant) throws IOException, InterruptedException {
        return admin("POST", "/keys", "{\"tenant\":\"" + tenant + "\"}")
                .path("key")
                .asString();
    }

    private JsonNode explain(String tenant, String method) throws IOException, InterruptedException {
        return admin("POST", "/explain", "{\"tenant\":\"" + tenant + "\",\"method\":\"" + method + "\"}");
    }

    private JsonNode call(String key, String method, String params) throws IOException, InterruptedException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return send("POST", "http://127.0.0.1:" + port + "/" + key, body);
    }

    private JsonNode admin(String verb, String path, String body) throws IOException, InterruptedException {
        return send(verb, "http://127.0.0.1:" + adminPort + "/api/v1" + path, body);
    }

    private static JsonNode send(String verb, String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        return JSON.readTree(Objects.requireNonNull(answer.body()));
    }
}
