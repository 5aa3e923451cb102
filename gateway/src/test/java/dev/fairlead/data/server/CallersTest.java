package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.OriginPattern;
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
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Tls;
import dev.fairlead.support.Await;
import dev.fairlead.support.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who calls, by what a request says in its path, its headers and its host.
class CallersTest {
    private static final String DAPP = "fl_dappdappdappdapp0001";
    private static final String LISTED = "fl_listedlistedlisted01";
    private static final String OTHER = "fl_otherotherother0001";
    private static final String WRONG = "fl_wrongwrongwrong0001";
    private static final String EXPIRED = "fl_expiredexpired0001";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final String TABLE = """
            path                    | headers                        | status | tenant
            /                       |                                | 401    |
            /mainnet                |                                | 401    |
            /mainnet                | X-API-Key: DAPP                | 200    | dapp
            /                       | x-api-key: DAPP                | 200    | dapp
            /                       | X-API-Key:                     | 401    |
            /                       | Authorization: Bearer DAPP     | 200    | dapp
            /                       | Authorization: bearer DAPP     | 200    | dapp
            /                       | Authorization: Basic :DAPP     | 200    | dapp
            /                       | Authorization: Basic u:DAPP    | 401    |
            /                       | Authorization: Basic :         | 401    |
            /                       | Authorization: Basic :WRONG    | 401    |
            /                       | Authorization: Digest DAPP     | 401    |
            /                       | Authorization: Bearer a.b.c    | 401    |
            /DAPP                   |                                | 200    | dapp
            /DAPP/                  |                                | 200    | dapp
            /DAPP?a=b               |                                | 200    | dapp
            /v3/DAPP                |                                | 200    | dapp
            /v3/DAPP/?a=b           |                                | 200    | dapp
            /mainnet/DAPP           |                                | 200    | dapp
            /mainnet/v3/DAPP        |                                | 200    | dapp
            /1/DAPP                 |                                | 200    | dapp
            /1/v3/DAPP/             |                                | 200    | dapp
            /open                   |                                | 200    | public
            /open                   | X-API-Key: DAPP                | 200    | dapp
            /open/DAPP              |                                | 200    | dapp
            /open/WRONG             |                                | 401    |
            /open                   | X-API-Key: WRONG               | 401    |
            /open                   | X-API-Key: EXPIRED             | 401    |
            /open                   | X-API-Key: what is this        | 401    |
            /open                   | Authorization: Basic u:p       | 200    | public
            /WRONG                  |                                | 401    |
            /v3/WRONG               |                                | 401    |
            /mainnet/EXPIRED        |                                | 401    |
            /mainnet/DAPP           | X-API-Key: DAPP                | 200    | dapp
            /mainnet/DAPP           | X-API-Key: OTHER               | 400    |
            /DAPP                   | Authorization: Bearer OTHER    | 400    |
            /open/DAPP              | Authorization: Bearer a.b.c    | 401    |
            /nowhere                | X-API-Key: DAPP                | 404    |
            /nowhere                |                                | 404    |
            /nowhere/DAPP           |                                | 404    |
            /nowhere/v3/DAPP        |                                | 404    |
            /v3/short               | X-API-Key: DAPP                | 404    |
            /v3                     | X-API-Key: DAPP                | 404    |
            /mainnet/v3/x/DAPP      |                                | 404    |
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE, useHeadersInDisplayName = true)
    void aRequestBelongsToWhomItsKeySays(String path, @Nullable String header, int status, @Nullable String tenant)
            throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                gateway.way.calls.clear();
                HttpResponse<String> response = send(version, "http", gateway, path, header);

                assertAnswer(gateway, response, status, tenant);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /LISTED | Origin: https://app.example.org     | 200
            /LISTED | Origin: https://APP.example.org:443 | 200
            /LISTED | Origin: https://evil.test           | 403
            /LISTED | Origin: null                        | 403
            /LISTED |                                     | 403
            /DAPP   | Origin: https://evil.test           | 200
            /open   | Origin: https://evil.test           | 200
            """)
    void onlyPagesOfListedOriginsCallWithAKey(String path, @Nullable String header, int status) throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                HttpResponse<String> response = send(version, "http", gateway, path, header);

                assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
                if (status == 403) assertThat(response.body()).contains("\"code\":-32002", "\"id\":1");
            }
        }
    }

    @Test
    void aPreflightNeedsNoOriginOnAList() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            var preflight = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/" + LISTED))
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", "https://evil.test")
                    .header("Access-Control-Request-Method", "POST");
            var answer = gateway.http.send(preflight.build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(204);
        }
    }

    @Test
    void theSameHoldsByTls() throws Exception {
        KeyStore trust = Certificates.make(folder, "EC");
        var files = new Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        try (Gateway gateway = gateway(Gateway.tls(files))) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                try (HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(context)
                        .build()) {
                    for (String line : TABLE.lines().skip(1).toList()) {
                        String[] cells = line.split("\\|", -1);
                        gateway.way.calls.clear();
                        String header = cells[1].isBlank() ? null : cells[1].strip();
                        HttpResponse<String> response = send(client, "https", gateway, cells[0].strip(), header);

                        assertThat(response.version()).isEqualTo(version);
                        String tenant = cells[3].isBlank() ? null : cells[3].strip();
                        assertAnswer(gateway, response, Integer.parseInt(cells[2].strip()), tenant);
                    }
                }
            }
        }
    }

    private static void assertAnswer(
            Gateway gateway, HttpResponse<String> response, int status, @Nullable String tenant) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("fl_");
        if (status != 404) assertThat(response.body()).contains("\"id\":1");
        assertThat(response.headers().firstValue("www-authenticate").isPresent())
                .isEqualTo(status == 401);
        if (status == 401) assertThat(response.body()).contains("\"code\":-32001");
        if (tenant == null) {
            assertThat(gateway.way.calls).isEmpty();
            return;
        }
        assertThat(gateway.way.calls).singleElement().satisfies(call -> {
            assertThat(call.tenant().name()).isEqualTo(tenant);
            assertThat(call.client().key() != null).isEqualTo(!tenant.equals("public"));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /               | 200
            /mainnet        | 200
            /DAPP           | 200
            /DAPP/          | 200
            /v3/DAPP        | 200
            /mainnet/DAPP   | 200
            /1/DAPP         | 200
            /main-net       | 404
            /aaaaaaaaaaaaaaaaaaaa         | 404
            /12345678901234567890         | 404
            /v3/12345678901234567890      | 404
            /elsewhere/DAPP | 404
            /DAPP/more      | 404
            """)
    void withoutTenantsAKeyIsIgnoredWhereverItStands(String path, int status) throws Exception {
        try (Gateway gateway = Gateway.start()) {
            HttpResponse<String> response =
                    send(HttpClient.Version.HTTP_1_1, "http", gateway, path, "Authorization: Bearer WRONG");

            assertThat(response.statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host                        | path            | chain
            mainnet.rpc.example         | /v3/DAPP        | mainnet
            MAINNET.rpc.example.:8545   | /v3/DAPP        | mainnet
            open.rpc.example            | /               | open
            open.rpc.example            | /v3/DAPP        | open
            open.rpc.example            | /DAPP           | open
            any.wild.example            | /DAPP           | open
            open.rpc.example            | /mainnet/DAPP   | mainnet
            two.labels.wild.example     | /DAPP           |
            wild.example                | /DAPP           |
            gone.rpc.example            | /DAPP           |
            other                       | /DAPP           |
            [::1]:8545                  | /mainnet/DAPP   | mainnet
            """, useHeadersInDisplayName = true)
    void aHostStandsForAChainWhereThePathNamesNone(String host, String path, @Nullable String chain) throws Exception {
        try (Gateway gateway = gateway(config -> with(
                config,
                Map.of(
                        "mainnet.rpc.example", "mainnet",
                        "open.rpc.example", "open",
                        "*.wild.example", "open",
                        "gone.rpc.example", "gone"),
                List.of()))) {
            gateway.fleet.publish(Gateway.fleet("mainnet", "open"));
            for (boolean isWhole : new boolean[] {false, true}) {
                gateway.way.calls.clear();
                String target = filled(isWhole ? "http://" + host + path : path);
                try (Wire wire = gateway.wire()) {
                    String body = Gateway.call(1, "a");
                    wire.say("POST " + target + " HTTP/1.1\r\nHost: " + (isWhole ? "elsewhere" : host)
                            + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

                    assertThat(wire.hear().status()).isEqualTo(chain == null ? 404 : 200);
                }
                if (chain != null) {
                    assertThat(gateway.way.calls)
                            .singleElement()
                            .satisfies(call -> assertThat(call.chain()).isEqualTo(chain));
                }
            }
        }
    }

    @Test
    void aRefusedBatchIsRefusedElementByElementAndAsAWhole() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            HttpResponse<String> batch =
                    gateway.post("/mainnet", "[" + Gateway.call(1, "a") + "," + Gateway.call(2, "b") + "]");
            HttpResponse<String> notifications = gateway.post("/mainnet", "[{\"jsonrpc\":\"2.0\",\"method\":\"a\"}]");
            HttpResponse<String> notification = gateway.post("/mainnet", "{\"jsonrpc\":\"2.0\",\"method\":\"a\"}");
            HttpResponse<String> large = gateway.post("/mainnet", " ".repeat(70_000) + Gateway.call(1, "a"));

            assertThat(batch.statusCode()).isEqualTo(401);
            assertThat(batch.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"fairlead\"");
            assertThat(batch.body())
                    .startsWith("[")
                    .contains("\"id\":1", "\"id\":2")
                    .doesNotContain("\"result\"");
            assertThat(List.of(notifications, notification, large)).allSatisfy(response -> {
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.body()).contains("\"id\":null");
            });
        }
    }

    @Test
    void aConnectionThatIsKeptNoticesARevokedKeyAndANewOne() throws Exception {
        try (Gateway gateway = gateway(config -> config);
                Wire wire = gateway.wire()) {
            String request = Wire.post(Gateway.call(1, "a"), "X-API-Key: " + DAPP);
            for (int i = 0; i < 5; i++)
                assertThat(wire.say(request).hear().status()).isEqualTo(200);

            gateway.policy.publish(policy(List.of(key("other", OTHER, null))));
            assertThat(wire.say(request).hear().status()).isEqualTo(401);
            assertThat(wire.say(request).hear().status()).isEqualTo(401);

            gateway.policy.publish(policy(List.of(key("dapp", DAPP, null))));
            assertThat(wire.say(request).hear().status()).isEqualTo(200);
        }
    }

    @Test
    void aKeyThatHasExpiredOrWasRevokedIsCountedForItsTenantAndNamedInTheLogOnce() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            assertThat(status(gateway, Wire.post(Gateway.call(1, "a"), "X-API-Key: " + DAPP)))
                    .isEqualTo(200);
            gateway.told.calls.clear();
            AccessPolicy without = policy(List.of(key("dapp", EXPIRED, NOW.minusSeconds(1))));
            gateway.policy.publish(without);
            gateway.uses.keep(without);

            for (String key : List.of(DAPP, EXPIRED, LISTED, WRONG)) {
                for (int i = 0; i < 2; i++)
                    assertThat(status(gateway, Wire.post(Gateway.call(1, "a"), "X-API-Key: " + key)))
                            .isEqualTo(401);
            }

            Await.until("all are told", () -> gateway.told.calls.size() == 8);
            assertThat(gateway.told.calls)
                    .allSatisfy(call -> assertThat(call.refusal()).isEqualTo("unauthorized"))
                    .extracting(CallEnded::tenant, CallEnded::key)
                    .containsExactly(
                            tuple("dapp", "main"),
                            tuple("dapp", "main"),
                            tuple("dapp", "main"),
                            tuple("dapp", "main"),
                            tuple("public", null), // never used here
                            tuple("public", null),
                            tuple("public", null),
                            tuple("public", null));
            assertThat(gateway.told.lines)
                    .containsExactly(
                            "mainnet: a request was refused to dapp: the key dapp/main, which begins with fl_dappd, has expired or was revoked, "
                                    + "and 127.0.0.1 still calls with it",
                            "mainnet: a request was refused to dapp: the key dapp/main, which begins with fl_expir, has expired or was revoked, "
                                    + "and 127.0.0.1 still calls with it");
        }
    }

    @Test
    void aKeyWhoseTenantIsGoneIsNobodys() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            String call = Wire.post(Gateway.call(1, "a"), "X-API-Key: " + DAPP);
            assertThat(status(gateway, call)).isEqualTo(200);
            gateway.told.calls.clear();
            var plan = new PolicyPlan(
                    GeneralPolicy.NONE,
                    List.of(),
                    List.of(),
                    List.of(new TenantPlan("other", MethodPolicy.NONE)),
                    List.of());
            var chains = List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()));
            AccessPolicy without = AccessPolicy.of(plan, chains, false);
            gateway.policy.publish(without);
            gateway.uses.keep(without);

            assertThat(status(gateway, call)).isEqualTo(401);
            Await.until("it is told", () -> !gateway.told.calls.isEmpty());
            assertThat(gateway.told.calls).extracting(CallEnded::tenant).containsExactly("public");
        }
    }

    @Test
    void aConnectionThatIsKeptNoticesThatItsKeyExpires() throws Exception {
        try (Gateway gateway = gateway(config -> config);
                Wire wire = gateway.wire()) {
            gateway.policy.publish(policy(List.of(key("dapp", DAPP, NOW.plusSeconds(60)))));
            String request = Wire.post(Gateway.call(1, "a"), "X-API-Key: " + DAPP);
            assertThat(wire.say(request).hear().status()).isEqualTo(200);

            gateway.clock = InstantSource.fixed(NOW.plusSeconds(60));

            Await.until("the key has expired", () -> answer(wire, request).contains("The key has expired"));
        }
    }

    @Test
    void keysThatComeAndGoUnderLoadLoseNoCall() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            var others = new AtomicInteger();
            var revoked = new AtomicBoolean();
            var wrong = new ArrayList<String>();
            Thread steady = Thread.ofVirtual().start(() -> {
                try (Wire wire = gateway.wire()) {
                    String request = Wire.post(Gateway.call(1, "a"), "X-API-Key: " + OTHER);
                    while (!revoked.get() || others.get() < 200) {
                        Wire.Response response = wire.say(request).hear();
                        if (response.status() != 200) wrong.add(response.body());
                        others.incrementAndGet();
                    }
                } catch (Exception broken) {
                    wrong.add(broken.toString());
                }
            });
            for (int i = 0; i < 100; i++) {
                boolean isThere = i % 2 == 0;
                gateway.policy.publish(policy(
                        isThere
                                ? List.of(key("dapp", DAPP, null), key("other", OTHER, null))
                                : List.of(key("other", OTHER, null))));
                int status =
                        gateway.post("/mainnet/" + DAPP, Gateway.call(i, "a")).statusCode();
                assertThat(status).isEqualTo(isThere ? 200 : 401);
            }
            revoked.set(true);
            steady.join(Duration.ofSeconds(60));

            assertThat(wrong).isEmpty();
            assertThat(others.get()).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void whatIsToldOfACallNamesTenantAndAliasAndNeverTheKey() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            gateway.post("/mainnet/" + DAPP, Gateway.call(1, "a"));
            gateway.post("/mainnet/" + WRONG, Gateway.call(2, "a"));
            gateway.post("/open", Gateway.call(3, "a"));

            Await.until("all is told", () -> gateway.told.calls.size() == 3);
            assertThat(gateway.told.calls.stream().map(CallEnded::tenant)).containsExactly("dapp", "public", "public");
            assertThat(gateway.told.calls.getFirst().key()).isEqualTo("main");
            assertThat(gateway.told.calls.toString()).doesNotContain(DAPP).doesNotContain(WRONG);
        }
    }

    @Test
    void theLastUseOfAKeyIsKnownUntilTheKeyIsGone() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            ApiKey dapp = key("dapp", DAPP, null);
            assertThat(gateway.uses.lastUse(dapp)).isEmpty();

            gateway.post("/mainnet/" + DAPP, Gateway.call(1, "a"));
            gateway.post("/mainnet/" + WRONG, Gateway.call(2, "a"));

            assertThat(gateway.uses.lastUse(dapp)).hasValue(NOW);
            gateway.uses.keep(policy(List.of()));
            assertThat(gateway.uses.lastUse(dapp)).isEmpty();
        }
    }

    @Test
    void aPreflightNeedsNoKeyAndAllowsTheHeadersThatCarryOne() throws Exception {
        try (Gateway gateway = gateway(config -> config)) {
            HttpResponse<String> asked = gateway.send(
                    "OPTIONS",
                    "/v3/" + WRONG,
                    "Origin",
                    "https://app.example",
                    "Access-Control-Request-Method",
                    "POST",
                    "Access-Control-Request-Headers",
                    "authorization,x-api-key");
            HttpResponse<String> unsaid = gateway.send(
                    "OPTIONS", "/", "Origin", "https://app.example", "Access-Control-Request-Method", "POST");

            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(asked.headers().firstValue("access-control-allow-headers"))
                    .hasValue("authorization,x-api-key");
            assertThat(unsaid.headers()
                            .firstValue("access-control-allow-headers")
                            .orElse(""))
                    .contains("Authorization", "X-API-Key");
            HttpResponse<String> refused = gateway.post("/", Gateway.call(1, "a"), "Origin", "https://app.example");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("access-control-allow-origin"))
                    .hasValue("*");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trusted       | headers                                                                   | address
            10.0.0.0/8    | X-Forwarded-For: 192.0.2.1                                                | 127.0.0.1
            127.0.0.0/8   | X-Forwarded-For: 192.0.2.1                                                | 192.0.2.1
            127.0.0.0/8   | X-Forwarded-For: 198.51.100.9, 192.0.2.1, 127.0.0.7                       | 192.0.2.1
            127.0.0.0/8   | Forwarded: for=198.51.100.9, for="[2001:db8::1]:99";proto=https           | 2001:db8::1
            127.0.0.0/8   | Forwarded: for=192.0.2.1 ^ X-Forwarded-For: 192.0.2.2                     | 127.0.0.1
            127.0.0.0/8   |                                                                           | 127.0.0.1
            """, useHeadersInDisplayName = true)
    void behindATrustedProxyTheAddressIsWhomItForwardsFor(String trusted, @Nullable String headers, String address)
            throws Exception {
        IpRange range = Objects.requireNonNull(IpRange.parse(trusted));
        try (Gateway gateway = Gateway.start(config -> with(config, Map.of(), List.of(range)));
                Wire wire = gateway.wire()) {
            String[] lines = headers == null ? new String[0] : headers.split(" \\^ ");
            wire.say(Wire.post(Gateway.call(1, "a"), lines)).hear();

            assertThat(gateway.way.calls.getFirst().client().address()).isEqualTo(address);
        }
    }

    @Test
    void eachAddressBehindAProxyWaitsForItsOwnTurn() throws Exception {
        IpRange range = Objects.requireNonNull(IpRange.parse("127.0.0.1"));
        try (Gateway gateway = Gateway.start(config -> with(config, Map.of(), List.of(range)));
                Wire wire = gateway.wire()) {
            for (String from : List.of("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "192.0.2.1")) {
                wire.say(Wire.post(Gateway.call(1, "a"), "X-Forwarded-For: " + from))
                        .hear();
            }

            var peers =
                    gateway.way.calls.stream().map(call -> call.client().peer()).toList();
            assertThat(peers.get(0)).isEqualTo(peers.get(1));
            assertThat(peers.stream().map(peer -> peer.address()))
                    .containsExactly("2001:db8::/64", "2001:db8::/64", "2001:db8:0:1::/64", "192.0.2.1");
            assertThat(peers.stream().map(peer -> peer.connection()).distinct()).hasSize(3);
        }
    }

    @Test
    void whateverPathsAndHeadersSayNobodyComesInWithoutAKeyAndAKeptHeadMeansWhatItMeantAlone() throws Exception {
        try (Gateway gateway = gateway(config -> config);
                Wire kept = gateway.wire()) {
            List<String> segments =
                    List.of("mainnet", "1", "v3", "v1", "", "nowhere", "%2e", "..", "DAPP", "WRONG", "EXPIRED");
            List<String> headers = List.of(
                    "X-API-Key: DAPP",
                    "X-API-Key: WRONG",
                    "X-API-Key:",
                    "x-api-key : DAPP",
                    "X-API-Key: DAPP,DAPP",
                    "X-API-Key: \tDAPP ",
                    "Authorization: Bearer DAPP",
                    "Authorization: Bearer OTHER",
                    "Authorization:",
                    "Authorization: Basic",
                    "Authorization: Basic !!!",
                    "Authorization: BearerDAPP",
                    "Authorization: DAPP",
                    "Cookie: key=DAPP",
                    "X-Forwarded-For: 1.1.1.1, DAPP");
            Property.holds(250, any -> {
                String path = filled("/" + String.join("/", any.list(0, 4, () -> any.oneOf(segments))));
                String[] lines =
                        any.list(0, 2, () -> filled(any.oneOf(headers))).toArray(String[]::new);
                String request = Wire.post(Gateway.call(1, "a"), lines).replaceFirst(" / ", " " + path + " ");

                int alone = status(gateway, request);

                boolean hasKey = request.contains(DAPP) || request.contains(OTHER);
                assertThat(alone).as(request).isIn(hasKey ? List.of(200, 400, 401, 404) : List.of(400, 401, 404));
                if (alone == 400) return; // the connection may end
                assertThat(kept.say(request).hear().status()).as(request).isEqualTo(alone);
                assertThat(kept.say(request).hear().status()).as(request).isEqualTo(alone);
            });
        }
    }

    private static int status(Gateway gateway, String request) throws IOException {
        try (Wire wire = new Wire(gateway.port(), 0)) {
            return wire.say(request).hear().status();
        }
    }

    private static String answer(Wire wire, String request) {
        try {
            return wire.say(request).hear().body();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Gateway gateway(UnaryOperator<ServerConfig> change) {
        Map<String, String> hosts = Map.of("127.0.0.1", "mainnet", "x", "mainnet");
        Gateway gateway = Gateway.start(config -> change.apply(with(config, hosts, List.of())));
        gateway.clock = InstantSource.fixed(NOW);
        gateway.fleet.publish(Gateway.fleet("mainnet", "open"));
        gateway.policy.publish(policy(List.of(
                key("dapp", DAPP, null),
                key("listed", LISTED, null),
                key("other", OTHER, null),
                key("dapp", EXPIRED, NOW.minusSeconds(1)))));
        return gateway;
    }

    private static ServerConfig with(ServerConfig config, Map<String, String> hosts, List<IpRange> trusted) {
        return new ServerConfig(
                config.listen(),
                config.tls(),
                config.corsOrigins(),
                config.gzip(),
                hosts,
                trusted,
                config.limits(),
                config.timeouts());
    }

    private static AccessPolicy policy(List<ApiKey> keys) {
        var lists = new AllowLists(List.of(), Set.of(), List.of(origin("https://*.example.org")), List.of());
        var tenants = List.of(
                new TenantPlan("dapp", MethodPolicy.NONE),
                new TenantPlan("other", MethodPolicy.NONE),
                new TenantPlan(
                        "listed",
                        MethodPolicy.NONE,
                        List.of(),
                        0,
                        LogCaps.NONE,
                        ErrorPolicy.NONE,
                        TransactionPolicy.NONE,
                        lists,
                        TokenPlan.NONE));
        var plan = new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of(), tenants, keys);
        var open = new CallerPolicy(MethodPolicy.NONE, true);
        return AccessPolicy.of(
                plan,
                List.of(
                        new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()),
                        new ChainAccess("open", open, Map.of())),
                false);
    }

    private static OriginPattern origin(String text) {
        return ((OriginPattern.Parsed.Good) OriginPattern.parse(text)).pattern();
    }

    private static ApiKey key(String tenant, String text, @Nullable Instant expires) {
        return new ApiKey(tenant, "main", text.substring(0, ApiKey.PREFIX), KeyHash.of(text), Instant.EPOCH, expires);
    }

    /// Over a connection that is closed then: a gateway waits for those that stay open when it stops.
    private static HttpResponse<String> send(
            HttpClient.Version version, String scheme, Gateway gateway, String path, @Nullable String header)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            return send(client, scheme, gateway, path, header);
        }
    }

    private static HttpResponse<String> send(
            HttpClient client, String scheme, Gateway gateway, String path, @Nullable String header) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + gateway.port() + filled(path)))
                .POST(BodyPublishers.ofString(Gateway.call(1, "a")));
        if (header != null) {
            String[] parts = header.split(":", 2);
            String value = filled(parts[1].strip());
            if (value.startsWith("Basic ")) {
                value = "Basic "
                        + Base64.getEncoder().encodeToString(value.substring(6).getBytes(StandardCharsets.UTF_8));
            }
            request.header(parts[0], value);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String filled(String text) {
        return text.replace("DAPP", DAPP)
                .replace("LISTED", LISTED)
                .replace("OTHER", OTHER)
                .replace("WRONG", WRONG)
                .replace("EXPIRED", EXPIRED);
    }
}
