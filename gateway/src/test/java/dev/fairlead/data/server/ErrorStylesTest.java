package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.style.ErrorStyle;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In whose words a caller is told of errors: its tenant's, else its chain's, else everybody's.
class ErrorStylesTest {
    private static final String PLAIN = "fl_plainplainplain0001";
    private static final String GETH = "fl_gethgethgethgeth0001";
    private static final String OURS = "fl_oursoursoursours0001";
    private static final String EXPIRED = "fl_expiredexpired0001";
    private static final String CALL = Gateway.call(1, "eth_foo");

    private final Gateway gateway = start();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/mainnet, PLAIN, infura", "/mainnet, GETH, geth", "/mainnet, OURS, fairlead",
        "/dev,     PLAIN, geth", "/dev,     GETH, geth", "/dev,     OURS, fairlead"
    })
    void theTenantsStyleGoesBeforeTheChainsAndThatBeforeEverybodys(String chain, String key, String style)
            throws Exception {
        gateway.way.will((_, back) -> back.accept(new Refused(Refusal.METHOD_NOT_FOUND, "closed here")));

        HttpResponse<String> single = post(chain, key, CALL);
        HttpResponse<String> batch = post(chain, key, "[" + CALL + "]");

        String said = switch (style) {
            case "infura" -> "\"The method eth_foo does not exist/is not available\"";
            case "geth" -> "\"the method eth_foo does not exist/is not available\"";
            default -> "\"closed here\"";
        };
        assertThat(single.statusCode()).isEqualTo(200);
        assertThat(single.body()).contains("\"id\":1", "-32601", said);
        assertThat(batch.body()).isEqualTo("[" + single.body() + "]");
    }

    @Test
    void aSpentDayIsPaymentRequiredInInfurasStyleAndSaysWhenToComeAgain() throws Exception {
        var rate = Slice.of("{\"allowed_rps\":2,\"current_rps\":3.5}");
        gateway.way.will(
                (_, back) -> back.accept(new Refused(Refusal.DAY_SPENT, "spent", rate, Duration.ofSeconds(30))));

        HttpResponse<String> single = post("/mainnet", "PLAIN", CALL);
        HttpResponse<String> batch = post("/mainnet", "PLAIN", "[" + CALL + "]");
        HttpResponse<String> ours = post("/mainnet", "OURS", CALL);

        assertThat(single.statusCode()).isEqualTo(402);
        assertThat(single.headers().firstValue("Retry-After")).contains("30");
        assertThat(single.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,"
                        + "\"message\":\"daily request count exceeded, request rate limited\",\"data\":{\"rate\":"
                        + "{\"backoff_seconds\":30,\"allowed_rps\":2,\"current_rps\":3.5},"
                        + "\"see\":\"https://rpc.example/help\"}}}");
        assertThat(batch.statusCode()).isEqualTo(200);
        assertThat(batch.body()).isEqualTo("[" + single.body() + "]");
        assertThat(ours.statusCode()).isEqualTo(429);
        assertThat(ours.headers().firstValue("Retry-After")).contains("30");
        assertThat(ours.body()).contains("\"message\":\"spent\"}");
    }

    @Test
    void whoseTenantIsNotKnownIsToldInTheChainsStyleOrEverybodys() throws Exception {
        HttpResponse<String> none = post("/mainnet", null, CALL);
        HttpResponse<String> wrong = post("/mainnet", "WRONG", CALL);
        HttpResponse<String> batch = post("/mainnet", "WRONG", "[" + CALL + "]");
        HttpResponse<String> ofChain = post("/dev", "WRONG", CALL);

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("-32002", "\"project id required in the url\"", "\"id\":1");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(wrong.body()).contains("-32002", "\"invalid project id\"");
        assertThat(batch.statusCode()).isEqualTo(401);
        assertThat(batch.body()).isEqualTo("[" + wrong.body() + "]");
        assertThat(post("/mainnet", "EXPIRED", CALL).body()).isEqualTo(wrong.body());
        assertThat(ofChain.statusCode()).isEqualTo(401);
        assertThat(ofChain.body()).contains("-32000", "\"invalid token\"");
    }

    @Test
    void whatIsNoCallIsRefusedInItsSendersStyleToo() throws Exception {
        String many = "[" + (CALL + ",").repeat(1000) + CALL + "]";

        assertThat(post("/dev", "PLAIN", "{").body()).contains("\"parse error\"", "-32700");
        assertThat(post("/dev", "PLAIN", "{").statusCode()).isEqualTo(200);
        assertThat(post("/dev", "OURS", "{").statusCode()).isEqualTo(400);
        assertThat(post("/dev", "PLAIN", "[1]").body()).contains("-32600");
        assertThat(post("/dev", "PLAIN", many).body()).contains("\"batch too large\"", "-32600");
        assertThat(post("/dev", "OURS", many).statusCode()).isEqualTo(413);
        assertThat(post("/dev", "PLAIN", " ".repeat(6 * 1024 * 1024)).body()).contains("\"content length too large\"");
        assertThat(post("/nowhere", "PLAIN", CALL).statusCode()).isEqualTo(404);
        assertThat(gateway.send("PUT", "/mainnet").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> post(String path, @Nullable String key, String body) throws Exception {
        return key == null ? gateway.post(path, body) : gateway.post(path, body, "X-API-Key", key(key));
    }

    private static String key(String name) {
        return switch (name) {
            case "PLAIN" -> PLAIN;
            case "GETH" -> GETH;
            case "OURS" -> OURS;
            case "EXPIRED" -> EXPIRED;
            default -> "fl_wrongwrongwrong0001";
        };
    }

    private static Gateway start() {
        Gateway gateway = Gateway.start();
        gateway.fleet.publish(Gateway.fleet("mainnet", "dev"));
        gateway.policy.publish(policy());
        return gateway;
    }

    private static AccessPolicy policy() {
        var general = new GeneralPolicy(
                new CallerPolicy(
                        MethodPolicy.NONE,
                        null,
                        LogCaps.NONE,
                        new ErrorPolicy(ErrorStyle.INFURA, "https://rpc.example/help"),
                        TransactionPolicy.NONE),
                List.of(),
                Credits.ONE_EACH);
        var dev = new CallerPolicy(
                MethodPolicy.NONE, null, LogCaps.NONE, ErrorPolicy.of(ErrorStyle.GETH), TransactionPolicy.NONE);
        var tenants =
                List.of(tenant("plain", null), tenant("geth", ErrorStyle.GETH), tenant("ours", ErrorStyle.FAIRLEAD));
        var keys = List.of(key("plain", PLAIN), key("geth", GETH), key("ours", OURS), key("ours", EXPIRED));
        var chains =
                List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()), new ChainAccess("dev", dev, Map.of()));
        return AccessPolicy.of(new PolicyPlan(general, List.of(), List.of(), tenants, keys), chains, false);
    }

    private static TenantPlan tenant(String name, @Nullable ErrorStyle style) {
        return new TenantPlan(
                name,
                MethodPolicy.NONE,
                List.of(),
                0,
                LogCaps.NONE,
                ErrorPolicy.of(style),
                TransactionPolicy.NONE,
                AllowLists.NONE);
    }

    private static ApiKey key(String tenant, String text) {
        return new ApiKey(
                tenant,
                "main",
                text.substring(0, ApiKey.PREFIX),
                KeyHash.of(text),
                Instant.EPOCH,
                text.equals(EXPIRED) ? Instant.EPOCH : null);
    }
}
