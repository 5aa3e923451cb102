package dev.fairlead.control.admin;

import static dev.fairlead.control.admin.AdminFixture.json;
import static dev.fairlead.control.admin.AdminFixture.mainnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.control.admin.Reloader.Reloaded;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.RedisState;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdminServerTest {
    private static final String NODE = "/api/v1/nodes/default/node";

    @TempDir
    Path directory;

    @Test
    void theStatusTellsEveryChainAndWhatItIsMeasuredAgainst() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.publishFleet();
            gateway.events.lastResort("mainnet", true);
            gateway.events.panic("mainnet", "default", true);

            JsonNode status = json(gateway.get("/api/v1/status"));

            assertThat(status.path("version").asString()).isEqualTo("1.2.3");
            assertThat(status.path("uptimeSeconds").toString()).isEqualTo("90");
            assertThat(status.path("fleet").toString()).isEqualTo("7");
            JsonNode chain = status.path("chains").path(0);
            assertThat(chain.path("name").asString()).isEqualTo("mainnet");
            assertThat(chain.path("id").toString()).isEqualTo("1");
            assertThat(chain.path("head").path("number").toString()).isEqualTo("19000000");
            assertThat(chain.path("reference").path("kind").asString()).isEqualTo("leader");
            assertThat(chain.path("reference").path("node").asString()).isEqualTo("leader");
            assertThat(chain.path("reference").path("text").asString()).isEqualTo("leader leader at block 19000000");
            assertThat(chain.path("stalled").asString()).isEqualTo("2026-01-02T03:03:35Z");
            assertThat(chain.path("lastResort").asBoolean()).isTrue();
            assertThat(chain.path("panic").path(0).asString()).isEqualTo("default");
            assertThat(chain.path("nodes").path("total").toString()).isEqualTo("2");
            assertThat(chain.path("nodes").path("serving").toString()).isEqualTo("1");
            assertThat(chain.path("nodes").path("byVerdict").path("lagging").toString())
                    .isEqualTo("1");
            assertThat(chain.path("nodes").path("byVerdict").path("forked").toString())
                    .isEqualTo("0");
        }
    }

    @Test
    void aNodeIsShownWithVerdictEvidenceAndWhatIsKnownOfIt() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.publishFleet();
            gateway.events.ejected(new NodeId("mainnet", "geth-1"), "3 timeouts", Duration.ofSeconds(1));

            JsonNode node = json(gateway.get("/api/v1/nodes/mainnet/geth-1"));

            assertThat(node.toString())
                    .isEqualTo("{\"chain\":\"mainnet\",\"name\":\"geth-1\",\"role\":\"own\",\"leader\":false,"
                            + "\"measures\":false,\"url\":\"http://geth-1:8545\",\"wsUrl\":null,\"headers\":[],"
                            + "\"basicAuth\":false,\"tls\":false,\"labels\":{},\"weight\":100,\"capacity\":256,"
                            + "\"plan\":{\"rate\":null,\"daily\":null,\"credits\":{},\"today\":null},"
                            + "\"mode\":\"serving\",\"origin\":\"file\",\"verdict\":\"lagging\","
                            + "\"evidence\":\"12 behind, 10 tolerated\",\"serves\":false,\"ejected\":\"3 timeouts\","
                            + "\"spared\":[\"traces\"],"
                            + "\"inFlight\":3,\"head\":{\"number\":19000000,\"hash\":\"0xabc\","
                            + "\"timestamp\":\"2026-01-02T03:04:02Z\",\"seenAt\":\"2026-01-02T03:04:03Z\"},"
                            + "\"lag\":{\"blocks\":12,\"seconds\":150},\"since\":\"2026-01-02T03:03:05Z\","
                            + "\"client\":\"Geth/v1\",\"peers\":25,\"latencyMillis\":1.235,\"remarks\":[]}");
        }
    }

    @Test
    void aLeaderIsShownAsDeclaredAndInUse() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.publishFleet();

            JsonNode node = json(gateway.get("/api/v1/nodes/mainnet/leader"));

            assertThat(node.path("leader").asBoolean()).isTrue();
            assertThat(node.path("measures").asBoolean()).isTrue();
            assertThat(node.path("peers").isNull()).isTrue();
            assertThat(node.path("latencyMillis").isNull()).isTrue();
            assertThat(node.path("inFlight").isNull()).isTrue();
        }
    }

    @Test
    void nodesAreListedAllOrOfOneChain() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", "/api/v1/nodes", "{\"url\":\"http://a:1\",\"chain\":\"sepolia\"}");

            assertThat(names(gateway.get("/api/v1/nodes"))).containsExactly("geth-1", "leader", "a-1");
            assertThat(names(gateway.get("/api/v1/nodes?chain=sepolia"))).containsExactly("a-1");
            assertThat(gateway.get("/api/v1/nodes?chain=nowhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aNodeIsAddedChangedDrainedAndRemoved() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            HttpResponse<String> added = gateway.send(
                    "POST",
                    "/api/v1/nodes",
                    "{\"url\":\"http://a:1\",\"name\":\"node\",\"wsUrl\":\"ws://a:2\",\"labels\":{\"zone\":\"a\"}}");
            assertThat(added.statusCode()).isEqualTo(201);
            assertThat(added.headers().firstValue("Location")).hasValue(NODE);
            assertThat(json(added).path("verdict").asString()).isEqualTo("unknown");
            assertThat(json(added).path("origin").asString()).isEqualTo("added");

            JsonNode updated = json(gateway.send("PUT", NODE, "{\"weight\":7,\"wsUrl\":null}"));
            assertThat(updated.path("weight").toString()).isEqualTo("7");
            assertThat(updated.path("wsUrl").asString()).isEqualTo("ws://a:2");
            assertThat(updated.path("labels").path("zone").asString()).isEqualTo("a");

            JsonNode drained = json(gateway.send("POST", NODE + "/drain", "{\"why\":\"kernel\"}"));
            assertThat(drained.path("mode").asString()).isEqualTo("draining");
            assertThat(drained.path("remarks").path(0).asString()).contains("no other node");
            assertThat(json(gateway.send("POST", NODE + "/cordon", ""))
                            .path("mode")
                            .asString())
                    .isEqualTo("cordoned");
            assertThat(json(gateway.send("POST", NODE + "/uncordon", "{}"))
                            .path("mode")
                            .asString())
                    .isEqualTo("serving");

            assertThat(gateway.send("DELETE", NODE, "").statusCode()).isEqualTo(200);
            assertThat(gateway.get(NODE).statusCode()).isEqualTo(404);
            assertThat(gateway.get("/api/v1/nodes").body()).isEqualTo("[]");
        }
    }

    @Test
    void theAuditTrailAndTheEventsTellWhatWasOrdered() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            gateway.send("POST", "/api/v1/nodes", "{\"url\":\"http://a:1\",\"name\":\"node\"}");
            gateway.send("POST", NODE + "/cordon", "{\"why\":\"kernel\"}");

            JsonNode audit = json(gateway.get("/api/v1/audit?limit=1"));
            assertThat(audit.toString())
                    .isEqualTo(
                            "[{\"serial\":2,\"at\":\"2026-01-02T03:04:05Z\",\"who\":\"loopback:alice\","
                                    + "\"what\":\"cordon\",\"chain\":\"default\",\"node\":\"node\",\"tenant\":null,\"key\":null,\"details\":\"kernel\"}]");
            assertThat(json(gateway.get("/api/v1/audit?before=2"))
                            .path(0)
                            .path("what")
                            .asString())
                    .isEqualTo("add");

            JsonNode events = json(gateway.get("/api/v1/events?after=1"));
            assertThat(events.size()).isEqualTo(1);
            assertThat(events.path(0).path("serial").toString()).isEqualTo("2");
            assertThat(events.path(0).path("text").asString())
                    .isEqualTo("cordoned default/node (kernel) (by loopback:alice)");
            assertThat(json(gateway.get("/api/v1/events?limit=1"))
                            .path(0)
                            .path("serial")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/v1/nodes/mainnet/none          |                                    | 404 | unknown",
                "GET    | /nowhere                            |                                    | 404 | unknown",
                "GET    | /api/v1/nodes/                      |                                    | 404 | unknown",
                "PATCH  | /api/v1/nodes                       |                                    | 405 | verb",
                "GET    | /api/v1/reload                      |                                    | 405 | verb",
                "POST   | /api/v1/nodes                       |                                    | 400 | invalid",
                "POST   | /api/v1/nodes                       | [1]                                | 400 | invalid",
                "POST   | /api/v1/nodes                       | {url                               | 400 | invalid",
                "POST   | /api/v1/nodes                       | {\"url\":\"http://a\",\"url\":\"\"}| 400 | invalid",
                "POST   | /api/v1/nodes                       | {\"url\":7}                        | 400 | invalid",
                "POST   | /api/v1/nodes                       | {\"url\":\"http://a\",\"wight\":1} | 400 | invalid",
                "POST   | /api/v1/nodes                       | {\"url\":\"a\"}                    | 400 | invalid",
                "POST   | /api/v1/nodes                       | {\"url\":\"http://geth-1:8545\"}   | 409 | conflict",
                "DELETE | /api/v1/nodes/mainnet/geth-1        |                                    | 409 | conflict",
                "PUT    | /api/v1/nodes/mainnet/geth-1        | {\"weight\":1}                     | 409 | conflict",
                "PUT    | /api/v1/nodes/mainnet/none          | {\"weight\":1}                     | 404 | unknown",
                "POST   | /api/v1/nodes/mainnet/none/drain    |                                    | 404 | unknown",
                "POST   | /api/v1/nodes/mainnet/geth-1/drain  | {\"why\":1}                        | 400 | invalid",
                "POST   | /api/v1/nodes/mainnet/geth-1/drain  | {\"reason\":\"x\"}                 | 400 | invalid",
                "GET    | /api/v1/events?limit=0              |                                    | 400 | invalid",
                "GET    | /api/v1/events?after=x              |                                    | 400 | invalid",
                "GET    | /api/v1/audit?limit=1001            |                                    | 400 | invalid",
                "POST   | /api/v1/explain                     | {\"chain\":\"x\",\"method\":\"m\"} | 404 | unknown",
                "POST   | /api/v1/explain                     | {\"params\":[]}                    | 400 | invalid",
                "POST   | /api/v1/explain                     | {\"method\":\"m\",\"params\":\"\"} | 400 | invalid",
            })
    void everyRefusalIsAProblemThatSaysWhatToDo(String verb, String path, String body, int status, String type)
            throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            HttpResponse<String> response = gateway.send(verb, path, body == null ? "" : body);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            JsonNode problem = json(response);
            assertThat(problem.path("type").asString()).isEqualTo("urn:fairlead:" + type);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("remedy").asString()).isNotEmpty();
            assertThat(problem.path("detail").asString())
                    .endsWith(problem.path("remedy").asString());
        }
    }

    @Test
    void everyFaultOfAnOrderIsToldAtOnce() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            JsonNode problem = json(gateway.send(
                    "POST",
                    "/api/v1/nodes",
                    "{\"url\":7,\"wight\":1,\"labels\":{\"a\":1},\"auth\":[],\"weight\":1.5}"));

            assertThat(problem.path("faults").valueStream().map(JsonNode::asString))
                    .hasSize(5)
                    .contains(
                            "url: expected a text, found a number", "weight: expected a whole number, found a number");
        }
    }

    @Test
    void aVerbThatDoesNotFitIsToldWithThoseThatDo() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(gateway.send("PATCH", "/api/v1/nodes", "").headers().firstValue("Allow"))
                    .hasValue("GET, POST");
        }
    }

    @Test
    void aReloadTellsWhatChangedOrEveryFault() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(gateway.send("POST", "/api/v1/reload", "").body())
                    .isEqualTo("{\"changes\":[\"limits.body: 1 → 2\"]}");

            gateway.reloaded = new Reloaded.Faulty(List.of("line 1: a", "line 2: b"));
            HttpResponse<String> refused = gateway.send("POST", "/api/v1/reload", "");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(json(refused).path("faults").toString()).isEqualTo("[\"line 1: a\",\"line 2: b\"]");
            assertThat(json(refused).path("detail").asString()).contains("line 1: a; line 2: b");
        }
    }

    @Test
    void anExplanationNamesEveryNodeAndItsPlace() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            HttpResponse<String> explained = gateway.send(
                    "POST", "/api/v1/explain", "{\"method\":\"eth_getBalance\",\"params\":[\"0x1\",\"latest\"]}");

            assertThat(explained.body())
                    .isEqualTo("{\"chain\":\"mainnet\",\"method\":\"eth_getBalance\","
                            + "\"access\":\"\",\"route\":null,\"credits\":0,\"limits\":[],\"day\":null,"
                            + "\"summary\":\"eth_getBalance with [\\\"0x1\\\",\\\"latest\\\"] on mainnet\","
                            + "\"nodes\":[{\"node\":\"geth-1\",\"position\":1,\"reason\":\"fastest of two\"},"
                            + "{\"node\":\"leader\",\"position\":null,\"reason\":\"leader: last resort\"}]}");
        }
    }

    @Test
    void metricsAreTextForPrometheus() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            HttpResponse<String> metrics = gateway.get("/metrics");

            assertThat(metrics.body()).isEqualTo("fairlead_up 1\n");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        }
    }

    @Test
    void theFirstPageListsWhatThereIs() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(gateway.get("/").body()).contains("1.2.3", "/api/v1/nodes/{chain}/{name}/drain", "/metrics");
        }
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            HttpResponse<String> head =
                    gateway.send(gateway.at("/api/v1/status").method("HEAD", BodyPublishers.noBody()));

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsRefusedAndTheAnswerArrives() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            HttpResponse<String> refused = gateway.send("POST", "/api/v1/nodes", "x".repeat(3 * 1024 * 1024));

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(gateway.get("/api/v1/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theRedisThatSharesLimitsIsSeenInTheStatusWhereThereIsOne() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(json(gateway.get("/api/v1/status")).path("redis").isNull())
                    .isTrue();

            gateway.redis = new RedisState("redis://***@10.0.0.7:6379", false, AdminFixture.AT, 2, "no answer in time");

            assertThat(json(gateway.get("/api/v1/status")).path("redis").toString())
                    .isEqualTo("{\"url\":\"redis://***@10.0.0.7:6379\",\"reached\":false,"
                            + "\"since\":\"2026-01-02T03:04:05Z\",\"gateways\":2,\"fault\":\"no answer in time\"}");
        }
    }

    @Test
    void aLoopThatKeepsDyingIsSeenByHealthAndStatus() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(json(gateway.get("/api/v1/status")).path("fault").isNull())
                    .isTrue();
            var loop =
                    gateway.supervisor.loop(Part.CHAIN_WATCH, Thread.ofVirtual().name("watch of mainnet"), () -> {
                        throw new OutOfMemoryError("secret of the heap");
                    });
            loop.start();
            while (gateway.supervisor.fault().isEmpty()) Thread.onSpinWait();

            HttpResponse<String> health = gateway.get("/healthz");
            JsonNode status = json(gateway.get("/api/v1/status"));

            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("watch of mainnet keeps dying", "OutOfMemoryError");
            assertThat(health.body()).doesNotContain("secret");
            assertThat(status.path("fault").asString()).contains("watch of mainnet keeps dying");
            assertThat(status.path("errors").asLong()).isGreaterThanOrEqualTo(5);
            assertThat(gateway.get("/api/v1/events").body()).contains("\"kind\":\"fault\"");
            loop.stop();
            loop.finish();
            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withATokenEverythingButHealthWantsIt() throws Exception {
        try (AdminFixture gateway = AdminFixture.withToken(directory, "s3cret")) {
            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);

            gateway.events.eventLoops("1 of 2 event loops have ended", "");

            assertThat(gateway.get("/healthz").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/healthz").body()).contains("1 of 2 event loops have ended");
            HttpResponse<String> without = gateway.get("/metrics");
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(gateway.send(gateway.at("/nowhere")).statusCode()).isEqualTo(401);

            var with = gateway.at("/api/v1/nodes")
                    .header("Authorization", "Bearer s3cret")
                    .header("X-Fairlead-Who", "deploy")
                    .POST(BodyPublishers.ofString("{\"url\":\"http://a:1\"}"));

            assertThat(gateway.send(with).statusCode()).isEqualTo(201);
            assertThat(gateway.store.audit(Long.MAX_VALUE, 1).getFirst().who()).isEqualTo("token:deploy");
        }
    }

    @Test
    void aRequestOfThisVeryGatewayIsToldSoInTheWordsOfANode() throws Exception {
        try (AdminFixture gateway = AdminFixture.withToken(directory, "s3cret")) {
            String own = "fairlead-hop: " + gateway.mark.mark();
            assertThat(raw(gateway, "POST /", "Host: anything.example", own))
                    .startsWith("HTTP/1.1 508 ")
                    .contains("\"jsonrpc\":\"2.0\"", "\"code\":-32017", "leads back to", "admin.listen");
            assertThat(raw(gateway, "POST /", "Host: localhost", "fairlead-hop: 0123456789abcdef"))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aReplacedTokenCountsAtOnce() throws Exception {
        try (AdminFixture gateway = AdminFixture.withToken(directory, "old")) {
            gateway.server.admit("new");

            assertThat(status(gateway, "Bearer old")).isEqualTo(401);
            assertThat(status(gateway, "Bearer new")).isEqualTo(200);
        }
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() throws IOException {
        var everywhere = new AdminConfig(new InetSocketAddress("0.0.0.0", 0), null);
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(gateway.server.address().getAddress().isLoopbackAddress())
                    .isTrue();
            assertThatThrownBy(() -> AdminServer.start(everywhere, 128, gateway.parts))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected admin.token");
        }
    }

    @Test
    void aNameThatAnAttackerPointsHereIsTurnedAway() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(raw(gateway, "GET /api/v1/status", "Host: evil.example"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("urn:fairlead:forbidden");
            assertThat(raw(gateway, "POST /api/v1/reload", "Host: localhost", "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(raw(gateway, "POST /api/v1/reload", "Host: localhost")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aStoreThatCannotBeUsedIsToldAsSuch() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            gateway.store.close();

            assertThat(gateway.get("/api/v1/audit").statusCode()).isEqualTo(503);
            assertThat(gateway.send("POST", "/api/v1/nodes", "{\"url\":\"http://a:1\"}")
                            .statusCode())
                    .isEqualTo(503);
            assertThat(gateway.get("/api/v1/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noSecretIsInAnyAnswerOrInTheDatabasesAuditTrail() throws Exception {
        String order = """
                {"url": "https://SECRETuser:SECRETpass@rpc.example/v3/SECRET0123456789abcdef?token=SECRETquery",
                 "wsUrl": "wss://rpc.example/ws/SECRET0123456789abcdef?token=SECRETquery",
                 "name": "node", "headers": {"x-api-key": "SECRETheader"}}""";
        var answers = new ArrayList<String>();
        try (AdminFixture gateway = AdminFixture.start(directory)) {
            answers.add(gateway.send("POST", "/api/v1/nodes", order).body());
            answers.add(gateway.send("POST", "/api/v1/nodes", order).body());
            answers.add(gateway.send("POST", "/api/v1/nodes", "{\"url\": SECRETkey}")
                    .body());
            answers.add(gateway.send("POST", "/api/v1/nodes", "{\"weight\": \"SECRETkey\"}")
                    .body());
            answers.add(gateway.send("POST", "/api/v1/nodes", "{\"role\": \"SECRETkey\"}")
                    .body());
            answers.add(gateway.send("POST", "/api/v1/nodes", "{\"url\": \"https://SECRET key@rpc.example\"}")
                    .body());
            answers.add(gateway.send("PUT", NODE, "{\"auth\":{\"user\":\"SECRETu\",\"password\":\"SECRETp\"}}")
                    .body());
            for (String path : List.of(
                    "/", "/api/v1/nodes", NODE, "/api/v1/status", "/api/v1/audit", "/api/v1/events", "/metrics")) {
                answers.add(gateway.get(path).body());
            }
            answers.add(gateway.send("DELETE", NODE, "").body());
            answers.add(gateway.get("/api/v1/audit").body());
        }

        assertThat(answers).hasSize(16).allSatisfy(answer -> assertThat(answer).doesNotContain("SECRET"));
        assertThat(answers.get(1)).contains("this URL is already declared as default/node");
        assertThat(answers.get(8)).contains("https://rpc.example/v3/***?***", "\"basicAuth\":true", "x-api-key");
    }

    private static int status(AdminFixture gateway, String authorization) throws Exception {
        return gateway.send(gateway.at("/api/v1/status").header("Authorization", authorization))
                .statusCode();
    }

    private static List<String> names(HttpResponse<String> nodes) {
        return json(nodes)
                .valueStream()
                .map(node -> node.path("name").asString())
                .toList();
    }

    /// A request as no client library would send it.
    private static String raw(AdminFixture gateway, String request, String... headers) throws IOException {
        String text = request + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket("127.0.0.1", gateway.server.address().getPort());
                InputStream answer = socket.getInputStream()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
