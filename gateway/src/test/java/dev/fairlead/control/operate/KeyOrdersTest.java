package dev.fairlead.control.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOrdersTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String INFURAS = "9aa3d95b3bc440fa88ea12eaa4456161";

    private StoredDeclarations stored = StoredDeclarations.nothing(0)
            .after(List.of(new TenantKept(new AddedTenant("dapp", AT)), new TenantKept(new AddedTenant("other", AT))));
    private Instant now = AT;
    private int made;

    @Test
    void aKeyMayExpire() {
        assertThat(add("never", new KeyExpiry.Unsaid()).expiresAt()).isNull();
        assertThat(add("in", new KeyExpiry.In(Duration.ofDays(90))).expiresAt()).isEqualTo("2026-04-02T03:04:05Z");
        assertThat(add("at", new KeyExpiry.At(AT.plusSeconds(7))).expiresAt()).isEqualTo(AT.plusSeconds(7));
    }

    @Test
    void aKeyNeverExpiresInThePastNorInAThousandYears() {
        List<KeyExpiry> wrong = List.of(
                new KeyExpiry.At(AT),
                new KeyExpiry.At(AT.minusSeconds(1)),
                new KeyExpiry.At(Instant.MAX),
                new KeyExpiry.In(Duration.ZERO),
                new KeyExpiry.In(Duration.ofSeconds(-5)),
                new KeyExpiry.In(Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(wrong).allSatisfy(expiry -> {
            assertThat(rejected(orders().add(order("web", null, expiry), random(), now))
                            .reason())
                    .contains("between now and 100 years from now");
            assertThat(rejected(orders().rotate(order("web", null, expiry), DAY, random(), now))
                            .reason())
                    .contains("between now and 100 years from now");
        });
    }

    @Test
    void aKeyThatIsBroughtAlongIsKeptAsItIsAndNotShown() {
        Decision decision = orders().add(order("web", INFURAS, new KeyExpiry.Never()), random(), now);

        Subject.OfKey subject = subject(decision);
        assertThat(subject.generated()).isNull();
        assertThat(subject.key().hash()).isEqualTo(KeyHash.of(INFURAS));
        assertThat(subject.key().prefix()).isEqualTo("9aa3d95b");
        assertThat(decision.toString()).doesNotContain(INFURAS);
        assertThat(order("web", INFURAS, new KeyExpiry.Never()).toString()).doesNotContain(INFURAS);
    }

    @Test
    void ofAShortKeyLittleIsShown() {
        Subject.OfKey subject =
                subject(orders().add(order("web", "Abcdefgh01234567", new KeyExpiry.Never()), random(), now));

        assertThat(subject.key().prefix()).isEqualTo("Abcd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tooshort-123456",
                "a key with spaces in it 123",
                "a/key/with/slashes/0123456789",
                "key%20with%20percent%20signs",
                "schlüssel-0123456789abcdef",
                "key-with-newline-0123456789\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "1234567890123456",
                "0x0123456789abcdef0123456789abcdef",
            })
    void aKeyThatCannotBeOneIsRefusedWithoutBeingRepeated(String key) {
        Rejected rejected = rejected(orders().add(order("web", key, new KeyExpiry.Never()), random(), now));

        assertThat(rejected.cause()).isEqualTo(Cause.INVALID);
        assertThat(rejected.reason()).startsWith("key: expected ");
        if (!key.isEmpty()) assertThat(rejected.toString()).doesNotContain(key);
    }

    @Test
    void aKeyOfMoreThan128CharactersIsRefused() {
        assertThat(rejected(orders().add(order("web", "abcdefgh".repeat(17), new KeyExpiry.Never()), random(), now))
                        .reason())
                .contains("16 to 128");
    }

    @Test
    void theSameKeyIsNobodyElses() {
        give(orders().add(order("web", INFURAS, new KeyExpiry.Never()), random(), now));

        assertThat(rejected(orders().add(order("app", INFURAS, new KeyExpiry.Never()), random(), now)))
                .satisfies(no -> assertThat(no.cause()).isEqualTo(Cause.CONFLICT))
                .satisfies(no -> assertThat(no.reason()).contains("as dapp/web"));
    }

    @Test
    void anAliasThatIsInUseIsRotatedAndNotAddedAgain() {
        add("web", new KeyExpiry.In(DAY));

        assertThat(rejected(orders().add(order("web", null, new KeyExpiry.Never()), random(), now)))
                .satisfies(no -> assertThat(no.cause()).isEqualTo(Cause.CONFLICT))
                .satisfies(no -> assertThat(no.remedy()).contains("rotate it"));

        now = AT.plus(DAY);
        assertThat(rejected(orders().rotate(order("web", null, new KeyExpiry.Never()), DAY, random(), now)))
                .satisfies(no -> assertThat(no.cause()).isEqualTo(Cause.UNKNOWN))
                .satisfies(no -> assertThat(no.reason()).contains("that is valid"));
        ApiKey second = add("web", new KeyExpiry.Never());
        assertThat(stored.keys().all()).containsExactly(second);
    }

    @Test
    void anExpiredKeyMayBeBroughtAlongAgain() {
        give(orders().add(order("web", INFURAS, new KeyExpiry.In(DAY)), random(), now));
        now = AT.plus(DAY);

        give(orders().add(order("web", INFURAS, new KeyExpiry.Never()), random(), now));

        assertThat(stored.keys().all())
                .singleElement()
                .satisfies(key -> assertThat(key.expiresAt()).isNull());
    }

    @Test
    void aRotatedKeyIsValidForAWhileBesideTheNewOne() {
        ApiKey old = add("web", new KeyExpiry.Unsaid());
        now = AT.plusSeconds(60);

        ApiKey next = rotate(DAY);

        assertThat(stored.keys().of("dapp", "web")).containsExactly(old.until(now.plus(DAY)), next);
        assertThat(next.expiresAt()).isNull();
    }

    @Test
    void withoutAnOverlapTheOldKeyIsRevokedAtOnce() {
        add("web", new KeyExpiry.Unsaid());

        ApiKey next = rotate(Duration.ZERO);

        assertThat(stored.keys().all()).containsExactly(next);
    }

    @Test
    void aRotationMakesNoKeyLiveLonger() {
        ApiKey old = add("web", new KeyExpiry.In(Duration.ofHours(2)));

        ApiKey next = rotate(DAY);

        assertThat(stored.keys().of("dapp", "web")).containsExactly(old, next);
        assertThat(next.expiresAt()).isEqualTo(AT.plus(Duration.ofHours(2)));
    }

    @Test
    void aNewKeyLivesAsLongAsTheOldOneWasMeantTo() {
        now = AT.plusMillis(987);
        add("web", new KeyExpiry.In(Duration.ofDays(90)));
        now = AT.plus(Duration.ofDays(30)).plusMillis(12);

        ApiKey next = rotate(DAY);

        assertThat(next.expiresAt()).isEqualTo(AT.plus(Duration.ofDays(120)));
    }

    @Test
    void keysThatAreRotatedInTheSameMomentStillHaveAnOrder() {
        add("web", new KeyExpiry.Unsaid());
        rotate(DAY);
        ApiKey newest = rotate(DAY);

        assertThat(stored.keys().of("dapp", "web")).hasSize(3).last().isEqualTo(newest);
    }

    @Test
    void anAliasHasTenValidKeysAtTheMost() {
        add("web", new KeyExpiry.Unsaid());
        for (int i = 1; i < KeyOrders.MOST_OF_AN_ALIAS; i++) rotate(DAY);

        assertThat(rejected(orders().rotate(order("web", null, new KeyExpiry.Unsaid()), DAY, random(), now))
                        .reason())
                .contains("at most 10 valid keys of one alias");
        now = AT.plus(DAY);
        rotate(DAY);
        assertThat(stored.keys().all()).hasSize(2);
    }

    @Test
    void oneOfSeveralKeysOfAnAliasIsRevokedByItsPrefix() {
        ApiKey old = add("web", new KeyExpiry.Unsaid());
        ApiKey next = rotate(DAY);

        assertThat(rejected(orders().revoke("dapp", "web", "fl_other")).cause()).isEqualTo(Cause.UNKNOWN);
        give(orders().revoke("dapp", "web", old.prefix()));

        assertThat(stored.keys().all()).containsExactly(next);
        give(orders().revoke("dapp", "web", null));
        assertThat(stored.keys().all()).isEmpty();
    }

    @Test
    void whatDoesNotExistIsNotRevokedAndAKeyInItsPlaceIsNotRepeated() {
        assertThat(rejected(orders().revoke("dapp", "web", null)).reason()).isEqualTo("there is no key dapp/web");
        assertThat(rejected(orders().revoke("dapp", INFURAS, null)).reason()).doesNotContain(INFURAS);
        assertThat(rejected(orders().add(new KeyOrder("nobody", null, null, new KeyExpiry.Never()), random(), now))
                        .cause())
                .isEqualTo(Cause.UNKNOWN);
        assertThat(rejected(orders().add(new KeyOrder("public", null, null, new KeyExpiry.Never()), random(), now))
                        .cause())
                .isEqualTo(Cause.INVALID);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 367L * 86_400, Long.MAX_VALUE})
    void anOverlapIsAYearAtTheMost(long seconds) {
        add("web", new KeyExpiry.Unsaid());

        assertThat(rejected(orders().rotate(
                                        order("web", null, new KeyExpiry.Unsaid()),
                                        Duration.ofSeconds(seconds),
                                        random(),
                                        now))
                        .reason())
                .startsWith("overlap: expected");
    }

    @Test
    void thereAreAHundredThousandKeysAtTheMost() {
        var changes = new ArrayList<StoreChange>();
        for (int i = 0; i < KeyOrders.MOST_KEYS; i++) {
            changes.add(new KeyKept(new ApiKey("other", "k" + i, "fl_abc", KeyHash.of("key " + i), AT, null)));
        }
        stored = stored.after(changes);

        assertThat(rejected(orders().add(order("web", null, new KeyExpiry.Never()), random(), now))
                        .reason())
                .contains("at most 100,000 keys");
        give(orders().revoke("other", "k7", null));
        add("web", new KeyExpiry.Never());
    }

    private KeyOrders orders() {
        return new KeyOrders(stored, MergedDeclarations.of(FileDeclarations.NOTHING, stored));
    }

    private ApiKey add(String alias, KeyExpiry expiry) {
        return give(orders().add(order(alias, null, expiry), random(), now));
    }

    private ApiKey rotate(Duration overlap) {
        return give(orders().rotate(order("web", null, new KeyExpiry.Unsaid()), overlap, random(), now));
    }

    private ApiKey give(Decision decision) {
        ApiKey key = subject(decision).key();
        stored = stored.after(((Accepted) decision).changes());
        return key;
    }

    private String random() {
        return "fl_" + made++ + "_abcdefghijklmnopqrstuvwxyz";
    }

    private static KeyOrder order(String alias, @Nullable String key, KeyExpiry expiry) {
        return new KeyOrder("dapp", alias, key, expiry);
    }

    private static Subject.OfKey subject(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return (Subject.OfKey) ((Accepted) decision).subject();
    }

    private static Rejected rejected(Decision decision) {
        assertThat(decision).isInstanceOf(Rejected.class);
        return (Rejected) decision;
    }
}
