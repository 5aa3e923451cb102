package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.Toml;
import dev.fairlead.control.admin.view.Explainer.Caller;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.data.cache.AnswerCache;
import dev.fairlead.data.cache.CacheConfig;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.RouteExplainer;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.load.Traffic;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteExplanationsTest {
    private static final String TOML = """
            [tenants.swap]
            addresses = ["0x00000000219AB540356CBB839CBE05303D7705FA"]
            origins = ["https://*.example.com"]
            agents = ["MyApp/*"]
            [tenants.swap.jwt]
            jwks_url = "http://127.0.0.1:9/"
            audience = "gateway"
            [tenants.both.jwt]
            jwks_url = "http://127.0.0.1:9/"
            audience = "gateway"
            required = true
            [tenants.plain]
            """;

    @Test
    void tokensAndListsOfTheTenantAreNamed() {
        assertThat(explain("swap", "eth_call", "[{\"to\":\"0x00000000219ab540356cbb839cbe05303d7705fa\"}]")
                        .access())
                .endsWith("; to callers with a key or a token by tenants.swap.jwt (f:1); for contracts of"
                        + " tenants.swap.addresses (f:1); from pages of tenants.swap.origins (f:1); from clients of"
                        + " tenants.swap.agents (f:1)");
        assertThat(explain("both", "eth_call", "").access())
                .endsWith("; to callers with a key and a token by tenants.both.jwt (f:1)");
        assertThat(explain("plain", "eth_call", "").access()).doesNotContain("; ");
    }

    @Test
    void aCallThatTheListsRefuseIsExplainedAsRefused() {
        Explanation refused = explain("swap", "eth_call", "[{\"to\":\"0x00000000219ab540356cbb839cbe05303d7705fb\"}]");

        assertThat(refused.summary()).startsWith("refused: ").contains("is not on the list");
        assertThat(explain("swap", "eth_call", "").summary()).doesNotContain("refused");
        assertThat(explain("swap", "eth_call", "[{\"to\":\"0x00000000219ab540356cbb839cbe05303d7705fa\"}]")
                        .summary())
                .doesNotContain("refused");
    }

    private static Explanation explain(String tenant, String method, String params) {
        AccessPolicy policy = AccessPolicy.of(
                Toml.valid(TOML).policy(), List.of(new ChainAccess(Fleets.CHAIN, CallerPolicy.NONE, Map.of())), false);
        var explanations = new RouteExplanations(
                new Board<>(new Fleet(
                        1,
                        Map.of(
                                Fleets.CHAIN,
                                Fleets.of("a")
                                        .group("default", Group.Strategy.ORDERED, List.of())
                                        .chain()))),
                new Board<>(policy),
                new RouteExplainer(new Traffic(() -> 0)),
                new CallObjections(new Traffic(() -> 0)),
                new CallAllowances(
                        new CallLimits(), new DailyUse(InstantSource.system(), new AllEvents(List.of())), _ -> ""),
                new AnswerCache(CacheConfig.DEFAULT),
                _ -> "f:1",
                (_, name) -> name + " is opened by f:2");
        return explanations.explain(
                Fleets.CHAIN, new Caller(new Tenant(tenant), null, null), Request.of(method, params));
    }
}
