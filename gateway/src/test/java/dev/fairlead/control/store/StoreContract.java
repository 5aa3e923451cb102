package dev.fairlead.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.KeyForgotten;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoreChange.KeysForgotten;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoreChange.TenantForgotten;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.jwt.TokenAlgorithm;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UntoldUse;
import dev.fairlead.support.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Store] promises, whatever it keeps its data in. A new store extends this.
public abstract class StoreContract {
    protected static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    protected static final NodeId GETH = new NodeId("mainnet", "geth-1");

    /// Another store over the same data each time; the data is this test's own, and empty at first.
    protected abstract Store open();

    @Test
    void anEmptyStoreHoldsNothingAtRevisionZero() {
        try (Store store = open()) {
            assertThat(store.revision()).isZero();
            assertThat(store.stored()).isEqualTo(StoredDeclarations.nothing(0));
            assertThat(store.audit(Long.MAX_VALUE, 10)).isEmpty();
            assertThat(store.memories()).isEmpty();
        }
    }

    @Test
    void everythingThatANodeHasIsThereAfterReopening() {
        var endpoint = new Endpoint(
                URI.create("https://geth.example:8545/v3/a%20key?token=1"),
                URI.create("wss://geth.example/ws"),
                Map.of("x-api-key", "secret", "x-zone", "a"),
                new BasicAuth("user", "pass:word"),
                new Tls(Path.of("/etc/ca.pem"), Path.of("/etc/cert.pem"), Path.of("/etc/key.pem")));
        var node = new Node(
                GETH,
                Node.Role.RENTED,
                endpoint,
                Map.of("zone", "a", "client", "geth"),
                7,
                9,
                new SpendingPlan(
                        new CallRate(500, Duration.ofMillis(1_500)),
                        3_000_000,
                        new Credits(Map.of("*", 80L, "eth_getLogs", 255L, "debug_*", 0L))),
                Node.Mode.SERVING,
                Node.Origin.ADDED);
        StoredDeclarations stored;
        try (Store store = open()) {
            stored = commit(
                    store,
                    store.stored(),
                    List.of(
                            new ChainKept("mainnet", 1),
                            new NodeKept(new AddedNode(node, true, AT)),
                            new ModeSet(GETH, Node.Mode.DRAINING)));
        }

        try (Store store = open()) {
            assertThat(store.stored()).isEqualTo(stored);
            assertThat(store.stored().nodes().getFirst().node().endpoint().auth())
                    .isEqualTo(new BasicAuth("user", "pass:word"));
            assertThat(store.revision()).isEqualTo(1);
        }
    }

    @Test
    void whatIsTakenBackLeavesNothingBehind() {
        try (Store store = open()) {
            StoredDeclarations one = commit(
                    store,
                    store.stored(),
                    List.of(
                            new ChainKept("mainnet", 1),
                            new NodeKept(added("geth-1")),
                            new ModeSet(GETH, Node.Mode.CORDONED)));
            commit(
                    store,
                    one,
                    List.of(
                            new NodeForgotten(GETH),
                            new ModeSet(GETH, Node.Mode.SERVING),
                            new ChainForgotten("mainnet")));

            StoredDeclarations stored = store.stored();

            assertThat(stored.chains()).isEmpty();
            assertThat(stored.nodes()).isEmpty();
            assertThat(stored.modes()).isEmpty();
        }
    }

    @Test
    void nodesStayInTheOrderInWhichTheyWereAddedWhenOneIsChanged() {
        try (Store store = open()) {
            StoredDeclarations stored = store.stored();
            for (String name : List.of("b", "a", "c"))
                stored = commit(store, stored, List.of(new NodeKept(added(name))));
            commit(store, stored, List.of(new NodeKept(added("b"))));

            assertThat(store.stored().nodes())
                    .extracting(node -> node.id().name())
                    .containsExactly("b", "a", "c");
        }
    }

