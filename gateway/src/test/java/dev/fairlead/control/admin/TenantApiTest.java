package dev.fairlead.control.admin;

import static dev.fairlead.control.admin.AdminFixture.json;
import static dev.fairlead.control.admin.AdminFixture.mainnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.ApiKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TenantApiTest {
    private static final String TENANTS = "/api/v1/tenants";
    private static final String KEYS = "/api/v1/keys";
    private static final String BROUGHT = "9aa3d95b3bc440fa88ea12eaa4456161";

    @TempDir
    Path directory;

    @Test
    void aKeyIsShownOnceInTheAnswerToItsOrder() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            assertThat(gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}")
                            .headers()
                            .firstValue("Location"))
                    .hasValue("/api/v1/tenants/dapp");

            HttpResponse<String> answer = gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"alias\":\"web\"}");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/keys/dapp/web");
            JsonNode added = json(answer);
            String key = added.path("key").asString();
            assertThat(key).matches(ApiKey.FORM).startsWith(added.path("prefix").asString());
            assertThat(added.path("urls").path(0).asString()).isEqualTo("http://127.0.0.1:8545/" + key);
            for (String path : List.of(
                    KEYS,
                    KEYS + "/dapp/web",
                    TENANTS,
                    "/api/v1/events",
                    "/api/v1/audit",
                    "/api/v1/status",
                    "/metrics")) {
                assertThat(gateway.get(path).body()).as(path).doesNotContain(key);
            }
            assertThat(gateway.parts.operator().policies().now().key(key)).isNotNull();
        }
    }

    @Test
    void anAnswerToARemovalNamesWhoDeclaredTheTenant() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}");

            JsonNode removed = json(gateway.send("DELETE", TENANTS + "/dapp?force=true", ""));

            assertThat(removed.path("origin").asString()).isEqualTo("added");
        }
    }

    @Test
    void aKeyThatIsBroughtAlongIsNotShownAtAll() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}");

            HttpResponse<String> answer = gateway.send(
                    "POST", KEYS, "{\"tenant\":\"dapp\",\"key\":\"" + BROUGHT + "\",\"expiresAt\":\"2026-02-01\"}");

            assertThat(answer.body()).doesNotContain(BROUGHT);
            JsonNode added = json(answer);
            assertThat(added.path("key").isNull()).isTrue();
            assertThat(added.path("alias").asString()).isEqualTo("default");
            assertThat(added.path("expiresAt").asString()).isEqualTo("2026-02-01T00:00:00Z");
            assertThat(added.path("urls").path(0).asString()).isEqualTo("http://127.0.0.1:8545/KEY");
            assertThat(gateway.parts.operator().policies().now().key(BROUGHT)).isNotNull();
        }
    }

    @Test
    void aRotationShowsTheNewKeyAndUntilWhenTheOldOneIsValid() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}");
            JsonNode old = json(gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"alias\":\"used\"}"));

            JsonNode rotated = json(gateway.send("POST", KEYS + "/dapp/used/rotate", "{\"overlapSeconds\":3600}"));

            assertThat(rotated.path("key").asString())
                    .isNotEqualTo(old.path("key").asString());
            assertThat(rotated.path("remarks").path(0).asString()).contains("is valid until 2026-01-02T04:04:05Z");
            JsonNode both = json(gateway.get(KEYS + "/dapp/used"));
            assertThat(both).hasSize(2);
            assertThat(both.path(0).path("expiresAt").asString()).isEqualTo("2026-01-02T04:04:05Z");
            assertThat(both.path(0).path("lastUsedAt").asString()).isEqualTo("2026-01-02T03:04:00Z");
            assertThat(json(gateway.get(TENANTS + "/dapp")).path("keys").asInt())
                    .isEqualTo(2);

            String prefix = old.path("prefix").asString();
            assertThat(gateway.send("DELETE", KEYS + "/dapp/used?prefix=" + prefix, "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(json(gateway.get(KEYS))).hasSize(1);
        }
    }

    @Test
    void keysAndTenantsComePageByPage() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            for (String tenant : List.of("c", "a", "b")) {
                gateway.send("POST", TENANTS, "{\"name\":\"" + tenant + "\"}");
                for (String alias : List.of("y", "x")) {
                    gateway.send("POST", KEYS, "{\"tenant\":\"" + tenant + "\",\"alias\":\"" + alias + "\"}");
                }
            }

            assertThat(names(json(gateway.get(KEYS + "?limit=4")))).containsExactly("a/x", "a/y", "b/x", "b/y");
            assertThat(names(json(gateway.get(KEYS + "?limit=4&after=b/y")))).containsExactly("c/x", "c/y");
            assertThat(names(json(gateway.get(KEYS + "?limit=4&after=c/y")))).isEmpty();
            assertThat(names(json(gateway.get(KEYS + "?tenant=b")))).containsExactly("b/x", "b/y");
            assertThat(names(json(gateway.get(KEYS + "?tenant=b&after=b/x")))).containsExactly("b/y");
            assertThat(json(gateway.get(TENANTS + "?limit=2"))
                            .valueStream()
                            .map(t -> t.path("name").asString()))
                    .containsExactly("a", "b");
            assertThat(json(gateway.get(TENANTS + "?after=b"))
                            .valueStream()
                            .map(t -> t.path("name").asString()))
                    .containsExactly("c");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST   | /api/v1/tenants               | {}                                    | 400 | name: expected a text",
                "POST   | /api/v1/tenants               | {\"name\":7}                          | 400 | name: expected a text",
                "POST   | /api/v1/tenants               | {\"name\":\"dapp\"}                   | 409 | already a tenant dapp",
                "POST   | /api/v1/tenants               | {\"name\":\"x\",\"plan\":1}           | 400 | unknown member",
                "DELETE | /api/v1/tenants/dapp?force=ja | ``                                    | 400 | true or false",
                "DELETE | /api/v1/tenants/dapp          | ``                                    | 409 | --force (force=true)",
                "DELETE | /api/v1/tenants/nobody        | ``                                    | 404 | no tenant nobody",
                "GET    | /api/v1/tenants/nobody        | ``                                    | 404 | no such tenant",
                "GET    | /api/v1/keys?tenant=nobody    | ``                                    | 404 | no such tenant",
                "GET    | /api/v1/keys/dapp/nothing     | ``                                    | 404 | no such key",
                "GET    | /api/v1/keys?limit=1001       | ``                                    | 400 | from 1 to 1000",
                "POST   | /api/v1/keys                  | {\"tenant\":\"nobody\"}               | 404 | no tenant nobody",
                "POST   | /api/v1/keys                  | {\"alias\":\"web\"}                   | 400 | tenant: expected a text",
                "POST   | /api/v1/keys                  | {\"tenant\":\"dapp\",\"expiresInSeconds\":\"90d\"} | 400 | whole number",
                "POST   | /api/v1/keys                  | {\"tenant\":\"dapp\",\"expiresAt\":\"soon\"}       | 400 | or never",
                "POST   | /api/v1/keys                  | {\"tenant\":\"dapp\",\"expiresAt\":\"2020-01-01\"} | 400 | between now",
                "POST   | /api/v1/keys | {\"tenant\":\"dapp\",\"expiresAt\":\"never\",\"expiresInSeconds\":1} | 400 | found both",
                "POST   | /api/v1/keys                  | {\"tenant\":\"dapp\",\"alias\":\"Web\"} | 400 | alias: expected a key name",
                "POST   | /api/v1/keys/dapp/no/rotate   | {}                                    | 404 | no key dapp/no",
                "POST   | /api/v1/keys/dapp/web/rotate  | {\"overlapSeconds\":-1}               | 400 | overlap: expected",
                "DELETE | /api/v1/keys/dapp/no          | ``                                    | 404 | no key dapp/no",
            })
    void everyFaultOfARequestIsTold(String verb, String path, String body, int status, String text) throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}");
            gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"alias\":\"web\"}");

            HttpResponse<String> answer = gateway.send(verb, path, body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(json(answer).path("detail").asString()).contains(text);
        }
    }

    @Test
    void noAnswerRepeatsAKeyThatStandsInAWrongPlace() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            gateway.send("POST", TENANTS, "{\"name\":\"dapp\"}");
            var answers = new ArrayList<HttpResponse<String>>();
            answers.add(gateway.send("POST", KEYS, "{\"tenant\":\"" + BROUGHT + "\"}"));
            answers.add(gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"expiresAt\":\"" + BROUGHT + "\"}"));
            answers.add(gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"" + BROUGHT + "\":1}"));
            answers.add(gateway.send("POST", KEYS, "{\"tenant\":\"dapp\",\"key\":\"" + BROUGHT + "/\"}"));
            answers.add(gateway.send("DELETE", KEYS + "/dapp/" + BROUGHT, ""));
            answers.add(gateway.send("DELETE", TENANTS + "/" + BROUGHT, ""));
            answers.add(gateway.get(KEYS + "/dapp/" + BROUGHT));

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isBetween(400, 404);
                assertThat(answer.body()).doesNotContain(BROUGHT);
            });
        }
    }

    private static List<String> names(JsonNode keys) {
        return keys.valueStream()
                .map(key ->
                        key.path("tenant").asString() + "/" + key.path("alias").asString())
                .toList();
    }
}
