package dev.fairlead.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.policy.MethodDecision.Open;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {
    private static final Tenant ARCHIVE = new Tenant("archive");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            method                    | listed | read-only | dapp  | besu-private | local | everything
            eth_getBalance            | -      | open      | open  | open         | open  | open
            eth_newFilter             | -      | open      | open  | open         | open  | open
            zks_getBlockDetails       | -      | open      | open  | open         | open  | open
            eth_sendRawTransaction    | -      | -         | open  | open         | open  | open
            eth_sendTransaction       | -      | -         | -     | -            | open  | open
            eth_accounts              | -      | -         | -     | -            | open  | open
            eth_pendingTransactions   | -      | -         | -     | -            | open  | open
            eth_fillTransaction       | -      | -         | -     | -            | open  | open
            debug_traceTransaction    | -      | -         | -     | -            | open  | open
            trace_block               | -      | -         | -     | -            | open  | open
            txpool_content            | -      | -         | -     | -            | open  | open
            priv_getTransactionCount  | -      | -         | -     | open         | open  | open
            eea_sendRawTransaction    | -      | -         | -     | open         | open  | open
            clique_getSigners         | -      | -         | -     | open         | open  | open
            clique_propose            | -      | -         | -     | -            | -     | open
            anvil_mine                | -      | -         | -     | -            | open  | open
            foo_bar                   | -      | -         | -     | -            | open  | open
            debug_setHead             | -      | -         | -     | -            | -     | open
            admin_peers               | -      | -         | -     | -            | -     | open
            engine_newPayloadV4       | -      | -         | -     | -            | -     | open
            """, useHeadersInDisplayName = true)
    void aPresetOpens(
            String method, String listed, String readOnly, String dapp, String besuPrivate, String local, String all) {
        var opened = new ArrayList<String>();
        for (Preset preset : List.of(
                Preset.LISTED, Preset.READ_ONLY, Preset.DAPP, Preset.BESU_PRIVATE, Preset.LOCAL, Preset.EVERYTHING)) {
            var plan = plan(new MethodPolicy(preset, List.of(), List.of()));
            opened.add(decision(policy(plan), Tenant.PUBLIC, method) instanceof Open ? "open" : "-");
        }

        assertThat(opened).containsExactly(listed, readOnly, dapp, besuPrivate, local, all);
    }

    @Test
    void withoutAWordTheListenerAndTheTenantsDecide() {
        PolicyPlan withTenant = plan(MethodPolicy.NONE, new TenantPlan("archive", MethodPolicy.NONE));

        assertThat(ruleOf(AccessPolicy.of(PolicyPlan.NONE, CHAINS, true), "eth_call"))
                .isEqualTo("policy.preset \"local\"");
        assertThat(ruleOf(AccessPolicy.of(PolicyPlan.NONE, CHAINS, false), "eth_call"))
                .isEqualTo("policy.preset \"dapp\"");
        assertThat(ruleOf(AccessPolicy.of(withTenant, CHAINS, true), "eth_call"))
                .isEqualTo("policy.preset \"dapp\"");
    }

    /// Deny, then allow, then what a route or a group names, then the preset of the nearest.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            policy.allow=debug_*                                        | debug_traceCall | open   | policy.allow "debug_*"
            policy.allow=debug_*                                        | debug_setHead   | closed | policy.preset "dapp"
            policy.allow=debug_setHead                                  | debug_setHead   | open   | policy.allow "debug_setHead"
            policy.allow=*                                              | admin_peers     | closed | policy.preset "dapp"
            policy.allow=*                                              | foo_bar         | open   | policy.allow "*"
            policy.allow=admin_*                                        | admin_peers     | open   | policy.allow "admin_*"
            policy.allow=a*                                             | admin_peers     | closed | policy.preset "dapp"
            policy.allow=debug_* policy.deny=debug_trace*               | debug_traceCall | closed | policy.deny "debug_trace*"
            policy.allow=debug_* policy.deny=DEBUG_TRACE*               | debug_traceCall | closed | policy.deny "DEBUG_TRACE*"
            policy.allow=debug_* chain.deny=debug_*                     | debug_traceCall | closed | chains.mainnet.policy.deny "debug_*"
            tenant.allow=trace_* policy.deny=trace_filter               | trace_filter    | closed | policy.deny "trace_filter"
            tenant.allow=trace_*                                        | trace_block     | open   | tenants.archive.allow "trace_*"
            tenant.deny=eth_getLogs policy.allow=eth_getLogs            | eth_getLogs     | closed | tenants.archive.deny "eth_getLogs"
            chain.preset=read-only                                      | eth_sendRawTransaction | closed | chains.mainnet.policy.preset "read-only"
            chain.preset=read-only tenant.preset=dapp                   | eth_sendRawTransaction | open | tenants.archive.preset "dapp"
            policy.preset=listed policy.allow=eth_call                  | eth_call        | open   | policy.allow "eth_call"
            policy.preset=listed policy.allow=eth_call                  | eth_chainId     | closed | policy.preset "listed"
            group.logs=trace_filter                                     | trace_filter    | open   | chains.mainnet.groups.logs.methods "trace_filter"
            group.logs=trace_filter chain.deny=trace_*                  | trace_filter    | closed | chains.mainnet.policy.deny "trace_*"
            """)
    void whatIsSaidNearestAndStrictestDecides(String said, String method, String decided, String rule) {
        MethodDecision decision = decision(policy(said), ARCHIVE, method);

        assertThat(decision instanceof Open ? "open" : "closed").isEqualTo(decided);
        assertThat(decision.rule()).hasToString(rule);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,                       open
            http://localhost:3000,   open
            http://app.localhost,    open
            https://127.0.0.1:8443,  open
            http://[::1]:3000,       open
            https://evil.example,    closed
            http://127.evil.example, closed
            http://localhost.evil,   closed
            http://notlocalhost,     closed
            'null',                  closed
            file://,                 closed
            """)
    void pagesFromElsewhereDoNotUseADevelopersNode(String origin, String decided) {
        AccessPolicy policy = AccessPolicy.of(PolicyPlan.NONE, CHAINS, true).forPage(origin);

        assertThat(decision(policy, Tenant.PUBLIC, "eth_sendTransaction") instanceof Open ? "open" : "closed")
                .isEqualTo(decided);
        assertThat(decision(policy, Tenant.PUBLIC, "eth_call")).isInstanceOf(Open.class);
    }

    @ParameterizedTest
    @CsvSource({
        "eth_getLogs,50",
        "eth_getLogsMore,20",
        "eth_getLog,20",
        "debug_traceCall,300",
        "eth_call,1",
        "ETH_GETLOGS,50"
    })
    void theClosestPatternSaysWhatACallCounts(String method, long credits) {
        var weights =
                new Credits(Map.of("eth_getLog*", 20L, "eth_getLogs", 50L, "debug_*", 100L, "debug_trace*", 300L));

        assertThat(weights.of(method)).isEqualTo(credits);
    }

    @Test
    void whatOneTenantMayCallIsClosedToTheOthers() {
        AccessPolicy policy = policy("tenant.allow=trace_*");

        assertThat(decision(policy, ARCHIVE, "trace_block")).isInstanceOf(Open.class);
        assertThat(decision(policy, Tenant.PUBLIC, "trace_block")).isNotInstanceOf(Open.class);
        assertThat(decision(policy, new Tenant("other"), "trace_block")).isNotInstanceOf(Open.class);
    }

    @Test
    void theFirstRouteThatFitsCountsAndOpensWhatItNames() {
        List<Route> routes = List.of(
                route(0, "archive", null, "archive", "trace_*", "eth_getLogs"),
                route(1, null, "mainnet", "logs", "eth_getLogs"),
                route(2, null, "elsewhere", "never", "eth_call"),
                route(3, "archive", null, "rest"));
        AccessPolicy policy = policy(
                new PolicyPlan(GeneralPolicy.NONE, routes, List.of(new TenantPlan("archive", MethodPolicy.NONE))));

        assertThat(decision(policy, ARCHIVE, "trace_block"))
                .isEqualTo(new Open(new MethodRule("routes[0].methods", "trace_*"), "archive"));
        assertThat(groupOf(policy, ARCHIVE, "eth_getLogs")).isEqualTo("archive");
        assertThat(groupOf(policy, Tenant.PUBLIC, "eth_getLogs")).isEqualTo("logs");
        assertThat(groupOf(policy, ARCHIVE, "eth_call")).isEqualTo("rest");
        assertThat(groupOf(policy, Tenant.PUBLIC, "eth_call")).isNull();
        assertThat(decision(policy, ARCHIVE, "debug_traceCall")).isNotInstanceOf(Open.class);
    }

    @Test
    void aRouteForThePublicTakesCallersWithoutAKeyAlone() {
        List<Route> routes = List.of(route(0, "public", null, "small", "eth_call"));
        AccessPolicy policy = policy(
                new PolicyPlan(GeneralPolicy.NONE, routes, List.of(new TenantPlan("archive", MethodPolicy.NONE))));

        assertThat(groupOf(policy, Tenant.PUBLIC, "eth_call")).isEqualTo("small");
        assertThat(groupOf(policy, ARCHIVE, "eth_call")).isNull();
    }

    @Test
    void aRouteDoesNotOpenWhatIsDenied() {
        var deny = new MethodPolicy(null, List.of(), List.of(new MethodPattern("trace_*")));

        AccessPolicy policy =
                policy(new PolicyPlan(general(deny), List.of(route(0, null, null, "a", "trace_block")), List.of()));

        assertThat(decision(policy, Tenant.PUBLIC, "trace_block").rule()).hasToString("policy.deny \"trace_*\"");
    }

    @Test
    void aMillionStrangersLeaveNothingBehind() {
        MethodRules rules = Objects.requireNonNull(policy("policy.allow=x_*").rules(Tenant.PUBLIC, "mainnet"));

        assertThat(rules.of(MethodTable.of("eth_call"))).isSameAs(rules.of(MethodTable.of("eth_call")));
        assertThat(rules.of(MethodTable.of("x_1")))
                .isEqualTo(rules.of(MethodTable.of("x_1")))
                .isNotSameAs(rules.of(MethodTable.of("x_1")));
    }

    private static final List<ChainAccess> CHAINS = List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()));

    private static Route route(
            int index, @Nullable String tenant, @Nullable String chain, String group, String... methods) {
        return new Route(
                index, tenant, chain, Stream.of(methods).map(MethodPattern::new).toList(), group);
    }

    private static PolicyPlan plan(MethodPolicy all, TenantPlan... tenants) {
        return new PolicyPlan(general(all), List.of(), List.of(tenants));
    }

    private static GeneralPolicy general(MethodPolicy methods) {
        return new GeneralPolicy(new CallerPolicy(methods, null), List.of(), Credits.ONE_EACH);
    }

    private static AccessPolicy policy(PolicyPlan plan) {
        return AccessPolicy.of(plan, CHAINS, false);
    }

    /// @param said such as `policy.allow=debug_* chain.preset=dapp`
    private static AccessPolicy policy(String said) {
        Map<String, MethodPolicy> at = new LinkedHashMap<>();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String one : said.strip().split(" ")) {
            String place = one.substring(0, one.indexOf('.'));
            String key = one.substring(one.indexOf('.') + 1, one.indexOf('='));
            String value = one.substring(one.indexOf('=') + 1);
            if (place.equals("group")) groups.put(key, List.of(value));
            else at.merge(place, one(key, value), AccessPolicyTest::both);
        }
        var chain = new CallerPolicy(at.getOrDefault("chain", MethodPolicy.NONE), null);
        var tenant = new TenantPlan("archive", at.getOrDefault("tenant", MethodPolicy.NONE));
        return AccessPolicy.of(
                plan(at.getOrDefault("policy", MethodPolicy.NONE), tenant),
                List.of(new ChainAccess("mainnet", chain, groups)),
                false);
    }

    private static MethodPolicy one(String key, String value) {
        List<MethodPattern> patterns = List.of(new MethodPattern(value));
        return switch (key) {
            case "allow" -> new MethodPolicy(null, patterns, List.of());
            case "deny" -> new MethodPolicy(null, List.of(), patterns);
            default ->
                new MethodPolicy(
                        Preset.valueOf(value.toUpperCase(java.util.Locale.ROOT).replace('-', '_')),
                        List.of(),
                        List.of());
        };
    }

    private static MethodPolicy both(MethodPolicy a, MethodPolicy b) {
        return new MethodPolicy(
                a.preset() == null ? b.preset() : a.preset(),
                Stream.concat(a.allow().stream(), b.allow().stream()).toList(),
                Stream.concat(a.deny().stream(), b.deny().stream()).toList());
    }

    private static MethodDecision decision(AccessPolicy policy, Tenant tenant, String method) {
        return Objects.requireNonNull(policy.rules(tenant, "mainnet")).of(MethodTable.of(method));
    }

    private static String ruleOf(AccessPolicy policy, String method) {
        return decision(policy, Tenant.PUBLIC, method).rule().toString();
    }

    private static @Nullable String groupOf(AccessPolicy policy, Tenant tenant, String method) {
        return decision(policy, tenant, method) instanceof Open(var _, var group) ? group : "closed";
    }
}