    @Test
    void everythingOfATenantAndItsKeysIsThereAfterReopening() {
        var rules = new TenantPlan("dapp", MethodPolicy.NONE)
                .ruled(
                        new MethodPolicy(
                                Preset.READ_ONLY,
                                List.of(new MethodPattern("trace_*"), new MethodPattern("debug_traceCall")),
                                List.of(new MethodPattern("eth_getLogs"))),
                        new CallRate(100, Duration.ofMillis(2_678_399_999L)),
                        500L,
                        5_000_000);
        var tenant = new AddedTenant(rules, AT, "loopback:alice", AT.plusSeconds(9));
        ApiKey endless = key("dapp", "web", "one", null);
        ApiKey ending = key("of-the-file", "app", "two", AT.plusSeconds(9));
        try (Store store = open()) {
            commit(store, store.stored(), List.of(new TenantKept(tenant), new KeyKept(endless), new KeyKept(ending)));
        }

        try (Store store = open()) {
            assertThat(store.stored().tenants()).containsExactly(tenant);
            assertThat(store.stored().keys().all()).containsExactly(endless, ending);
        }
    }

    @Test
    void aTenantsKeysAreForgottenTogetherAndNobodyElses() {
        try (Store store = open()) {
            StoredDeclarations stored = commit(
                    store,
                    store.stored(),
                    List.of(
                            new TenantKept(new AddedTenant("a", AT)),
                            new KeyKept(key("a", "web", "one", null)),
                            new KeyKept(key("b", "web", "two", null)),
                            new KeyKept(key("a", "app", "three", null))));
            commit(store, stored, List.of(new TenantForgotten("a"), new KeysForgotten("a")));

            assertThat(store.stored().tenants()).isEmpty();
            assertThat(store.stored().keys().all()).extracting(ApiKey::tenant).containsExactly("b");
        }
    }

    @Test
    void aLineOfTheAuditNamesTenantAndKey() {
        var line = new AuditLine(0, AT, "loopback:alice", "key-add", null, null, "dapp", "web", "prefix fl_abc");
        try (Store store = open()) {
            store.note(line);

            assertThat(store.audit(Long.MAX_VALUE, 1)).containsExactly(line.numbered(1));
        }
    }

