package dev.fairlead.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.Behaviour.Depends;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.Normal;
import dev.fairlead.fakenode.Behaviour.NotJson;
import dev.fairlead.fakenode.Behaviour.Result;
import dev.fairlead.fakenode.Behaviour.Status;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes are declared with keys in every place that a declaration has, repeat them in every way that a node can, and
/// fail in every way that a library words; none of it may be seen from outside.
class PlantedSecretsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> METHODS = List.of(
            "eth_getBalance",
            "eth_call",
            "eth_gasPrice",
            "eth_estimateGas",
            "eth_getCode",
            "eth_sendRawTransaction",
            "web3_sha3");

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int admin = Anvil.freePort();
    private final FakeChain chain = FakeChain.of(1);
    private final List<FakeNode> nodes = new ArrayList<>();
    /// By the name of the node.
    private final Map<String, String> keys = new LinkedHashMap<>();

    private final StringBuilder configuration = new StringBuilder();
    private final StringBuilder seen = new StringBuilder();

    @AfterEach
    void end() {
        nodes.forEach(FakeNode::close);
    }

    @Test
    void noKeyOfANodeIsEverSeen() throws Exception {
        chain.mine(10);
        configuration.append("""
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [logs]
                level = "debug"
                [server.timeouts]
                call = "2s"
                [chains.test]
                id = 1
                """.formatted(port, admin));
        declareTalkativeNodes();
        declareUnreachableNodes();
        Path file = Files.writeString(directory.resolve("fairlead.toml"), configuration);

        see(run("check", "--config", file.toString()));
        try (var gateway =
                GatewayProcess.launch(List.of("serve", "--config", file.toString()), directory, port, admin)) {
            Await.until("all nodes are judged", Duration.ofSeconds(40), () -> areJudged(gateway));
            for (String method : METHODS) {
                for (int i = 0; i < 3; i++) see(call(gateway, method, "[\"0x1\",\"latest\"]"));
                see(run("explain", method));
            }
            see(call(gateway, "eth_chainId", "[]"));
            order();
            for (String path :
                    List.of("/metrics", "/api/v1/nodes", "/api/v1/status", "/api/v1/events", "/api/v1/audit"))
                see(get("http://127.0.0.1:" + admin + path));
            see(get(gateway.url() + "/readyz"));
            see(run("status"));
            see(run("events"));
            see(run("nodes", "list"));
            see(gateway.log());
        }

        assertThat(seen).as("what nodes say was seen at all").contains("is over its quota", "Fake/", "***");
        keys.forEach(this::assertUnseen);
    }

    private void declareTalkativeNodes() throws Exception {
        talkative("user", "url = 'http://%2$s@127.0.0.1:%1$d'");
        talkative("login", "url = 'http://me:%2$s@127.0.0.1:%1$d'");
        talkative("path", "url = 'http://127.0.0.1:%1$d/v3/%2$s'");
        talkative("query", "url = 'http://127.0.0.1:%1$d/?dkey=%2$s'");
        talkative("host", "url = 'http://%2$s.localhost:%1$d'");
        talkative("auth", "url = 'http://127.0.0.1:%1$d/auth'\nauth = { user = 'me', password = '%2$s' }");
        talkative("bearer", "url = 'http://127.0.0.1:%1$d/b'\nheaders = { Authorization = 'Bearer %2$s' }");
        String secret = key("file");
        Files.writeString(directory.resolve("secret.txt"), secret + "\n");
        talkative("file", "url = 'http://127.0.0.1:%1$d/f'\nheaders = { X-Key = { file = 'secret.txt' } }");
        talkative("socket", "url = 'http://127.0.0.1:%1$d/s'\nws_url = 'ws://127.0.0.1:%1$d/%2$s'");
    }

    private void declareUnreachableNodes() {
        declare("refused", "url = 'http://127.0.0.1:%1$d/v3/%2$s'", Anvil.freePort());
        declare("unresolved", "url = 'https://%2$s.provider.invalid:%1$d'", 443);
        declare(
                "no-tls",
                "url = 'https://127.0.0.1:%1$d/v3/%2$s'",
                nodes.getFirst().port());
        declare(
                "no-tls-host",
                "url = 'https://%2$s.localhost:%1$d'",
                nodes.getFirst().port());
    }

    private void talkative(String name, String declared) {
        FakeNode node = FakeNode.start(chain);
        nodes.add(node);
        String said = forms(key(name)) + " is over its quota";
        node.clientVersion("Fake/" + forms(key(name)));
        node.on("net_version", new Result("\"" + key(name) + "\""));
        node.on("eth_subscribe", new ErrorReply(-32000, said));
        // Nodes that are found out by their chain id, and those that only object.
        if (name.equals("query")) node.on("eth_chainId", new ErrorReply(-32000, said));
        if (name.equals("auth")) node.on("eth_getBlockByNumber", new ErrorReply(-32000, said));
        if (name.equals("login")) {
            node.on(
                    "eth_getBlockByNumber",
                    new Result("{\"number\":\"0x0\",\"hash\":\"" + key(name) + "\",\"parentHash\":\"0x00\"}"));
        }
        node.on("eth_getBalance", new ErrorReply(-32000, said, "{\"key\":\"" + key(name) + "\"}"));
        node.on("eth_call", new Status(403, said, Map.of("X-Key", key(name))));
        node.on("eth_gasPrice", new NotJson(said, "text/" + key(name)));
        node.on("eth_estimateGas", new ErrorReply(3, "execution reverted: " + said, "\"" + key(name) + "\""));
        node.on("eth_sendRawTransaction", new ErrorReply(-32010, said));
        node.on("web3_sha3", new Depends(_ -> twice++ % 2 == 0 ? new Behaviour.Reset() : new Normal()));
        node.on("eth_getCode", new Result("{broken " + key(name)));
        declare(name, declared, node.port());
    }

    private int twice;

    private void declare(String name, String declared, int at) {
        configuration
                .append("[chains.test.nodes.")
                .append(name)
                .append("]\n")
                .append(declared.formatted(at, key(name)))
                .append("\n");
    }

    /// Another one for each node.
    private String key(String name) {
        return keys.computeIfAbsent(name, _ -> "%08x%08x".formatted(name.hashCode(), ~name.hashCode()) + "a1b2c3d4");
    }

    private static String forms(String key) {
        StringBuilder percent = new StringBuilder();
        for (byte b : key.getBytes(UTF_8)) percent.append("%%%02X".formatted(b));
        return String.join(
                " ",
                key,
                key.toUpperCase(Locale.ROOT),
                percent,
                base64(key),
                base64(key + ":"),
                base64("me:" + key),
                key.substring(0, 12),
                key.substring(12));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private void order() {
        String url = "http://" + key("added") + "@127.0.0.1:" + nodes.getFirst().port() + "/v3/" + key("added path");
        see(run("nodes", "add", url, "--name", "added", "--chain", "test"));
        see(run("nodes", "update", "added", "--url", url + "2"));
        see(run("nodes", "add", "http://" + key("unnamed") + ".localhost:1/", "--chain", "test"));
        see(run("nodes", "cordon", "added"));
        see(run("nodes", "remove", "added"));
    }

    private void assertUnseen(String name, String key) {
        String all = seen.toString().toLowerCase(Locale.ROOT);
        for (String form : forms(key).toLowerCase(Locale.ROOT).split(" ")) {
            int at = all.indexOf(form);
            assertThat(at)
                    .as(() -> "the key of " + name + " as " + form + " is in: "
                            + all.substring(Math.max(0, at - 200), Math.min(all.length(), at + 200)))
                    .isNegative();
        }
    }

    private void see(String text) {
        seen.append(text).append('\n');
    }

    private boolean areJudged(GatewayProcess gateway) {
        try {
            for (var node : gateway.nodes()) {
                if (node.path("verdict").asString().equals("unknown")) return false;
            }
            return !gateway.nodes().isEmpty();
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private String run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        if (!words[0].equals("check")) arguments.addAll(List.of("--admin", "http://127.0.0.1:" + admin));
        var out = new StringWriter();
        FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        return out.toString();
    }

    private static String call(GatewayProcess gateway, String method, String params) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
        return answer(HttpRequest.newBuilder(URI.create(gateway.url())).POST(BodyPublishers.ofString(body)));
    }

    private static String get(String url) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(url)));
    }

    private static String answer(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
    }
}
