package dev.fairlead.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogRules.Rule;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.TransactionPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogRulesTest {
    private static final LogCaps ALL = new LogCaps(10_000L, 100L, null, 5_000L);
    private static final LogCaps OF_CHAIN = new LogCaps(2_000L, null, 8L, null);
    private static final LogCaps OF_TENANT = new LogCaps(50_000L, 0L, null, null);

    @Test
    void eachCapIsTakenFromTheClosestPlaceThatSaysIt() {
        LogRules rules = policy().logs(tenant("archive"), "mainnet");

        assertThat(rules.rule(LogCap.BLOCKS)).isEqualTo(new Rule(LogCap.BLOCKS, 50_000, "tenants.archive.logs.blocks"));
        assertThat(rules.rule(LogCap.TOPICS))
                .isEqualTo(new Rule(LogCap.TOPICS, 8, "chains.mainnet.policy.logs.topics"));
        assertThat(rules.rule(LogCap.RESULTS)).isEqualTo(new Rule(LogCap.RESULTS, 5_000, "policy.logs.results"));
    }

    @Test
    void zeroLiftsWhatIsSaidFurtherOut() {
        LogRules rules = policy().logs(tenant("archive"), "mainnet");

        assertThat(rules.has(LogCap.ADDRESSES)).isFalse();
        assertThat(rules.most(LogCap.ADDRESSES)).isEqualTo(LogRules.UNBOUNDED);
    }

    @Test
    void othersGetWhatIsSaidForAll() {
        assertThat(policy().logs(Tenant.PUBLIC, "gnosis").most(LogCap.BLOCKS)).isEqualTo(10_000);
        assertThat(policy().logs(Tenant.PUBLIC, "mainnet").most(LogCap.BLOCKS)).isEqualTo(2_000);
    }

    @Test
    void withoutADeclarationNothingIsBounded() {
        var chains = List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()));

        assertThat(AccessPolicy.of(PolicyPlan.NONE, chains, false)
                        .logs(Tenant.PUBLIC, "mainnet")
                        .isNone())
                .isTrue();
    }

    private static AccessPolicy policy() {
        var general = new GeneralPolicy(
                new CallerPolicy(MethodPolicy.NONE, null, ALL, ErrorPolicy.NONE, TransactionPolicy.NONE),
                List.of(),
                Credits.ONE_EACH);
        var archive = new TenantPlan(
                "archive",
                MethodPolicy.NONE,
                List.of(),
                0,
                OF_TENANT,
                ErrorPolicy.NONE,
                TransactionPolicy.NONE,
                AllowLists.NONE,
                TokenPlan.NONE);
        var chains = List.of(
                new ChainAccess(
                        "mainnet",
                        new CallerPolicy(MethodPolicy.NONE, null, OF_CHAIN, ErrorPolicy.NONE, TransactionPolicy.NONE),
                        Map.of()),
                new ChainAccess("gnosis", CallerPolicy.NONE, Map.of()));
        return AccessPolicy.of(new PolicyPlan(general, List.of(), List.of(archive)), chains, false);
    }

    private static Tenant tenant(String name) {
        return new Tenant(name);
    }
}