    private static ApiKey key(String tenant, String alias, String key, @Nullable Instant end) {
        return new ApiKey(tenant, alias, "fl_abc", KeyHash.of(key), AT, end);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsStoredIsWhatTheChangesSayWhateverTheyAre(long seed) {
        var random = new Random(seed);
        StoredDeclarations expected;
        try (Store store = open()) {
            expected = store.stored();
            for (int order = 0; order < 20; order++) {
                var changes = new ArrayList<StoreChange>();
                for (int i = random.nextInt(4); i >= 0; i--) changes.add(anyChange(random));
                expected = commit(store, expected, changes);

                assertThat(store.stored()).isEqualTo(expected);
            }
        }

        try (Store again = open()) {
            assertThat(again.stored()).isEqualTo(expected);
        }
    }

    private static StoreChange anyChange(Random random) {
        String name = "n" + random.nextInt(4);
        var id = new NodeId("mainnet", name);
        Node.Mode[] modes = Node.Mode.values();
        var hash = KeyHash.of("key " + random.nextInt(6));
        return switch (random.nextInt(10)) {
            case 0 -> new ChainKept("chain-" + random.nextInt(3), random.nextInt(3));
            case 1 -> new ChainForgotten("chain-" + random.nextInt(3));
            case 2 -> new NodeForgotten(id);
            case 3 -> new ModeSet(id, modes[random.nextInt(modes.length)]);
            case 4 -> new TenantKept(new AddedTenant(name, AT.plusSeconds(random.nextInt(3))));
            case 5 -> new TenantForgotten(name);
            case 6 -> new KeyForgotten(hash);
            case 7 -> new KeysForgotten(name);
            case 8 ->
                new KeyKept(new ApiKey(
                        name,
                        "a" + random.nextInt(2),
                        "fl_abc",
                        hash,
                        AT.plusSeconds(random.nextInt(3)),
                        random.nextBoolean() ? null : AT.plusSeconds(100)));
            default -> new NodeKept(added(name));
        };
    }

    @Test
    void anOrderDecidedOnAnOldRevisionDoesNothing() {
        try (Store store = open();
                Store other = open()) {
            StoredDeclarations basis = store.stored();
            commit(other, other.stored(), List.of(new NodeKept(added("quicker"))));

            boolean done = store.commit(basis, List.of(new NodeKept(added("slower"))), line("add"));

            assertThat(done).isFalse();
            assertThat(store.stored().nodes())
                    .extracting(node -> node.id().name())
                    .containsExactly("quicker");
            assertThat(store.audit(Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void ofSeveralOrdersOnTheSameRevisionOneIsCarriedOut() throws Exception {
        try (Store store = open();
                Store other = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StoredDeclarations basis = store.stored();
            var orders = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 8; i++) {
                Store one = i % 2 == 0 ? store : other;
                NodeKept change = new NodeKept(added("n" + i));
                orders.add(() -> one.commit(basis, List.of(change), line("add")));
            }

            int done = 0;
            for (Future<Boolean> order : threads.invokeAll(orders)) done += order.get() ? 1 : 0;

            assertThat(done).isEqualTo(1);
            assertThat(store.stored()).isEqualTo(other.stored());
            assertThat(store.stored().nodes()).hasSize(1);
            assertThat(store.audit(Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void onlyOrdersMakeANewRevision() {
        try (Store store = open();
                Store other = open()) {
            store.note(line("reload"));
            store.remember(List.of(memory("ready")), List.of());
            assertThat(other.revision()).isZero();

            commit(store, store.stored(), List.of(new NodeKept(added("geth-1"))));

            assertThat(other.revision()).isEqualTo(1);
        }
    }

    @Test
    void auditLinesComeBackNewestFirstAndPageByPage() {
        try (Store store = open()) {
            for (String what : List.of("add", "cordon", "remove")) store.note(line(what));

            List<AuditLine> newest = store.audit(Long.MAX_VALUE, 2);
            List<AuditLine> older = store.audit(newest.getLast().serial(), 2);

            assertThat(newest).extracting(AuditLine::what).containsExactly("remove", "cordon");
            assertThat(older)
                    .containsExactly(new AuditLine(1, AT, "loopback:alice", "add", "mainnet", null, "details"));
        }
    }

    @Test
    void memoriesAreReplacedAndForgotten() {
        var head = new NodeMemory(GETH, "ready", "block 5", AT, 5L, "0xabc");
        var none = new NodeMemory(new NodeId("mainnet", "dead"), "unreachable", "refused", AT, null, null);
        var later = new NodeMemory(GETH, "lagging", "20 behind", AT.plusSeconds(9), 6L, "0xdef");
        try (Store store = open()) {
            store.remember(List.of(head, none), List.of());
            store.remember(List.of(later), List.of(none.node()));
        }

        try (Store store = open()) {
            assertThat(store.memories()).containsExactly(later);
        }
    }

    @Test
    void whatTenantsTookOfTheirDaysComesBackUntilItIsForgotten() {
        LocalDate first = LocalDate.of(2026, 1, 1);
        LocalDate second = first.plusDays(1);
        var before = new DayUse("team", first, 9);
        var after = new DayUse("team", second, 3);
        var other = new DayUse("archive", first, 1);
        try (Store store = open()) {
            store.rememberUses(List.of(new DayUse("team", first, 5), other), List.of());
            store.rememberUses(List.of(before, after), List.of());
            store.rememberUses(List.of(new DayUse("team", first, 2)), List.of()); // by a gateway that counted less
        }

        try (Store store = open()) {
            assertThat(store.uses(first, null)).containsExactly(other, before, after);
            assertThat(store.uses(second, null)).containsExactly(after);
            assertThat(store.uses(first, "archive")).containsExactly(other);
            store.forgetUses(second);
            assertThat(store.uses(first, null)).containsExactly(after);
        }
    }

    @Test
    void whatGatewaysTookOfADayIsAddedUpAndNeverBecomesLessThanWhatOneKnows() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        try (Store one = open();
                Store other = open()) {
            assertThat(one.addUses(List.of(new UntoldUse("team", day, 5, 0)))).containsExactly(5L);
            assertThat(other.addUses(List.of(new UntoldUse("team", day, 3, 0), new UntoldUse("b", day, 1, 0))))
                    .containsExactly(8L, 1L);
            assertThat(one.addUses(List.of(new UntoldUse("team", day, -2, 5)))).containsExactly(6L);
            assertThat(one.addUses(List.of(new UntoldUse("b", day, 1, 9)))).containsExactly(10L);
        }

        try (Store store = open()) {
            assertThat(store.uses(day, "team")).containsExactly(new DayUse("team", day, 6));
        }
    }

    @Test
    void whatCallsOfKeysCameToIsAddedUp() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        var web = new KeyUse("team", "web", day, 3, 1, Map.of("limited", 2L), 40, AT);
        var app = new KeyUse("team", "app", day, 1, 0, Map.of("limited", 1L, "daily-quota", 5L), 2, AT.plusSeconds(9));
        var other = new KeyUse("archive", "", day.plusDays(1), 0, 0, Map.of("unauthorized", 1L), 0, null);
        try (Store store = open()) {
            store.rememberUses(List.of(), List.of(web, app));
            store.rememberUses(List.of(), List.of(web, other));
        }

        try (Store store = open()) {
            assertThat(store.keyUses(day, null, KeyPlace.BEGINNING, 10)).containsExactly(app, web.plus(web));
            assertThat(store.keyUses(day, "team", new KeyPlace("team", "app"), 10))
                    .containsExactly(web.plus(web));
            assertThat(store.keyUses(day, null, new KeyPlace("archive", ""), 1)).containsExactly(app);
            assertThat(store.keyUses(day, "archive", new KeyPlace("archive", ""), 1))
                    .isEmpty();
            assertThat(store.keyUses(day.plusDays(1), "team", new KeyPlace("team", "app"), 1))
                    .containsExactly(new KeyUse("team", "web", day.plusDays(1), 0, 0, Map.of(), 0, AT));
            assertThat(store.tenantUses(day, null))
                    .containsExactly(
                            other,
                            new KeyUse(
                                    "team",
                                    KeyUse.ALL,
                                    day,
                                    7,
                                    2,
                                    Map.of("limited", 5L, "daily-quota", 5L),
                                    82,
                                    AT.plusSeconds(9)));
            store.forgetUses(day.plusDays(1));
            assertThat(store.tenantUses(day, null)).containsExactly(other);
        }
    }

    @Test
    void aKeyWasLastUsedAtTheLatestTimeThatAnyGatewayTells() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        for (Instant at : Arrays.asList(AT, AT.minusSeconds(3), null)) {
            try (Store store = open()) {
                store.rememberUses(List.of(), List.of(new KeyUse("team", "web", day, 1, 0, Map.of(), 1, at)));
            }
        }

        try (Store store = open()) {
            assertThat(store.keyUses(day, null, KeyPlace.BEGINNING, 10))
                    .extracting(KeyUse::lastAt)
                    .containsExactly(AT);
        }
    }

    /// Whoever issues tokens names their keys as they like.
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "2026-01",
                "jwt:",
                "web",
                "*",
                "~",
                "https://id.example/keys/1",
                "J8u_-x.=+",
                "with spaces",
                "schlüssel",
                "\uD83D\uDD11",
                "two\nlines",
                "\u0000\u001b[2J",
                "0123456789012345678901234567890123456789012345678901234567890123",
                "01234567890123456789012345678901234567890123456789012345678901234",
            })
    void whatCallsWithTokensCameToIsKeptByTheirKey(@Nullable String kid) {
        LocalDate day = LocalDate.of(2026, 1, 1);
        var key = new TokenKey(kid, TokenAlgorithm.EDDSA, Tokens.EDWARDS.getPublic());
        var use = new KeyUse("team", key.alias(), day, 3, 1, Map.of("limited", 2L), 40, AT);
        var next = new KeyUse("zebra", "web", day, 1, 0, Map.of(), 1, AT);
        try (Store store = open()) {
            store.rememberUses(List.of(), List.of(use, next));
        }

        try (Store store = open()) {
            assertThat(store.keyUses(day, null, KeyPlace.BEGINNING, 10)).containsExactly(use, next);
            assertThat(store.keyUses(day, "team", KeyPlace.of(null, "team"), 10))
                    .containsExactly(use);
            KeyPlace behind = KeyPlace.of("team/" + key.alias(), null);
            assertThat(store.keyUses(day, null, behind, 10)).containsExactly(next);
        }
    }

    @Test
    void whatNodesWereAskedOnTheNewestDayComesBack() {
        var node = new SpentDay("mainnet", "infura", LocalDate.of(2026, 1, 1), 9);
        var gone = new SpentDay("mainnet", "gone", LocalDate.of(2026, 1, 1), 5);
        var next = new SpentDay("mainnet", "infura", LocalDate.of(2026, 1, 2), 3);
        var together = new SpentDay("mainnet", null, LocalDate.of(2026, 1, 2), 4);
        try (Store store = open()) {
            store.rememberSpentDays(List.of(node, gone));
            assertThat(store.spentDays()).containsExactlyInAnyOrder(node, gone);
            store.rememberSpentDays(List.of(next, together));
        }

        try (Store store = open()) {
            assertThat(store.spentDays()).containsExactly(together, next);
        }
    }

    @Test
    void aMemoryWithoutAHeadComesBackWithoutOne() {
        var none = new NodeMemory(GETH, "unreachable", "refused", AT, null, null);
        try (Store store = open()) {
            store.remember(List.of(none), List.of());

            assertThat(store.memories()).containsExactly(none);
        }
    }

    @Test
    void anErrorInTheMiddleOfAChangeLeavesNothingOfItAndAUsableStore() {
        try (Store store = open()) {
            StoredDeclarations basis = store.stored();
            assertThatThrownBy(() -> store.remember(deadlyAfter(memory("ready")), List.of()))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> store.commit(basis, deadlyAfter(new NodeKept(added("n"))), line("add")))
                    .isInstanceOf(StackOverflowError.class);

            assertThat(store.memories()).isEmpty();
            assertThat(store.stored()).isEqualTo(basis);
            assertThat(store.audit(Long.MAX_VALUE, 10)).isEmpty();
            store.remember(List.of(memory("ready")), List.of());
            assertThat(store.memories()).hasSize(1);
        }
    }

    private static <T> List<T> deadlyAfter(T first) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                if (index == 0) return first;
                throw new StackOverflowError("too deep");
            }

            @Override
            public int size() {
                return 2;
            }
        };
    }

    @Test
    void aClosedStoreSaysSoInsteadOfPretending() {
        Store store = open();
        StoredDeclarations basis = store.stored();
        store.close();
        store.close();

        List<Consumer<Store>> uses = List.of(
                Store::revision,
                Store::stored,
                Store::memories,
                used -> used.audit(Long.MAX_VALUE, 1),
                used -> used.note(line("reload")),
                used -> used.remember(List.of(memory("ready")), List.of()),
                used -> used.commit(basis, List.of(), line("add")));
        assertThat(uses)
                .allSatisfy(use -> assertThatThrownBy(() -> use.accept(store)).isInstanceOf(StoreFailure.class));
    }

    private static NodeMemory memory(String verdict) {
        return new NodeMemory(GETH, verdict, "block 7", AT, 7L, "0x7");
    }

    private static StoredDeclarations commit(Store store, StoredDeclarations basis, List<StoreChange> changes) {
        assertThat(store.commit(basis, changes, line("test"))).isTrue();
        return basis.after(changes);
    }

    private static AddedNode added(String name) {
        Node node = Node.of(new NodeId("mainnet", name), Endpoint.of("http://" + name + ".example"));
        return new AddedNode(
                new Node(
                        node.id(),
                        node.role(),
                        node.endpoint(),
                        node.labels(),
                        node.weight(),
                        node.capacity(),
                        node.mode(),
                        Node.Origin.ADDED),
                false,
                AT);
    }

    protected static AuditLine line(String what) {
        return new AuditLine(0, AT, "loopback:alice", what, "mainnet", null, "details");
    }
}
