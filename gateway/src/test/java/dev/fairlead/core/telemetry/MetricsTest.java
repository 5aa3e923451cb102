package dev.fairlead.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.CacheUse;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryBudget;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.telemetry.Events.AttemptEnded;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.core.telemetry.Events.Unchecked;
import dev.fairlead.core.upstream.ConnectionCounts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
    private static final NodeId GETH = new NodeId("mainnet", "geth-1");
    private static final NodeId NEW = new NodeId("mainnet", "new-1");
    private static final NodeId BESU = new NodeId("mainnet", "besu-1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Exposition exposition = new Exposition(registry);

    @Test
    void callsAreCountedByWhatAnOperatorAsksFor() {
        var metrics = new Metrics(registry);

        metrics.callEnded(call("eth_call", GETH, 3));
        metrics.callEnded(call("eth_call", GETH, 3));

        assertThat(exposition.text())
                .contains("fairlead_calls_total{chain=\"mainnet\",code=\"3\",method=\"eth_call\",node=\"geth-1\","
                        + "outcome=\"served\",status=\"200\"} 2.0")
                .contains(
                        "fairlead_call_duration_seconds_bucket{chain=\"mainnet\",method=\"eth_call\",le=\"5.0E-5\"} 2");
    }

    @Test
    void submissionsWithoutAVerdictAreCountedByWhatBecameOfThem() {
        var metrics = new Metrics(registry);

        metrics.unchecked(unchecked(Unchecked.Then.SENT));
        metrics.unchecked(unchecked(Unchecked.Then.SENT));
        metrics.unchecked(unchecked(Unchecked.Then.REFUSED));

        assertThat(exposition.text())
                .contains("fairlead_unchecked_submissions_total{chain=\"mainnet\",outcome=\"sent\"} 2.0")
                .contains("fairlead_unchecked_submissions_total{chain=\"mainnet\",outcome=\"refused\"} 1.0");
    }

    private static Unchecked unchecked(Unchecked.Then then) {
        return new Unchecked(
                1, "mainnet", "dapp", null, "::1", "eth_sendRawTransaction", "0x", "http://a/", "", then, 0);
    }

    @Test
    void methodsThatNobodyKnowsShareOneSeries() {
        var metrics = new Metrics(registry);

        for (int i = 0; i < 50; i++) metrics.callEnded(call("made_up_" + i, GETH, 0));

        assertThat(exposition.text()).contains("method=\"other\"").doesNotContain("made_up");
    }

    @Test
    void codesAndStatusesThatANodeInventsShareAFewSeries() {
        var metrics = new Metrics(registry);
        var random = new Random(1);

        for (int i = 0; i < 10_000; i++) {
            int code = i % 2 == 0 ? random.nextInt() : -32_099 + random.nextInt(100);
            int status = i % 3 == 0 ? 200 : random.nextInt(1_000);
            metrics.attemptEnded(new AttemptEnded(1, GETH, "eth_call", 1, "declined", null, status, code, null, 1_000));
            metrics.callEnded(call("made_up_" + i, GETH, code));
        }

        assertThat(series("fairlead_attempts_total{"))
                .hasSizeLessThanOrEqualTo(25)
                .anyMatch(line -> line.contains("code=\"other\""));
        assertThat(series("fairlead_calls_total{")).hasSizeLessThanOrEqualTo(50);
        assertThat(exposition.text().length()).isLessThan(40_000);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "-32000, -32000",
        "-32601, -32601",
        "-32050, -320xx",
        "-38500, -38xxx",
        "777, positive",
        "-5, other"
    })
    void aCodeThatMeansSomethingStandsForItself(int code, String label) {
        var metrics = new Metrics(registry);

        metrics.callEnded(call("eth_call", GETH, code));

        assertThat(series("fairlead_calls_total{")).singleElement().asString().contains("code=\"" + label + "\"");
    }

    @Test
    void seriesStopGrowingAtTheirBound() {
        var metrics = new Metrics(registry);

        for (int node = 0; node < 21_000; node++) {
            var id = new NodeId("mainnet", "n" + node);
            metrics.attemptEnded(new AttemptEnded(1, id, "eth_call", 1, "declined", null, 200, 3, null, 1_000));
        }

        assertThat(series("fairlead_attempts_total{"))
                .hasSizeBetween(20_000, 20_001)
                .anyMatch(line -> line.contains("node=\"other\"") && line.endsWith(" 1000.0"));
    }

    @Test
    void whatIsRemovedTakesItsSeriesAlong() {
        var metrics = new Metrics(registry);
        metrics.declare(declared(plan("mainnet", GETH, BESU), plan("old", new NodeId("old", "gone"))));
        for (NodeId node : List.of(GETH, BESU, new NodeId("old", "gone"))) tellEverything(metrics, node);
        assertThat(exposition.text()).contains("besu-1", "gone");

        metrics.declare(declared(plan("mainnet", GETH)));

        assertThat(exposition.text()).contains("geth-1").doesNotContain("besu-1", "gone", "\"old\"");
        tellEverything(metrics, BESU);
        assertThat(exposition.text()).as("late news").doesNotContain("besu-1");
        metrics.declare(declared(plan("mainnet", GETH, BESU)));
        tellEverything(metrics, BESU);
        assertThat(series("fairlead_calls_total{")).anyMatch(line -> line.contains("besu-1") && line.endsWith(" 1.0"));
    }

    private static void tellEverything(Metrics metrics, NodeId node) {
        metrics.callEnded(new CallEnded(
                1,
                null,
                node.chain(),
                "eth_call",
                Ending.SERVED,
                node,
                1,
                0,
                0,
                null,
                200,
                9,
                "public",
                null,
                "c",
                null,
                null,
                null,
                0));
        metrics.attemptEnded(new AttemptEnded(1, node, "eth_call", 1, "answered", null, 200, 0, null, 1_000));
        metrics.ejected(node, "refused", Duration.ofSeconds(1));
        metrics.readmitted(node);
        metrics.spared(node, Service.BASIC, "errors");
        for (String _ : Verdict.WORDS) metrics.verdict(node, new Verdict.Unknown(""), new Verdict.Unreachable("", NOW));
        metrics.panic(node.chain(), Group.DEFAULT_NAME, true);
        metrics.lastResort(node.chain(), true);
    }

    private List<String> series(String beginning) {
        return exposition
                .text()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    private static Declared declared(ChainPlan... plans) {
        return new Declared(1, List.of(plans));
    }

    private static ChainPlan plan(String chain, NodeId... nodes) {
        return new ChainPlan(
                Chain.of(chain, 1, List.of()),
                Stream.of(nodes).map(MetricsTest::node).toList(),
                List.of(Group.DEFAULT));
    }

    @Test
    void aNodeThatIsDownStillHasItsSeries() {
        var fleet = new Board<>(fleet(
                state(GETH, new Verdict.Ready(head(100), Lag.ZERO), head(100)),
                state(BESU, new Verdict.Unreachable("refused", NOW), head(90))));
        registry.register(new FleetMetrics(fleet));

        String text = exposition.text();

        assertThat(text)
                .contains("fairlead_node_head{chain=\"mainnet\",node=\"besu-1\"} 90.0")
                .contains("fairlead_node_verdict{chain=\"mainnet\",node=\"besu-1\",verdict=\"unreachable\"} 1.0")
                .contains("fairlead_node_verdict{chain=\"mainnet\",node=\"besu-1\",verdict=\"ready\"} 0.0")
                .contains("fairlead_chain_serving_nodes{chain=\"mainnet\"} 1.0");
    }

    @Test
    void aNodeHasItsLagWhateverBecameOfIt() {
        var lag = new Lag(10, Duration.ofMillis(90_500));
        var down = new Verdict.Unreachable("refused", NOW);
        var forked = new Verdict.Forked(head(95), "has another block 90 than the reference");
        var fleet = new Board<>(fleet(
                new NodeState(node(BESU), down, head(90), NOW, null, -1, -1, lag, 0),
                new NodeState(node(GETH), forked, head(95), NOW, null, -1, -1, new Lag(5, Duration.ZERO), 400),
                new NodeState(node(NEW), new Verdict.Unknown("not probed yet"), null, NOW, null, -1, -1, null, 0)));
        registry.register(new FleetMetrics(fleet));

        String text = exposition.text();

        assertThat(text)
                .contains("fairlead_node_lag_blocks{chain=\"mainnet\",node=\"besu-1\"} 10.0")
                .contains("fairlead_node_lag_seconds{chain=\"mainnet\",node=\"besu-1\"} 90.5")
                .contains("fairlead_node_lag_blocks{chain=\"mainnet\",node=\"geth-1\"} 5.0")
                .contains("fairlead_node_pending_behind_blocks{chain=\"mainnet\",node=\"geth-1\"} 400.0")
                .contains("fairlead_node_lag_blocks{chain=\"mainnet\",node=\"new-1\"} NaN")
                .contains("fairlead_node_lag_seconds{chain=\"mainnet\",node=\"new-1\"} NaN")
                .contains("fairlead_node_head{chain=\"mainnet\",node=\"new-1\"} NaN");
    }

    @Test
    void tenantsKeysLimitsAndQuotasAreGauges() {
        var key = new ApiKey("a", "web", "fl_a", KeyHash.of("k"), NOW, null);
        var tenant = new TenantPlan("a", MethodPolicy.NONE)
                .ruled(MethodPolicy.NONE, new CallRate(10, Duration.ofSeconds(1)), null, 1_000);
        var plan = new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of(), List.of(tenant), List.of(key));
        AccessPolicy policy = AccessPolicy.of(plan, List.of(), true);
        registry.register(new LimitMetrics(
                () -> 3, () -> List.of(new DayUse("a", LocalDate.EPOCH, 750)), () -> policy, _ -> true));

        assertThat(exposition.text())
                .contains(
                        "\nfairlead_tenants 1.0\n",
                        "\nfairlead_keys 1.0\n",
                        "\nfairlead_limits 1.0\n",
                        "\nfairlead_limits_counted 3.0\n",
                        "fairlead_tenant_day_credits{tenant=\"a\"} 750.0",
                        "fairlead_tenant_day_quota{tenant=\"a\"} 1000.0");
    }

    @Test
    void tokensAndTheirKeysAreShown() {
        KeySetState good = KeySetState.NEW.failed("no connection").fetched(2, NOW.minusSeconds(30));
        registry.register(new TokenMetrics(
                () -> List.of(new CacheUse("good", 3, 10, 7, 4)),
                () -> Map.of("a", good, "b", KeySetState.NEW.failed("no connection"), "c", KeySetState.NEW),
                tenant -> !tenant.equals("c"),
                () -> NOW));

        assertThat(exposition.text())
                .contains(
                        "fairlead_token_cache_entries{cache=\"good\"} 3.0",
                        "fairlead_token_cache_lookups_total{cache=\"good\",outcome=\"hit\"} 7.0",
                        "fairlead_token_cache_lookups_total{cache=\"good\",outcome=\"miss\"} 4.0",
                        "fairlead_token_keys{tenant=\"a\"} 2.0",
                        "fairlead_token_keys{tenant=\"b\"} 0.0",
                        "fairlead_token_key_age_seconds{tenant=\"a\"} 30.0",
                        "fairlead_token_key_failures_total{tenant=\"a\"} 1.0",
                        "fairlead_token_key_failures_total{tenant=\"b\"} 1.0")
                .doesNotContain("age_seconds{tenant=\"b\"", "tenant=\"c\"");
    }

    @Test
    void connectionsAreShownByWhatTheyDo() {
        var fleet = new Board<>(fleet(state(GETH, new Verdict.Ready(head(100), Lag.ZERO), head(100))));
        registry.register(new PoolMetrics(fleet, _ -> new ConnectionCounts(5, 2, 3, 1)));

        assertThat(exposition.text())
                .contains("fairlead_node_connections{chain=\"mainnet\",node=\"geth-1\",state=\"idle\"} 2.0")
                .contains("fairlead_node_connections{chain=\"mainnet\",node=\"geth-1\",state=\"in-flight\"} 3.0")
                .contains("fairlead_node_connections{chain=\"mainnet\",node=\"geth-1\",state=\"waiting\"} 1.0");
    }

    @Test
    void aNodeThatIsGoneHasNone() {
        var fleet = new Board<>(fleet(state(GETH, new Verdict.Ready(head(100), Lag.ZERO), head(100))));
        registry.register(new FleetMetrics(fleet));

        fleet.publish(Fleet.EMPTY);

        assertThat(exposition.text()).doesNotContain("geth-1");
    }

    @Test
    void sparingsAreCountedByNodeAndService() {
        var metrics = new Metrics(registry);

        metrics.spared(GETH, Service.LOGS, "too many failures");
        metrics.spared(GETH, Service.LOGS, "too many failures");
        metrics.spared(GETH, Service.TRACES, "too many failures");

        assertThat(exposition.text())
                .contains(
                        "fairlead_node_service_sparings_total{chain=\"mainnet\",node=\"geth-1\",service=\"logs\"} 2.0")
                .contains(
                        "fairlead_node_service_sparings_total{chain=\"mainnet\",node=\"geth-1\",service=\"traces\"} 1.0");
    }

    @Test
    void faultsOfOurOwnAreCountedByPartFromZeroOn() {
        var metrics = new Metrics(registry);

        metrics.fault(Part.NODE_WATCH, "a probe failed", new OutOfMemoryError());

        assertThat(exposition.text())
                .contains("fairlead_errors_total{part=\"node-watch\"} 1.0")
                .contains("fairlead_errors_total{part=\"clients\"} 0.0");
    }

    @Test
    void memoryIsShownByBudgetUseAndRefusals() {
        var budgets = new Budgets(new MemoryBudget(4 << 20), new MemoryBudget(64 << 20), () -> MemoryConfig.DEFAULT);
        registry.register(new MemoryMetrics(budgets));
        MemoryShare heap = MemoryShare.of(budgets.heap());
        MemoryShare direct = MemoryShare.of(budgets.direct());

        heap.add(1_000);
        direct.add(3_000_000);
        direct.give(1_000_000);
        boolean taken = heap.take(8 << 20);

        assertThat(taken).isFalse();
        assertThat(exposition.text())
                .contains("fairlead_memory_budget_bytes{kind=\"heap\"} 4194304.0")
                .contains("fairlead_memory_budget_bytes{kind=\"direct\"} 6.7108864E7")
                .contains("fairlead_memory_used_bytes{kind=\"heap\"} 1000.0")
                .contains("fairlead_memory_used_bytes{kind=\"direct\"} 2000000.0")
                .contains("fairlead_memory_refusals_total{kind=\"heap\"} 1.0")
                .contains("fairlead_memory_refusals_total{kind=\"direct\"} 0.0");
    }

    @Test
    void theHistoryKeepsTheNewestAndTellsTheirOrder() {
        var history = new EventHistory(() -> NOW);

        for (int i = 0; i < 2_500; i++) history.order("me", "order " + i);

        assertThat(history.latest(2))
                .extracting(HistoryLine::text)
                .containsExactly("order 2498 (by me)", "order 2499 (by me)");
        assertThat(history.after(2_499, 10)).extracting(HistoryLine::serial).containsExactly(2_500L);
        assertThat(history.after(0, 10_000)).hasSize(2_000);
    }

    @Test
    void callsWithAKeyAreCountedByTenantOfWhichAThousandHaveANameOfTheirOwn() {
        var metrics = new Metrics(registry);
        metrics.declareTenants(
                IntStream.range(0, 1500).mapToObj("t%04d"::formatted).toList());

        for (int i = 0; i < 1600; i++) metrics.callEnded(ofTenant("t%04d".formatted(i), "main"));
        metrics.callEnded(ofTenant("public", null));

        assertThat(series("fairlead_tenant_calls_total{"))
                .hasSize(1001)
                .anyMatch(line -> line.contains("tenant=\"other\"") && line.endsWith(" 600.0"))
                .anyMatch(line -> line.contains("tenant=\"t0007\""));
        metrics.declareTenants(List.of("t0007"));
        assertThat(series("fairlead_tenant_calls_total{")).hasSize(2);
    }

    @Test
    void refusalsAreCountedByWhatTheyAreAndTenantOfThoseThatAreDeclared() {
        var metrics = new Metrics(registry);
        metrics.declareTenants(List.of("dapp"));

        metrics.callEnded(ofTenant("dapp", "main", "limited"));
        metrics.callEnded(ofTenant("public", null, "method-not-found"));
        for (int i = 0; i < 2_000; i++) metrics.callEnded(ofTenant("t" + i, "main", "limited"));
        metrics.callEnded(ofTenant("dapp", "main"));

        assertThat(series("fairlead_refused_calls_total{"))
                .containsExactlyInAnyOrder(
                        "fairlead_refused_calls_total{refusal=\"limited\",tenant=\"dapp\"} 1.0",
                        "fairlead_refused_calls_total{refusal=\"method-not-found\",tenant=\"public\"} 1.0",
                        "fairlead_refused_calls_total{refusal=\"other\",tenant=\"other\"} 2000.0");
        metrics.declareTenants(List.of());
        assertThat(series("fairlead_refused_calls_total{")).noneMatch(line -> line.contains("dapp"));
    }

    @Test
    void refusalsForLimitsAndDaysHaveATenantsNameByTheSameRule() {
        var metrics = new Metrics(registry);
        metrics.declareTenants(
                IntStream.range(0, 1500).mapToObj("t%04d"::formatted).toList());
        var uses = List.of(
                new DayUse("t0000", LocalDate.EPOCH, 5),
                new DayUse("t1400", LocalDate.EPOCH, 7),
                new DayUse("gone", LocalDate.EPOCH, 8));
        registry.register(new LimitMetrics(() -> 0, () -> uses, () -> AccessPolicy.EMPTY, metrics::hasSeries));

        for (int i = 0; i < 8_000; i++) metrics.limited("tenants.t%04d.daily".formatted(i), "t%04d".formatted(i));
        metrics.limited("limits[0]", "public");

        assertThat(series("fairlead_limited_calls_total{")).hasSize(1002);
        assertThat(series("fairlead_tenant_day_credits{"))
                .containsExactly(
                        "fairlead_tenant_day_credits{tenant=\"other\"} 15.0",
                        "fairlead_tenant_day_credits{tenant=\"t0000\"} 5.0");
        metrics.declareTenants(List.of("t0007"));
        assertThat(series("fairlead_limited_calls_total{")).hasSize(3);
    }

    private static CallEnded ofTenant(String tenant, @Nullable String key) {
        return ofTenant(tenant, key, null);
    }

    private static CallEnded ofTenant(String tenant, @Nullable String key, @Nullable String refusal) {
        return new CallEnded(
                1,
                null,
                "mainnet",
                "eth_call",
                Ending.SERVED,
                null,
                1,
                0,
                0,
                null,
                200,
                9,
                tenant,
                key,
                "c",
                null,
                null,
                refusal,
                0);
    }

    private static CallEnded call(String method, NodeId node, int code) {
        return new CallEnded(
                1,
                null,
                "mainnet",
                method,
                Ending.SERVED,
                node,
                1,
                0,
                code,
                null,
                200,
                40_000,
                "public",
                null,
                "127.0.0.1",
                null,
                null,
                null,
                0);
    }

    private static Fleet fleet(NodeState... nodes) {
        Chain chain = Chain.of("mainnet", 1, List.of());
        var state = new ChainState(
                chain, 1, new Reference.Agreement(head(100), ""), List.of(nodes), List.of(Group.DEFAULT), null);
        return new Fleet(1, Map.of("mainnet", state));
    }

    private static NodeState state(NodeId id, Verdict verdict, Head head) {
        return new NodeState(Node.of(id, Endpoint.of("http://127.0.0.1:8545")), verdict, head, NOW, null, -1, 1.5);
    }

    private static Node node(NodeId id) {
        return Node.of(id, Endpoint.of("http://127.0.0.1:8545"));
    }

    private static Head head(long number) {
        return new Head(number, "0x" + "0".repeat(64), NOW, NOW.plus(Duration.ofSeconds(1)));
    }
}
