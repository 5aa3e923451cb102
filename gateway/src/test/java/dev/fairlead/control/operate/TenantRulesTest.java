package dev.fairlead.control.operate;

import static dev.fairlead.control.operate.Registry.AT;
import static dev.fairlead.control.operate.Registry.WHO;
import static dev.fairlead.control.operate.Registry.done;
import static dev.fairlead.control.operate.Registry.plan;
import static dev.fairlead.control.operate.Registry.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.MethodDecision;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules that tenants get at run time, from the order to the access policy, over a real store.
class TenantRulesTest {
    private static final Tenant WALLET = new Tenant("wallet");
    private static final TenantOrder WHOLE =
            new TenantOrder("read-only", List.of("debug_trace*"), List.of("eth_getLogs"), "100/s", 500L, 5_000_000L);

    @TempDir
    Path directory;

    @Test
    void rulesCountFromTheOrderOnAndAfterAReopening() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "wallet", WHOLE));
            assertWhole(policy(registry));
        }
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertWhole(policy(registry));
        }
    }

    private static void assertWhole(AccessPolicy policy) {
        assertThat(isOpen(policy, "debug_traceCall")).isTrue();
        assertThat(isOpen(policy, "eth_getLogs")).isFalse();
        assertThat(isOpen(policy, "eth_sendRawTransaction")).isFalse();
        assertThat(policy.daily(WALLET)).isEqualTo(5_000_000);
        assertThat(policy.limits(WALLET, "mainnet"))
                .singleElement()
                .satisfies(limit -> assertThat(limit.limit().credits()).isEqualTo(100))
                .satisfies(limit -> assertThat(limit.limit().burst()).isEqualTo(500));
    }

    @Test
    void whatAnUpdateDoesNotSayStaysAndEachRuleCanBeTakenAway() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "wallet", WHOLE));

            done(update(registry, new TenantOrder(null, null, null, null, null, 7L)));
            assertThat(policy(registry).daily(WALLET)).isEqualTo(7);
            assertThat(policy(registry).limits(WALLET, "mainnet")).hasSize(1);
            assertThat(isOpen(policy(registry), "debug_traceCall")).isTrue();

            done(update(registry, new TenantOrder(null, null, null, "50/m", null, null)));
            assertThat(policy(registry).limits(WALLET, "mainnet"))
                    .extracting(
                            limit -> limit.limit().credits(),
                            limit -> limit.limit().burst())
                    .containsExactly(tuple(50L, 500L));

            done(update(registry, new TenantOrder("", List.of(), List.of(), "", null, 0L)));
            assertThat(policy(registry).daily(WALLET)).isZero();
            assertThat(policy(registry).limits(WALLET, "mainnet")).isEmpty();
            assertThat(isOpen(policy(registry), "debug_traceCall")).isFalse();
            assertThat(isOpen(policy(registry), "eth_getLogs")).isTrue();
            assertThat(isOpen(policy(registry), "eth_sendRawTransaction")).isTrue();
        }
    }

    @Test
    void theAuditTrailHasWhatWasAndWhatIs() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "wallet", WHOLE));
            done(update(registry, new TenantOrder(null, List.of(), null, "200/s", null, 0L)));
            assertThat(done(update(registry, new TenantOrder(null, null, null, "200/s", null, null)))
                            .remarks())
                    .containsExactly("nothing changed");

            assertThat(registry.store.audit(Long.MAX_VALUE, 10).reversed())
                    .extracting(AuditLine::what, AuditLine::tenant, AuditLine::details)
                    .containsExactly(
                            tuple(
                                    "tenant-add",
                                    "wallet",
                                    "preset read-only, allow debug_trace*, deny eth_getLogs, rate 100/s, burst 500, "
                                            + "daily 5000000"),
                            tuple(
                                    "tenant-update",
                                    "wallet",
                                    "allow debug_trace* → none, rate 100/s → 200/s, daily 5000000 → none"));
            assertThat(registry.events.orders).anyMatch(text -> text.contains("updated tenant wallet (allow"));
        }
    }

    @Test
    void anotherGatewayOverTheSameStoreFollows() {
        try (Registry one = Registry.open(directory, plan("mainnet", "http://a:1"));
                Registry other = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(one.operator.addTenant(WHO, "wallet", TenantOrder.NO_RULES));
            other.operator.refresh();
            done(update(one, WHOLE));

            other.operator.refresh();

            assertWhole(policy(other));
        }
    }

    @Test
    void aTenantOfTheFileIsChangedInTheFileAndItsLineIsNamed() {
        var tenants = List.of(new TenantPlan("wallet", MethodPolicy.NONE));
        var file = new FileDeclarations(
                List.of(plan("mainnet", "http://a:1")),
                new PolicyPlan(GeneralPolicy.NONE, List.of(), tenants),
                true,
                new KeyPlaces("fairlead.toml", Map.of("tenants.wallet", 12)));
        try (Registry registry = Registry.open(directory, file)) {
            assertThat(rejected(update(registry, WHOLE)))
                    .satisfies(no -> assertThat(no.cause()).isEqualTo(Cause.CONFLICT))
                    .satisfies(no -> assertThat(no.reason())
                            .isEqualTo("tenant wallet is declared in the configuration file (fairlead.toml:12), "
                                    + "which owns it"))
                    .satisfies(no -> assertThat(no.remedy()).startsWith("change it there and reload"));
            assertThat(rejected(registry.operator.addTenant(WHO, "wallet", WHOLE))
                            .cause())
                    .isEqualTo(Cause.CONFLICT);
        }
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(rejected(update(registry, WHOLE)).reason()).isEqualTo("there is no tenant wallet to change");
        }
    }

    @Test
    void allFaultsOfAnOrderAreFoundAtOnceAndNothingIsDone() {
        var order = new TenantOrder(
                "wide", List.of("debug-trace"), List.of("eth_call", "eth_call"), "fast", -3L, Long.MAX_VALUE);
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(rejected(registry.operator.addTenant(WHO, "wallet", order))
                            .reason()
                            .split("; "))
                    .containsExactly(
                            "preset: expected one of listed, read-only, dapp, besu-private, local, everything, "
                                    + "found \"wide\"",
                            "allow[0]: expected a method, or the beginning of some with a star: \"debug_trace*\", "
                                    + "found \"debug-trace\"",
                            "deny[1]: the same as element [0]",
                            "remove one of them",
                            "rate: expected a rate such as \"100/s\" or \"2000/5m\", of a window from 100ms to 31d, "
                                    + "found \"fast\"",
                            "burst: expected a whole number from 1 to 1000000000, found -3",
                            "daily: expected a whole number from 0 to 999999999999999, found " + Long.MAX_VALUE);
            assertThat(registry.operator.tenants().now().tenant("wallet")).isEmpty();
            assertThat(rejected(registry.operator.addTenant(
                                    WHO, "wallet", new TenantOrder(null, null, null, null, 5L, null)))
                            .reason())
                    .isEqualTo("burst: expected a rate beside it, found none; say rate = \"100/s\"");
            done(registry.operator.addTenant(WHO, "wallet", WHOLE));
            assertThat(rejected(registry.operator.updateTenant(
                                    WHO, "wallet", new TenantOrder(null, null, null, "", 5L, null)))
                            .reason())
                    .isEqualTo("burst: expected a rate beside it, found none; say rate = \"100/s\"");
        }
    }

    @Test
    void aRuleKnowsByWhoseOrderItStands() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "wallet", WHOLE));

            assertThat(registry.operator.tenants().now().placeOf("tenants.wallet.allow"))
                    .isEqualTo("by order of " + WHO + " at " + AT);
            assertThat(registry.operator.tenants().now().placeOf("tenants.other.allow"))
                    .isEmpty();
        }
    }

    private static OrderResult update(Registry registry, TenantOrder order) {
        return registry.operator.updateTenant(WHO, "wallet", order);
    }

    private static boolean isOpen(AccessPolicy policy, String method) {
        return Objects.requireNonNull(policy.rules(WALLET, "mainnet")).of(MethodTable.of(method))
                instanceof MethodDecision.Open;
    }

    private static AccessPolicy policy(Registry registry) {
        return registry.operator.policies().now();
    }
}
