package dev.fairlead.data.access;

import static dev.fairlead.support.Tokens.EDWARDS;
import static dev.fairlead.support.Tokens.edwards;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jwt.CacheUse;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.jwt.TokenAlgorithm;
import dev.fairlead.core.jwt.TokenCheck;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.jwt.TokenIssuers;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.support.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeySetUrl FROM = new KeySetUrl(URI.create("https://id.example/keys"), null);
    private static final String GOOD = token("ed", "user");

    private final List<TokenFault> refused = new ArrayList<>();
    private final List<KeySetUrl> unknown = new ArrayList<>();
    private final AccessTokens tokens = new AccessTokens((why, _, _) -> refused.add(why), unknown::add);

    @Test
    void aTokenThatHoldsIsCheckedOnce() {
        TokenIssuers issuers = issuers(null);

        for (int i = 0; i < 5; i++) assertThat(check(GOOD, issuers, "a")).isInstanceOf(TokenCheck.Good.class);

        assertThat(use("good")).isEqualTo(new CacheUse("good", 1, 20_000, 4, 1));
        assertThat(use("bad").size()).isZero();
    }

    /// Neither tokens nor addresses that nobody vouches for take more room than there is.
    @Test
    void whatWasRefusedIsRememberedWithinBounds() {
        TokenIssuers issuers = issuers(null);
        String begin = GOOD.substring(0, GOOD.lastIndexOf('.') + 1);

        for (int i = 0; i < 12_000; i++) {
            assertThat(check(forged(begin, i), issuers, "address " + i)).isInstanceOf(TokenCheck.Bad.class);
        }

        assertThat(tokens.caches()).allSatisfy(use -> assertThat(use.size()).isLessThanOrEqualTo(use.most()));
        assertThat(use("addresses").size()).isGreaterThan(5_000);
        assertThat(refused).hasSize(12_000).containsOnly(TokenFault.SIGNATURE);
    }

    /// Neither a token that was never seen nor one that is none pays for what others send; whoever took part in
    /// the flood does.
    @Test
    void aFloodFromManyAddressesLocksNobodyElseOut() {
        TokenIssuers issuers = issuers(null);
        String begin = GOOD.substring(0, GOOD.lastIndexOf('.') + 1);
        int sent = 0;
        while (sent < 50_000 && !refused.contains(TokenFault.TOO_MANY_OF_ALL)) {
            check(forged(begin, sent), issuers, "address " + sent % 4_000);
            sent++;
        }
        assertThat(refused).contains(TokenFault.TOO_MANY_OF_ALL);

        for (int i = 0; i < 60; i++) {
            assertThat(check(token("ed", "user " + i), issuers, "honest " + i % 20))
                    .isInstanceOf(TokenCheck.Good.class);
        }
        refused.clear();
        check("a.b.c", issuers, "address 1");
        check(token("next", "user"), issuers, "address 1");
        assertThat(refused).containsExactly(TokenFault.MALFORMED, TokenFault.UNKNOWN_KEY);
    }

    /// Only what costs counts: an address that sends what is no token may go on with good ones.
    @Test
    void whatNeedsNoCheckCostsNothing() {
        TokenIssuers issuers = issuers(null);

        for (int i = 0; i < 500; i++) {
            check("a.b" + i + ".c", issuers, "a");
            check(token("next", "user " + i), issuers, "a");
        }

        assertThat(check(GOOD, issuers, "a")).isInstanceOf(TokenCheck.Good.class);
        assertThat(use("addresses").size()).isZero();
    }

    private static String forged(String begin, int number) {
        return begin + "%05d".formatted(number) + "A".repeat(81);
    }

    /// A token without a `kid` costs as many checks as there are keys that it may be signed by.
    @Test
    void eachKeyThatIsTriedIsPaidFor() {
        var keys = new ArrayList<TokenKey>();
        for (int i = 0; i < 3; i++) {
            keys.add(new TokenKey(
                    "k" + i, TokenAlgorithm.EDDSA, Tokens.pair("Ed25519", 255).getPublic()));
        }
        var plan = new TokenPlan(List.of(new KeySource("set", keys)), null, null, "gateway", null, false);
        var issuers = new TokenIssuers(Map.of("dapp", plan));
        String any = edwards(
                EDWARDS.getPrivate(),
                "{\"alg\":\"EdDSA\"}",
                "{\"aud\":\"gateway\",\"exp\":" + (NOW.getEpochSecond() + 600) + "}");
        String begin = any.substring(0, any.lastIndexOf('.') + 1);

        for (int i = 0; i < 15; i++) check(begin + "%05d".formatted(i) + "A".repeat(81), issuers, "a");

        assertThat(refused).contains(TokenFault.TOO_MANY);
    }

    @Test
    void aKeyThatIsNotKnownIsAskedForWhereItMayBe() {
        TokenIssuers issuers = issuers(new RemoteKeySet(FROM, Duration.ofMinutes(5), List.of()));

        check(token("next", "user"), issuers, "a");
        check("a.b.c", issuers, "a");

        assertThat(refused).containsExactly(TokenFault.UNKNOWN_KEY, TokenFault.MALFORMED);
        assertThat(unknown).containsExactly(FROM);
    }

    @Test
    void aKeyThatIsGoneEndsWhatIsRemembered() {
        var key = new TokenKey("ed", TokenAlgorithm.EDDSA, EDWARDS.getPublic());
        var before = issuers(new RemoteKeySet(FROM, Duration.ofMinutes(5), List.of(key)));
        var after = issuers(new RemoteKeySet(FROM, Duration.ofMinutes(5), List.of()));

        assertThat(check(GOOD, before, "a")).isInstanceOf(TokenCheck.Good.class);
        assertThat(check(GOOD, after, "a")).isInstanceOf(TokenCheck.Bad.class);
        assertThat(check(GOOD, before, "a")).isInstanceOf(TokenCheck.Good.class);
    }

    private TokenCheck check(String token, TokenIssuers issuers, String address) {
        return tokens.check(token, issuers, null, address, NOW);
    }

    private CacheUse use(String name) {
        return tokens.caches().stream()
                .filter(use -> use.cache().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TokenIssuers issuers(@Nullable RemoteKeySet remote) {
        var key = new TokenKey("ed", TokenAlgorithm.EDDSA, EDWARDS.getPublic());
        List<KeySource> files = remote == null ? List.of(new KeySource("ed.pem", List.of(key))) : List.of();
        return new TokenIssuers(Map.of("dapp", new TokenPlan(files, null, remote, "gateway", null, false)));
    }

    private static String token(String kid, String subject) {
        return edwards(
                EDWARDS.getPrivate(),
                "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}",
                "{\"aud\":\"gateway\",\"sub\":\"" + subject + "\",\"exp\":" + (NOW.getEpochSecond() + 600) + "}");
    }
}
