package dev.fairlead.control.issuer;

import static dev.fairlead.support.Tokens.EC;
import static dev.fairlead.support.Tokens.RSA;
import static dev.fairlead.support.Tokens.es256;
import static dev.fairlead.support.Tokens.rs256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.control.operate.FileDeclarations;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.jwt.TokenCheck;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import dev.fairlead.support.Await;
import dev.fairlead.support.KeySetServer;
import dev.fairlead.support.KeySetServer.Answer;
import dev.fairlead.support.KeySetTexts;
import dev.fairlead.support.RecordedEvents;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys that are fetched from a server of an issuer, until tokens are checked by them.
class KeySetsTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String ONE = KeySetTexts.rsa("one", RSA);
    private static final String TWO = KeySetTexts.ec("two", "P-256", EC);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CLAIMS = "{\"aud\":\"gateway\",\"exp\":" + (NOW.getEpochSecond() + 600) + "}";
    private static final String BY_ONE = rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"one\"}", CLAIMS);
    private static final String BY_TWO = es256(EC.getPrivate(), "{\"alg\":\"ES256\",\"kid\":\"two\"}", CLAIMS);

    @TempDir
    private Path directory;

    private final RecordedEvents told = new RecordedEvents();
    private final KeySetServer server = KeySetServer.start(KeySetServer.keys(ONE));
    private SqliteStore store;
    private Operator operator;
    private KeySets sets;

    @BeforeEach
    void start() {
        store = SqliteStore.open(new StoreConfig(directory));
        operator = new Operator(store, told, InstantSource.system());
        sets = new KeySets(
                new KeySetFetch(SOON), operator::fetched, told, InstantSource.system(), new Supervisor(told::fault));
        operator.tenants().onPublish(tenants -> sets.declare(tenants.plan().tenants()));
    }

    @AfterEach
    void end() {
        server.close();
        sets.close();
        store.close();
        assertThat(told.faults).isEmpty();
    }

    @Test
    void tokensHoldByTheKeysThatAreThereNow() {
        declare(SOON, server.url());
        Await.until("the first key is there", () -> holds(BY_ONE));
        assertThat(check(BY_TWO)).isEqualTo(TokenFault.UNKNOWN_KEY);

        server.answer = KeySetServer.keys(ONE, TWO);
        Await.until("the next key is there", () -> holds(BY_TWO));
        assertThat(holds(BY_ONE)).isTrue();

        server.answer = KeySetServer.keys(TWO);
        Await.until("the first key is gone", () -> !holds(BY_ONE));
        assertThat(holds(BY_TWO)).isTrue();
        assertThat(told.lines)
                .anyMatch(line -> line.contains("of dapp from http://127.0.0.1:") && line.contains("are there: 1 key"));
        assertThat(told.lines).anyMatch(line -> line.contains("have changed: 2 keys"));
    }

    @Test
    void aSetHasSixteenKeysAtTheMost() {
        var keys = new ArrayList<String>();
        for (int i = 1; i < 16; i++) keys.add(KeySetTexts.rsa("other-" + i, RSA));
        keys.add(TWO);
        server.answer = KeySetServer.keys(keys.toArray(String[]::new));
        declare(SOON, server.url());
        Await.until("the last key is there", () -> holds(BY_TWO));

        keys.add(ONE);
        server.answer = KeySetServer.keys(keys.toArray(String[]::new));
        Await.until("the set is refused", () -> state(server.url()).fault() != null);

        assertThat(state(server.url()).fault()).contains("at most 16 keys for tokens, found 17");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBadAnswerKeepsTheLastGoodKeysAndIsToldOnce(String what, Answer bad, String found) {
        declare(SOON, server.url());
        Await.until("the key is there", () -> holds(BY_ONE));

        server.answer = bad;
        Await.until("it failed three times", () -> state(server.url()).inARow() >= 3);

        assertThat(holds(BY_ONE)).isTrue();
        assertThat(state(server.url()).fault()).contains(found);
        assertThat(state(server.url()).keys()).isEqualTo(1);
        assertThat(told.lines)
                .filteredOn(line -> line.contains("cannot be fetched"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(found, "those that were fetched last are kept"));
        assertThat(server.asked).containsOnly("/jwks.json");

        server.answer = KeySetServer.keys(TWO);
        Await.until("the next key is there", () -> holds(BY_TWO));
        Await.until("no fault is told", () -> state(server.url()).fault() == null);
    }

    static Stream<Arguments> aBadAnswerKeepsTheLastGoodKeysAndIsToldOnce() {
        return Stream.of(
                arguments("HTML", new Answer.Text(200, "<html>"), "found a page of HTML"),
                arguments("nothing", new Answer.Text(200, ""), "found nothing"),
                arguments("no usable key", new Answer.Text(200, KeySetTexts.set()), "found none"),
                arguments("not there", new Answer.Text(404, ONE), "found 404"),
                arguments("locked", new Answer.Text(401, ""), "needs a user and a password"),
                arguments("a redirect", new Answer.Redirect("/elsewhere"), "found 302"),
                arguments("too large", new Answer.Endless(200), "at most 64 KiB"),
                arguments("an endless fault", new Answer.Endless(500), "found 500"),
                arguments("hanging", new Answer.Hanging(), "within 1 s"),
                arguments("cut off", new Answer.CutOff("{\"keys\":"), "the connection broke"));
    }

    @Test
    void anIssuerThatIsOutOfReachAtTheStartIsAskedUntilItAnswers() {
        String url = server.url();
        int port = server.port();
        server.close();
        declare(SOON, url);

        Await.until("it failed", () -> state(url).inARow() >= 2);
        assertThat(check(BY_ONE)).isEqualTo(TokenFault.UNKNOWN_KEY);
        assertThat(state(url).goodAt()).isNull();
        assertThat(told.lines)
                .filteredOn(line -> line.contains("tokens that need them are refused"))
                .hasSize(1);

        try (var again = KeySetServer.start(port, KeySetServer.keys(ONE))) {
            Await.until("the key is there", () -> holds(BY_ONE));
            assertThat(again.asked).isNotEmpty();
        }
    }

    /// However many calls name a key that is not known.
    @Test
    void aKeyThatIsNotKnownHasTheSetFetchedOnceAMinute() {
        declare(NEVER, server.url());
        Await.until("the first key is there", () -> holds(BY_ONE));
        server.answer = KeySetServer.keys(ONE, TWO);

        Await.until("the next key is there", () -> {
            elsewhere(BY_TWO).forEach(sets::unknownKid);
            return holds(BY_TWO);
        });
        server.answer = KeySetServer.keys(TWO);
        for (int i = 0; i < 10_000; i++) sets.unknownKid(from(server.url()));
        Await.forAWhile(Duration.ofMillis(500));

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void onlyATokenThatMayComeFromTheSetHasItFetched() {
        declare(NEVER, server.url());
        Await.until("the first key is there", () -> holds(BY_ONE));
        String elsewhere = CLAIMS.replace("gateway", "another");

        assertThat(elsewhere(BY_TWO)).containsExactly(from(server.url()));
        assertThat(elsewhere(BY_ONE.substring(0, BY_ONE.length() - 342) + "A".repeat(342)))
                .isEmpty();
        assertThat(elsewhere(es256(EC.getPrivate(), "{\"alg\":\"ES256\",\"kid\":\"two\"}", elsewhere)))
                .isEmpty();
    }

    @Test
    void aTenantThatIsGoneOrNamesAnotherUrlEndsTheFetching() {
        declare(SOON, server.url());
        Await.until("the first key is there", () -> holds(BY_ONE));

        operator.reload("me", FileDeclarations.NOTHING, List.of());
        assertThat(sets.byTenant()).isEmpty();
        assertThat(holds(BY_ONE)).isFalse();

        try (var other = KeySetServer.start(KeySetServer.keys(TWO))) {
            declare(SOON, other.url());
            Await.until("the key of the other is there", () -> holds(BY_TWO));
            int before = server.asked.size();
            int others = other.asked.size();
            Await.until("the other was asked again", () -> other.asked.size() > others + 1);
            assertThat(server.asked).hasSize(before);
            assertThat(holds(BY_ONE)).isFalse();
        }
    }

    @Test
    void anotherRefreshAloneKeepsTheKeys() {
        declare(NEVER, server.url());
        Await.until("the first key is there", () -> holds(BY_ONE));

        server.answer = new Answer.Text(500, "");
        declare(SOON, server.url());

        assertThat(holds(BY_ONE)).isTrue();
        Await.until("it is fetched sooner", () -> server.asked.size() > 1);
        assertThat(holds(BY_ONE)).isTrue();
    }

    @Test
    void aUserAndAPasswordAreSentAndShownNowhere() {
        operator.declareFile(
                file(SOON, new KeySetUrl(URI.create(server.url() + "?key=secret-text"), "Basic secret-text")));

        Await.until("the first key is there", () -> holds(BY_ONE));

        assertThat(server.authorizations).containsOnly("Basic secret-text");
        assertThat(told.lines).isNotEmpty().noneMatch(line -> line.contains("secret-text"));
    }

    private void declare(Duration refresh, String url) {
        operator.declareFile(file(refresh, from(url)));
    }

    private static FileDeclarations file(Duration refresh, KeySetUrl from) {
        var plan = new TokenPlan(List.of(), null, new RemoteKeySet(from, refresh, List.of()), "gateway", null, false);
        var tenant = new TenantPlan("dapp", MethodPolicy.NONE).with(plan);
        return new FileDeclarations(
                List.of(),
                new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of(), List.of(tenant), List.of()),
                true,
                KeyPlaces.NONE);
    }

    private static KeySetUrl from(String url) {
        return new KeySetUrl(URI.create(url), null);
    }

    private KeySetState state(String url) {
        return sets.state(from(url));
    }

    private TokenFault check(String token) {
        return ((TokenCheck.Bad) checked(token)).fault();
    }

    private boolean holds(String token) {
        return checked(token) instanceof TokenCheck.Good;
    }

    private List<KeySetUrl> elsewhere(String token) {
        return checked(token) instanceof TokenCheck.Bad(var _, var _, var sets) ? sets : List.of();
    }

    private TokenCheck checked(String token) {
        return TokenCheck.of(token, operator.policies().now().issuers(), null, NOW);
    }
}
