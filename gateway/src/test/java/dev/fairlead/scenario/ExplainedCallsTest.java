package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What `explain` says of a call is what its caller is answered.
class ExplainedCallsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LISTED = "0x00000000219ab540356cbb839cbe05303d7705fa";
    private static final String OTHER = "0x00000000219ab540356cbb839cbe05303d7705fb";
    /// For chain 1, with 21000 gas at 20 gwei.
    private static final String RAW =
            "[\"0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83\"]";

    private static final String SENDER = "0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f";

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int adminPort = Anvil.freePort();
    private final FakeNode node = node(1);
    private final FakeNode second = node(2);
    private final Map<String, String> keys = new HashMap<>();
    private @Nullable GatewayProcess gateway;

    private record Asked(
            String chain, String tenant, @Nullable String header, String method, String params) {}

    private static FakeNode node(long chainId) {
        FakeChain chain = FakeChain.of(chainId);
        chain.mine(10);
        return FakeNode.start(chain);
    }

    @BeforeEach
    void serve() throws Exception {
        Files.writeString(directory.resolve("2026-01.pem"), publicKey());
        Path file = directory.resolve("fairlead.toml");
        Files.writeString(
                file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [policy]
                preset = "dapp"
                [policy.logs]
                blocks = 5
                [chains.main.nodes]
                a.url = "%s"
                [chains.second.nodes]
                a.url = "%s"
                [tenants.con]
                addresses = ["%s"]
                [tenants.page]
                origins = ["https://*.example.com"]
                [tenants.app]
                agents = ["MyApp/*"]
                logs = { results = 1_000 }
                [tenants.free]
                [tenants.spent]
                daily = 1
                [tenants.slow]
                rate = "1/1d"
                [tenants.quiet]
                errors = "geth"
                [tenants.gas.transactions]
                max_gas = 20_000
                [tenants.fee.transactions]
                max_fee = "0.0001"
                [tenants.size.transactions]
                max_size = 50
                max_fee = 0
                [tenants.denied.transactions]
                deny_senders = ["%s"]
                [tenants.unlisted.transactions]
                allow_senders = ["%s"]
                [tenants.hook.transactions.webhook]
                url = "http://127.0.0.1:9/a-secret"
                on_failure = "closed"
                [tenants.tokens.jwt]
                keys = ["2026-01.pem"]
                audience = "rpc.example"
                issuer = "https://id.example"
                required = true
                [tenants.fetched.jwt]
                jwks_url = "http://127.0.0.1:9/keys?secret=4f1d0c3ba9f24c0e8f1d0c3ba9f24c0e"
                audience = "rpc.example"
                """.formatted(port, adminPort, node.httpUrl(), second.httpUrl(), LISTED, SENDER, OTHER));
        gateway = GatewayProcess.serve(file, port, adminPort);
        for (String tenant : new String[] {
            "con", "page", "app", "free", "spent", "slow", "gas", "fee", "size", "denied", "unlisted", "hook"
        }) {
            keys.put(
                    tenant,
                    admin("/keys", "{\"tenant\":\"" + tenant + "\"}")
                            .path("key")
                            .asString());
        }
    }

    private static String publicKey() throws NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    @AfterEach
    void end() {
        if (gateway != null) gateway.close();
        node.close();
        second.close();
    }

    @Test
    void explainRefusesWhatTheGatewayRefusesInTheSameWords() throws Exception {
        String balance = "[\"%s\",\"latest\"]";
        refused("con", null, "eth_getBalance", balance.formatted(OTHER));
        refused("con", null, "eth_getBalance", "[]");
        refused("con", null, "eth_getLogs", "[{}]");
        refused("con", null, "eth_sendRawTransaction", RAW);
        answered("con", null, "eth_getBalance", balance.formatted(LISTED));
        answered("con", null, "eth_chainId", "[]");
        refused("page", "origin: https://evil.example", "eth_chainId", "[]");
        refused("page", "userAgent: curl", "eth_chainId", "[]");
        answered("page", "origin: https://app.example.com", "eth_chainId", "[]");
        refused("app", "userAgent: curl", "eth_chainId", "[]");
        answered("app", "userAgent: MyApp/2", "eth_chainId", "[]");
        refused("free", null, "eth_getLogs", "[{\"fromBlock\":\"0x0\",\"toBlock\":\"0x9\"}]");
        refused("free", null, "eth_getLogs", "[{\"fromBlock\":\"0x0\",\"toBlock\":\"latest\"}]");
        answered("free", null, "eth_getLogs", "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x4\"}]");
        refused("free", null, "debug_traceTransaction", "[]");
        refused("free", null, "eth_subscribe", "[\"newHeads\"]");
        refused("free", null, "admin_peers", "[]");
        refused("gas", null, "eth_sendRawTransaction", RAW);
        refused("gas", null, "eth_sendRawTransaction", "[\"0x1234\"]");
        refused("gas", null, "eth_sendRawTransaction", "[]");
        refused("fee", null, "eth_sendRawTransaction", RAW);
        refused("size", null, "eth_sendRawTransaction", RAW);
        refused("denied", null, "eth_sendRawTransaction", RAW);
        refused("unlisted", null, "eth_sendRawTransaction", RAW);
        refused("hook", null, "eth_sendRawTransaction", "[1]");
        refused(new Asked("second", "free", null, "eth_sendRawTransaction", RAW));
    }

    @Test
    void whatCannotBeOfferedTakesNoCreditsAloneOrInABatch() throws Exception {
        String subscribe = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";
        String chainId = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_chainId\"}";
        String url = "http://127.0.0.1:" + port + "/main/" + keys.get("free");

        send(url, subscribe, null);
        send(url, "[" + subscribe + "," + chainId + "," + subscribe.replace("eth_sub", "eth_unsub") + "]", null);

        JsonNode told = explain(new Asked("main", "free", null, "eth_chainId", "[]"));
        assertThat(told.path("day").path("taken").asLong()).isEqualTo(1);
        JsonNode never = explain(new Asked("main", "free", null, "eth_subscribe", "[\"newHeads\"]"));
        assertThat(never.path("credits").asLong()).isZero();
    }

    @Test
    void rulesAndWebhookOfTransactionsAreNamedWhereTheyStand() throws Exception {
        var asked = new Asked("main", "gas", null, "eth_sendRawTransaction", "null");

        assertThat(explain(asked).path("access").asString())
                .contains("20,000 gas at most by tenants.gas.transactions.max_gas (");
        var hooked = new Asked("main", "hook", null, "eth_sendRawTransaction", "null");
        assertThat(explain(hooked).path("access").asString())
                .contains(
                        "those that http://127.0.0.1:9/*** allows (closed when it fails) by tenants.hook.transactions");
    }

    @Test
    void whoHasTooFewCreditsIsRefusedWhateverWouldAnswer() throws Exception {
        var once = new Asked("main", "spent", null, "eth_chainId", "[]");
        assertThat(call(once).has("result")).isTrue();
        refused("spent", null, "eth_chainId", "[]");
        refused("spent", null, "eth_getBalance", "[\"%s\",\"latest\"]".formatted(OTHER));
        refused("spent", null, "eth_sendRawTransaction", "[\"0x1234\"]");
        var slow = new Asked("main", "slow", null, "eth_chainId", "[]");
        assertThat(call(slow).has("result")).isTrue();
        String refused = explain(slow).path("summary").asString();

        assertThat(refused).isEqualTo("refused: you have called too often for now (tenants.slow.rate)");
    }

    @Test
    void theRuleThatRefusesATransactionIsNamedWhereItStands() throws Exception {
        assertThat(access("gas", "main")).contains("; refused by tenants.gas.transactions.max_gas (", "fairlead.toml:");
        assertThat(access("denied", "main")).contains("; refused by tenants.denied.transactions.deny_senders (");
        assertThat(access("unlisted", "main")).contains("; refused by tenants.unlisted.transactions.allow_senders (");
        assertThat(access("size", "main")).contains("; refused by tenants.size.transactions.max_size (");
        assertThat(access("free", "second"))
                .contains("; refused by policy.transactions.check_chain_id, which holds where nothing is said");
    }

    private String access(String tenant, String chain) throws Exception {
        return explain(new Asked(chain, tenant, null, "eth_sendRawTransaction", RAW))
                .path("access")
                .asString();
    }

    @Test
    void aTenantThatIsNotThereIsNotExplained() throws Exception {
        JsonNode problem = explain(new Asked("main", "nobody", null, "eth_chainId", "[]"));

        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("remedy").asString()).contains("fairlead tenants list");
    }

    @Test
    void tenantsOfTheFileAreShownWithAllTheirRules() {
        assertThat(run("tenants", "show", "con")).contains("addresses: " + LISTED + " (", "fairlead.toml:");
        assertThat(run("tenants", "show", "page")).contains("origins: https://*.example.com (");
        assertThat(run("tenants", "show", "quiet")).contains("errors: geth (");
        assertThat(run("tenants", "show", "app")).contains("agents: MyApp/* (", "logs.results: 1,000 (");
        assertThat(run("tenants", "show", "gas")).contains("transactions.max_gas: 20,000 gas at most (");
        assertThat(run("tenants", "show", "size")).contains("transactions.max_fee: no bound (");
        assertThat(run("tenants", "show", "hook"))
                .contains("transactions.webhook: those that http://127.0.0.1:9/*** allows (closed when it fails)")
                .doesNotContain("a-secret");
        assertThat(run("tenants", "show", "tokens"))
                .contains(
                        "jwt: needed besides a key; keys from " + directory.resolve("2026-01.pem")
                                + "; audience rpc.example; issuer https://id.example (",
                        "fairlead.toml:");
        assertThat(run("tenants", "show", "fetched"))
                .contains(
                        "jwt: in the place of a key, or besides; keys from http://127.0.0.1:9/",
                        "; audience rpc.example (")
                .doesNotContain("4f1d0c3b", "issuer");
        assertThat(run("tenants", "show", "free")).contains("no rules of its own");
        assertThat(run("tenants", "list").lines())
                .anyMatch(line -> line.startsWith("app") && line.strip().endsWith("agents, logs"))
                .anyMatch(line -> line.startsWith("hook") && line.strip().endsWith("transactions"));
        assertThat(run("tenants", "list", "--json"))
                .contains("transactions.max_fee")
                .doesNotContain("a-secret");
    }

    private String run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--admin", "http://127.0.0.1:" + adminPort));
        var out = new StringWriter();
        int code = FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    private void refused(String tenant, @Nullable String header, String method, String params) throws Exception {
        refused(new Asked("main", tenant, header, method, params));
    }

    private void refused(Asked asked) throws Exception {
        JsonNode error = call(asked).path("error");
        assertThat(explain(asked).path("summary").asString())
                .as(asked.toString())
                .isEqualTo("refused: " + error.path("message").asString());
        assertThat(error.path("message").asString()).as(asked.toString()).isNotEmpty();
    }

    private void answered(String tenant, @Nullable String header, String method, String params) throws Exception {
        var asked = new Asked("main", tenant, header, method, params);
        assertThat(call(asked).has("result")).as(asked.toString()).isTrue();
        assertThat(explain(asked).path("summary").asString())
                .as(asked.toString())
                .doesNotContain("refused");
    }

    private JsonNode call(Asked asked) throws IOException, InterruptedException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + asked.method() + "\",\"params\":" + asked.params()
                + "}";
        return send(
                "http://127.0.0.1:" + port + "/" + asked.chain() + "/" + keys.get(asked.tenant()),
                body,
                asked.header());
    }

    private JsonNode explain(Asked asked) throws IOException, InterruptedException {
        String header = asked.header() == null ? "" : ",\"" + asked.header().replace(": ", "\":\"") + "\"";
        return admin(
                "/explain",
                "{\"chain\":\"" + asked.chain() + "\",\"tenant\":\"" + asked.tenant() + "\",\"method\":\""
                        + asked.method() + "\",\"params\":" + asked.params() + header + "}");
    }

    private JsonNode admin(String path, String body) throws IOException, InterruptedException {
        return send("http://127.0.0.1:" + adminPort + "/api/v1" + path, body, null);
    }

    private static JsonNode send(String url, String body, @Nullable String header)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (header != null) {
            String name = header.startsWith("origin") ? "Origin" : "User-Agent";
            request.setHeader(name, header.substring(header.indexOf(' ') + 1));
        }
        return Anvil.JSON.readTree(
                HTTP.send(request.build(), BodyHandlers.ofString()).body());
    }
}
