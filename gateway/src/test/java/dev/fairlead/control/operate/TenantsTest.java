package dev.fairlead.control.operate;

import static dev.fairlead.control.operate.Registry.WHO;
import static dev.fairlead.control.operate.Registry.done;
import static dev.fairlead.control.operate.Registry.plan;
import static dev.fairlead.control.operate.Registry.rejected;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.operate.MergedTenants.Origin;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tenants and their keys, from the order to the access policy, over a real store.
class TenantsTest {
    private static final String BROUGHT = "9aa3d95b3bc440fa88ea12eaa4456161";

    @TempDir
    Path directory;

    @Test
    void aKeyIsFoundFromTheMomentOfItsOrderAndAfterAReopening() {
        String key;
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            key = generated(registry.operator.addKey(WHO, order("dapp", "web", null)));

            assertThat(key).matches("fl_[A-Za-z0-9]{40}").matches(ApiKey.FORM);
            assertThat(policy(registry).key(key)).satisfies(found -> {
                assertThat(found.name()).isEqualTo("dapp/web");
                assertThat(found.prefix()).isEqualTo(key.substring(0, 8));
                assertThat(found.expiresAt()).isNull();
            });
            assertThat(policy(registry).key(key + "x")).isNull();
        }

        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(policy(registry).key(key)).isNotNull();
            done(registry.operator.revokeKey(WHO, "dapp", "web", null));
            assertThat(policy(registry).key(key)).isNull();
        }
    }

    @Test
    void ordersAreInTheAuditTrailAndInTheEventsWithoutTheKey() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            String key = generated(registry.operator.addKey(WHO, order("dapp", "web", null)));
            done(registry.operator.addKey(WHO, order("dapp", "app", BROUGHT)));
            String next = generated(registry.operator.rotateKey(WHO, order("dapp", "web", null), Duration.ofHours(1)));
            done(registry.operator.revokeKey(WHO, "dapp", "app", null));
            done(registry.operator.removeTenant(WHO, "dapp", true));

            List<AuditLine> lines = registry.store.audit(Long.MAX_VALUE, 10).reversed();
            assertThat(lines)
                    .extracting(AuditLine::what)
                    .containsExactly("tenant-add", "key-add", "key-add", "key-rotate", "key-revoke", "tenant-remove");
            assertThat(lines).extracting(AuditLine::tenant).containsOnly("dapp");
            assertThat(lines).extracting(AuditLine::key).containsExactly(null, "web", "app", "web", "app", null);
            assertThat(lines.get(1).details()).isEqualTo("prefix " + key.substring(0, 8) + ", never expires");
            assertThat(registry.events.orders).anyMatch(text -> text.contains("added key dapp/web (prefix fl_"));
            assertThat(lines + " " + registry.events.orders).doesNotContain(key, next, BROUGHT);
        }
    }

    @Test
    void aTenantThatOnlyRoutesAndLimitsNameIsMissedUntilItIsAdded() {
        var routes = List.of(
                new Route(0, "explorer", null, List.of(), "archive"), new Route(1, "public", null, List.of(), ""));
        var exempt = new Limit.Exempt(List.of(), List.of(), List.of("explorer"));
        var limit =
                new Limit("limits[0]", List.of(), 5, Duration.ofSeconds(1), 5, false, List.of(), "team", null, exempt);
        var plan = new PolicyPlan(
                PolicyPlan.NONE.general(),
                routes,
                List.of(limit),
                List.of(new TenantPlan("team", MethodPolicy.NONE)),
                List.of());
        var file = new FileDeclarations(
                List.of(plan("mainnet", "http://a:1")),
                plan,
                true,
                KeyPlaces.of("fairlead.toml", Map.of("routes[0].tenant", 23)));
        try (Registry registry = Registry.open(directory, file)) {
            String missing = "there is no tenant explorer yet, so what names it has no effect: routes[0].tenant"
                    + " (fairlead.toml:23), limits[0].exempt_tenants; `fairlead tenants add explorer` adds it, and then it"
                    + " counts at once";
            assertThat(registry.operator.declareFile(file)).containsExactly(missing);
            assertThat(registry.operator.reload(WHO, file, List.of())).containsExactly(missing);

            done(registry.operator.addTenant(WHO, "explorer", TenantOrder.NO_RULES));

            assertThat(registry.operator.reload(WHO, file, List.of())).isEmpty();
            assertThat(registry.operator.declareFile(file)).isEmpty();
        }
    }

    @Test
    void theFirstTenantClosesTheGatewayToCallersWithoutAKeyAndSaysSo() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"), plan("sepolia"))) {
            assertThat(policy(registry).isPublic("mainnet")).isTrue();

            assertThat(done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES))
                            .remarks())
                    .satisfiesExactly(
                            closes -> assertThat(closes).contains("refused on every chain", "policy.public = true"),
                            preset -> assertThat(preset).contains("dapp", "local", "policy.preset"));

            assertThat(policy(registry).isPublic("mainnet")).isFalse();
            assertThat(done(registry.operator.addTenant(WHO, "second", TenantOrder.NO_RULES))
                            .remarks())
                    .isEmpty();
        }
    }

    @Test
    void whereItIsSaidWhetherChainsArePublicAFirstTenantChangesNothing() {
        var said = new GeneralPolicy(new CallerPolicy(MethodPolicy.NONE, true), List.of(), Credits.ONE_EACH);
        var file = new FileDeclarations(
                List.of(plan("mainnet", "http://a:1")), new PolicyPlan(said, List.of(), List.of()), false);
        try (Registry registry = Registry.open(directory, file)) {
            assertThat(done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES))
                            .remarks())
                    .isEmpty();
            assertThat(policy(registry).isPublic("mainnet")).isTrue();
            done(registry.operator.removeTenant(WHO, "dapp", false));
        }
    }

    @Test
    void theLastTenantDoesNotOpenTheGatewayByTheWay() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));

            assertThat(rejected(registry.operator.removeTenant(WHO, "dapp", false))
                            .reason())
                    .contains("the last tenant", "served on mainnet");

            assertThat(policy(registry).isPublic("mainnet")).isFalse();
            assertThat(done(registry.operator.removeTenant(WHO, "dapp", true)).remarks())
                    .singleElement()
                    .asString()
                    .contains("calls without a key are served on mainnet");
            assertThat(policy(registry).isPublic("mainnet")).isTrue();
        }
    }

    @Test
    void aTenantWithKeysIsRemovedByForceAlone() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "other", TenantOrder.NO_RULES));
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            String key = generated(registry.operator.addKey(WHO, order("dapp", null, null)));

            assertThat(rejected(registry.operator.removeTenant(WHO, "dapp", false)))
                    .satisfies(no -> assertThat(no.cause()).isEqualTo(Cause.CONFLICT))
                    .satisfies(no -> assertThat(no.reason()).isEqualTo("tenant dapp has 1 key"));

            assertThat(policy(registry).key(key)).isNotNull();
            done(registry.operator.removeTenant(WHO, "dapp", true));
            assertThat(policy(registry).key(key)).isNull();
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            assertThat(policy(registry).key(key)).isNull();
        }
    }

    @Test
    void aTenantOfTheFileIsTheFilesAndMayBeGivenKeys() {
        try (Registry registry = Registry.open(directory, file("dapp"))) {
            String key = generated(registry.operator.addKey(WHO, order("dapp", null, null)));

            assertThat(policy(registry).key(key)).isNotNull();
            assertThat(registry.operator.tenants().now().origin("dapp")).isEqualTo(Origin.FILE);
            assertThat(rejected(registry.operator.removeTenant(WHO, "dapp", true))
                            .reason())
                    .contains("configuration file");
            assertThat(rejected(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES))
                            .cause())
                    .isEqualTo(Cause.CONFLICT);
        }
    }

    @Test
    void theKeysOfATenantThatTheFileDropsAreRefusedAndTheGatewayStaysClosed() {
        String key;
        try (Registry registry = Registry.open(directory, file("dapp"))) {
            key = generated(registry.operator.addKey(WHO, order("dapp", null, null)));
        }

        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(registry.operator.declareFile(file()))
                    .singleElement()
                    .asString()
                    .contains("the keys of dapp are refused", "fairlead tenants add");
            assertThat(policy(registry).key(key)).isNull();
            assertThat(policy(registry).isPublic("mainnet")).isFalse();
            assertThat(rejected(registry.operator.addKey(WHO, order("dapp", "b", null)))
                            .cause())
                    .isEqualTo(Cause.UNKNOWN);
            assertThat(rejected(registry.operator.revokeKey(WHO, "dapp", "default", null))
                            .remedy())
                    .contains("tenants remove dapp --force");

            assertThat(done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES))
                            .remarks())
                    .singleElement()
                    .asString()
                    .contains("1 key of an earlier tenant dapp can be used again");
            assertThat(policy(registry).key(key)).isNotNull();
        }
    }

    @Test
    void aTenantThatFileAndStoreDeclareIsTheFilesAndItsKeysStay() {
        String key;
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            key = generated(registry.operator.addKey(WHO, order("dapp", null, null)));

            assertThat(registry.operator.declareFile(file("dapp")))
                    .singleElement()
                    .asString()
                    .contains("the file's is used");
            done(registry.operator.removeTenant(WHO, "dapp", false));

            assertThat(policy(registry).key(key)).isNotNull();
            assertThat(registry.operator.tenants().now().remarks()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "public", "Dapp", "a b", "a/b", "-a", "x\n", "Fl_0123456789012345678901234567890123456789"})
    void aTenantNeedsAName(String name) {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(rejected(registry.operator.addTenant(WHO, name, TenantOrder.NO_RULES))
                            .cause())
                    .isEqualTo(Cause.INVALID);
        }
    }

    @Test
    void whatAnotherGatewayOverTheSameStoreOrderedIsPublished() {
        try (Registry one = Registry.open(directory, plan("mainnet", "http://a:1"));
                Registry other = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(one.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            String key = generated(one.operator.addKey(WHO, order("dapp", null, null)));

            other.operator.refresh();

            assertThat(policy(other).key(key)).isNotNull();
        }
    }

    @Test
    void ordersAboutNodesLeaveThePolicyAsItIs() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            done(registry.operator.addTenant(WHO, "dapp", TenantOrder.NO_RULES));
            done(registry.operator.addKey(WHO, order("dapp", null, null)));
            AccessPolicy before = policy(registry);

            registry.add("http://b:1");

            assertThat(policy(registry)).isSameAs(before);
        }
    }

    @Test
    void thereAreTenThousandTenantsAtTheMost() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            var changes = new ArrayList<StoreChange>();
            for (int i = 0; i < TenantOrders.MOST_TENANTS; i++) {
                changes.add(new TenantKept(new AddedTenant("t" + i, Registry.AT)));
            }
            var line = new AuditLine(0, Registry.AT, WHO, "test", null, null, "");
            assertThat(registry.store.commit(registry.store.stored(), changes, line))
                    .isTrue();

            assertThat(rejected(registry.operator.addTenant(WHO, "one-more", TenantOrder.NO_RULES))
                            .reason())
                    .contains("at most 10,000 tenants");
            done(registry.operator.removeTenant(WHO, "t7", false));
            done(registry.operator.addTenant(WHO, "one-more", TenantOrder.NO_RULES));
        }
    }

    private static FileDeclarations file(String... tenants) {
        List<TenantPlan> plans = Stream.of(tenants)
                .map(name -> new TenantPlan(name, MethodPolicy.NONE))
                .toList();
        return new FileDeclarations(
                List.of(plan("mainnet", "http://a:1")), new PolicyPlan(GeneralPolicy.NONE, List.of(), plans), true);
    }

    private static KeyOrder order(String tenant, @Nullable String alias, @Nullable String key) {
        return new KeyOrder(tenant, alias, key, new KeyExpiry.Unsaid());
    }

    private static String generated(OrderResult result) {
        assertThat(done(result).subject()).isInstanceOf(Subject.OfKey.class);
        String key = ((Subject.OfKey) done(result).subject()).generated();
        assertThat(result.toString()).doesNotContain(requireNonNull(key));
        return key;
    }

    private static AccessPolicy policy(Registry registry) {
        return registry.operator.policies().now();
    }
}
