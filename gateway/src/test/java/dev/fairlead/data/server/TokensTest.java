package dev.fairlead.data.server;

import static dev.fairlead.support.Tokens.EDWARDS;
import static dev.fairlead.support.Tokens.RSA;
import static dev.fairlead.support.Tokens.edwards;
import static dev.fairlead.support.Tokens.rs256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.TokenAlgorithm;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.support.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Callers that bring tokens, over both versions of HTTP.
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String FREE_KEY = "fl_freefreefreefree0001";
    private static final String STRICT_KEY = "fl_strictstrictstrict01";
    private static final String PLAIN_KEY = "fl_plainplainplainpl01";
    private static final String FREE = rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"free\"}", claims(600, ""));
    private static final String STRICT =
            edwards(EDWARDS.getPrivate(), "{\"alg\":\"EdDSA\",\"kid\":\"strict\"}", claims(600, ""));
    private static final String OVER = rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"free\"}", claims(-61, ""));
    private static final String FORGED = FREE.substring(0, FREE.lastIndexOf('.') + 1) + "A".repeat(342);
    private static final String NARROW = rs256(
            RSA.getPrivate(),
            "{\"alg\":\"RS256\",\"kid\":\"free\"}",
            claims(600, ",\"origins\":[\"https://*.example.org\"],\"user_agents\":[\"MyApp/*\"]"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path          | bearer   | status | tenant
            /             | FREE     | 200    | free
            /mainnet      | FREE     | 200    | free
            /FREE_KEY     |          | 200    | free
            /FREE_KEY     | FREE     | 200    | free
            /v3/FREE_KEY  | FREE     | 200    | free
            /             | STRICT   | 401    |
            /STRICT_KEY   |          | 401    |
            /STRICT_KEY   | STRICT   | 200    | strict
            /v3/STRICT_KEY | STRICT  | 200    | strict
            /STRICT_KEY   | FREE     | 401    |
            /FREE_KEY     | STRICT   | 401    |
            /PLAIN_KEY    | FREE     | 401    |
            /PLAIN_KEY    |          | 200    | plain
            /WRONG_KEY_01234567 | FREE | 401  |
            /             | OVER     | 401    |
            /             | FORGED   | 401    |
            /FREE_KEY     | FORGED   | 401    |
            /             | a.b.c    | 401    |
            /             | a.b      | 401    |
            /             | .        | 401    |
            /             | NARROW   | 403    |
            /nowhere      | FREE     | 404    |
            """, useHeadersInDisplayName = true)
    void aCallBelongsToWhomItsTokenSays(String path, @Nullable String bearer, int status, @Nullable String tenant)
            throws Exception {
        try (Gateway gateway = gateway()) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                gateway.way.calls.clear();
                HttpResponse<String> response = send(gateway, version, path, bearer, null, null);

                assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
                if (status == 401) assertThat(response.body()).contains("\"code\":-32001", "\"id\":1");
                assertThat(gateway.way.calls)
                        .extracting(call -> call.tenant().name())
                        .isEqualTo(tenant == null ? List.of() : List.of(tenant));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.org, MyApp/1, 200",
        "https://a.example.org, curl/1, 403",
        "https://evil.test, MyApp/1, 403",
        ", MyApp/1, 403"
    })
    void aTokenNarrowsWhatItsTenantMay(@Nullable String origin, String agent, int status) throws Exception {
        try (Gateway gateway = gateway()) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                assertThat(send(gateway, version, "/", NARROW, origin, agent).statusCode())
                        .isEqualTo(status);
            }
        }
    }

    /// Whoever is refused is told the same, whatever the reason; the operator is told which.
    @Test
    void aRefusalSaysNothingOfItsReason() throws Exception {
        try (Gateway gateway = gateway()) {
            String over = send(gateway, HttpClient.Version.HTTP_1_1, "/", OVER, null, null)
                    .body();
            String forged = send(gateway, HttpClient.Version.HTTP_1_1, "/", FORGED, null, null)
                    .body();

            assertThat(over).isEqualTo(forged).doesNotContain("expired", "signature");
            assertThat(gateway.told.tokens).contains(TokenFault.EXPIRED, TokenFault.SIGNATURE);
        }
    }

    /// Once for each list, with the place of one that stands in the file.
    @Test
    void operatorsAreToldWhichListRefuses() throws Exception {
        try (Gateway gateway = gateway()) {
            for (int i = 0; i < 3; i++) {
                send(gateway, HttpClient.Version.HTTP_1_1, "/", NARROW, "https://evil.test", "MyApp/1");
                send(gateway, HttpClient.Version.HTTP_1_1, "/", NARROW, "https://a.example.org", "curl/1");
            }
            assertThat(gateway.told.lines)
                    .containsExactly(
                            "mainnet: a request was refused to free: pages of this origin may not call with this key; ask "
                                    + "for it to be added to the list; by the claim origins of its token",
                            "mainnet: a request was refused to free: this User-Agent may not call with this key; ask for it "
                                    + "to be added to the list; by the claim user_agents of its token");

            gateway.told.lines.clear();
            var agents = new AllowLists(List.of(), Set.of(), List.of(), List.of("MyApp/*"));
            var free = new TenantPlan(
                    "free",
                    MethodPolicy.NONE,
                    List.of(),
                    0,
                    LogCaps.NONE,
                    ErrorPolicy.NONE,
                    TransactionPolicy.NONE,
                    agents);
            gateway.policy.publish(policy(free.with(plan("free", RSA.getPublic(), false))));
            for (int i = 0; i < 3; i++) send(gateway, HttpClient.Version.HTTP_1_1, "/", FREE, null, "curl/1");

            assertThat(gateway.told.lines)
                    .singleElement()
                    .asString()
                    .endsWith("; by tenants.free.agents (fairlead.toml:9)");
        }
    }

    /// What is missing or stands in the wrong place, its sender may know; and the operator.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /             |             |               | STRICT | KEY_MISSING   | A key is needed besides this token
            /STRICT_KEY   |             |               |        | TOKEN_MISSING | A token is needed besides this key
            /             | STRICT_KEY  |               |        | TOKEN_MISSING | A token is needed besides this key
            /             | FREE        |               |        | MISPLACED     | send it as Authorization: Bearer
            /             | Bearer FREE |               |        | MISPLACED     | send it as Authorization: Bearer
            /             | FORGED      |               |        | MISPLACED     | send it as Authorization: Bearer
            /             |             | :FREE         |        | MISPLACED     | send it as Authorization: Bearer
            /FREE         |             |               |        | MISPLACED     | send it as Authorization: Bearer
            /v3/FREE      |             |               |        | MISPLACED     | send it as Authorization: Bearer
            /mainnet/FREE |             |               |        | MISPLACED     | send it as Authorization: Bearer
            /mainnet/v3/FREE |          |               |        | MISPLACED     | send it as Authorization: Bearer
            /STRICT_KEY   | STRICT      |               |        | MISPLACED     | send it as Authorization: Bearer
            /FREE         |             |               | FREE   | MISPLACED     | send it as Authorization: Bearer
            """)
    void whatIsMissingOrMisplacedIsSaid(
            String path,
            @Nullable String apiKey,
            @Nullable String basic,
            @Nullable String bearer,
            TokenFault fault,
            String said)
            throws Exception {
        try (Gateway gateway = gateway();
                HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + filled(path)))
                    .POST(BodyPublishers.ofString(Gateway.call(1, "a")));
            if (apiKey != null) request.header("X-API-Key", filled(apiKey));
            if (basic != null) {
                byte[] password = filled(basic).getBytes(StandardCharsets.US_ASCII);
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(password));
            }
            if (bearer != null) request.header("Authorization", "Bearer " + token(bearer));

            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains("-32001", said);
            assertThat(gateway.told.tokens).containsExactly(fault);
            String tenant = fault == TokenFault.MISPLACED ? "public" : "strict";
            assertThat(gateway.told.calls).extracting(call -> call.tenant()).containsExactly(tenant);
        }
    }

    private static String filled(String text) {
        return text.replace("FREE_KEY", FREE_KEY)
                .replace("STRICT_KEY", STRICT_KEY)
                .replace("PLAIN_KEY", PLAIN_KEY)
                .replace("FREE", FREE)
                .replace("FORGED", FORGED)
                .replace("STRICT", STRICT);
    }

    @Test
    void aKeyThatIsTakenAwayEndsItsTokensOnOpenConnections() throws Exception {
        try (Gateway gateway = gateway();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(send(client, gateway, "/", FREE, null, null).statusCode())
                    .isEqualTo(200);

            gateway.policy.publish(policy(plan("strict", EDWARDS.getPublic(), false)));

            assertThat(send(client, gateway, "/", FREE, null, null).statusCode())
                    .isEqualTo(401);
            gateway.policy.publish(policy(plan("free", RSA.getPublic(), false)));
            assertThat(send(client, gateway, "/", FREE, null, null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenEndsInTimeOnOpenConnections() throws Exception {
        try (Gateway gateway = gateway();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(send(client, gateway, "/", FREE, null, null).statusCode())
                    .isEqualTo(200);

            gateway.clock = () -> NOW.plusSeconds(660);

            Await.until("it is refused", Duration.ofSeconds(20), () -> status(client, gateway) == 401);
        }
    }

    @Test
    void whoForgesTokensIsTurnedAwayAndNobodyElse() throws Exception {
        try (Gateway gateway = gateway();
                HttpClient client = HttpClient.newHttpClient()) {
            int tooMany = 0;
            for (int i = 0; i < 60 && tooMany == 0; i++) {
                String forged = FREE.substring(0, FREE.lastIndexOf('.') + 1) + (1000 + i) + "A".repeat(338);
                HttpResponse<String> response = send(client, gateway, "/", forged, null, null);
                if (response.statusCode() == 429) tooMany++;
                else assertThat(response.statusCode()).isEqualTo(401);
            }
            assertThat(tooMany).isEqualTo(1);
            assertThat(gateway.told.tokens).contains(TokenFault.TOO_MANY);
        }
    }

    @Test
    void aTokenByAKeyThatIsNotThereIsToldToOperators() throws Exception {
        try (Gateway gateway = gateway()) {
            String token = rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"next\"}", claims(600, ""));

            send(gateway, HttpClient.Version.HTTP_1_1, "/", token, null, null);

            assertThat(gateway.told.tokens).contains(TokenFault.UNKNOWN_KEY);
        }
    }

    private static Gateway gateway() {
        Gateway gateway = Gateway.start();
        gateway.clock = () -> NOW;
        gateway.policy.publish(policy(plan("free", RSA.getPublic(), false)));
        return gateway;
    }

    private static TokenPlan plan(String id, PublicKey key, boolean required) {
        TokenAlgorithm algorithm = key.equals(RSA.getPublic()) ? TokenAlgorithm.RS256 : TokenAlgorithm.EDDSA;
        var source = new KeySource(id, List.of(new TokenKey(id, algorithm, key)));
        return new TokenPlan(List.of(source), null, null, "gateway", null, required);
    }

    private static AccessPolicy policy(TokenPlan free) {
        return policy(new TenantPlan("free", MethodPolicy.NONE).with(free));
    }

    private static AccessPolicy policy(TenantPlan free) {
        var tenants = List.of(
                free,
                new TenantPlan("strict", MethodPolicy.NONE).with(plan("strict", EDWARDS.getPublic(), true)),
                new TenantPlan("plain", MethodPolicy.NONE));
        var keys = List.of(key("free", FREE_KEY), key("strict", STRICT_KEY), key("plain", PLAIN_KEY));
        return AccessPolicy.of(
                new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of(), tenants, keys),
                List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())),
                false);
    }

    private static ApiKey key(String tenant, String text) {
        return new ApiKey(tenant, "main", text.substring(0, 5), KeyHash.of(text), Instant.EPOCH, null);
    }

    private static String claims(long secondsLeft, String more) {
        return "{\"aud\":\"gateway\",\"exp\":" + (NOW.getEpochSecond() + secondsLeft) + more + "}";
    }

    private static HttpResponse<String> send(
            Gateway gateway,
            HttpClient.Version version,
            String path,
            @Nullable String bearer,
            @Nullable String origin,
            @Nullable String agent)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            return send(client, gateway, path, bearer, origin, agent);
        }
    }

    private static HttpResponse<String> send(
            HttpClient client,
            Gateway gateway,
            String path,
            @Nullable String bearer,
            @Nullable String origin,
            @Nullable String agent)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + filled(path)))
                .POST(BodyPublishers.ofString(Gateway.call(1, "a")));
        if (bearer != null) request.header("Authorization", "Bearer " + token(bearer));
        if (origin != null) request.header("Origin", origin);
        if (agent != null) request.header("User-Agent", agent);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static int status(HttpClient client, Gateway gateway) {
        try {
            return send(client, gateway, "/", FREE, null, null).statusCode();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String token(String said) {
        return switch (said) {
            case "FREE" -> FREE;
            case "STRICT" -> STRICT;
            case "OVER" -> OVER;
            case "FORGED" -> FORGED;
            case "NARROW" -> NARROW;
            default -> said;
        };
    }
}
