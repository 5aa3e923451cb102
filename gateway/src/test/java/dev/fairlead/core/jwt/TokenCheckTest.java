package dev.fairlead.core.jwt;

import static dev.fairlead.support.Tokens.EC;
import static dev.fairlead.support.Tokens.EDWARDS;
import static dev.fairlead.support.Tokens.RSA;
import static dev.fairlead.support.Tokens.byJdk;
import static dev.fairlead.support.Tokens.edwards;
import static dev.fairlead.support.Tokens.es256;
import static dev.fairlead.support.Tokens.hs;
import static dev.fairlead.support.Tokens.part;
import static dev.fairlead.support.Tokens.rs256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.RSAKey;
import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.ContractAddress;
import dev.fairlead.support.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final String GOOD = claims("\"exp\":" + (SECOND + 600));
    private static final String RS = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
    private static final String ES = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";
    private static final String ED = "{\"alg\":\"EdDSA\",\"kid\":\"ed\"}";
    private static final TokenIssuers ISSUERS =
            issuers(Map.of("dapp", plan(null, false, key("rsa", RSA), key("ec", EC), key("ed", EDWARDS))));

    @ParameterizedTest
    @MethodSource
    void aTokenWithAGoodSignatureHolds(String token) {
        assertThat(check(token)).isInstanceOfSatisfying(TokenCheck.Good.class, good -> {
            assertThat(good.token().tenant()).isEqualTo("dapp");
            assertThat(good.token().end()).isEqualTo(NOW.plusSeconds(660));
            assertThat(good.token().lists()).isEqualTo(AllowLists.NONE);
        });
    }

    static Stream<String> aTokenWithAGoodSignatureHolds() {
        return Stream.of(
                rs256(RSA.getPrivate(), RS, GOOD),
                es256(EC.getPrivate(), ES, GOOD),
                edwards(EDWARDS.getPrivate(), ED, GOOD),
                edwards(EDWARDS.getPrivate(), "{\"alg\":\"Ed25519\",\"kid\":\"ed\"}", GOOD),
                rs256(RSA.getPrivate(), "{\"typ\":\"JWT\",\"alg\":\"RS256\"}", GOOD),
                es256(EC.getPrivate(), "{\"alg\":\"ES256\"}", GOOD),
                rs256(RSA.getPrivate(), RS, "{\"aud\":[\"other\",\"gateway\"],\"exp\":" + (SECOND + 600) + "}"),
                rs256(RSA.getPrivate(), RS, claims("\"exp\":" + (SECOND + 600) + ".0,\"nbf\":" + (SECOND + 50))));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoGoodIsRefused(String what, TokenFault fault, String token) {
        assertThat(check(token))
                .as(what)
                .isInstanceOfSatisfying(
                        TokenCheck.Bad.class, bad -> assertThat(bad.fault()).isEqualTo(fault));
    }

    static Stream<Arguments> whatIsNoGoodIsRefused() {
        byte[] rsaPem = pem(RSA.getPublic()).getBytes(StandardCharsets.US_ASCII);
        KeyPair other = Tokens.pair("RSA", 2048);
        KeyPair k256 = Tokens.curve("secp384r1");
        String jwk =
                new RSAKey.Builder((RSAPublicKey) other.getPublic()).build().toJSONString();
        String good = rs256(RSA.getPrivate(), RS, GOOD);
        String[] parts = good.split("\\.");
        return Stream.of(
                arguments("none", TokenFault.ALGORITHM, part("{\"alg\":\"none\"}") + "." + part(GOOD) + ".AA"),
                arguments("None", TokenFault.ALGORITHM, part("{\"alg\":\"nOnE\"}") + "." + part(GOOD) + ".AA"),
                arguments("no signature", TokenFault.MALFORMED, parts[0] + "." + parts[1] + "."),
                arguments("two parts", TokenFault.MALFORMED, parts[0] + "." + parts[1]),
                arguments("four parts", TokenFault.MALFORMED, good + ".AA"),
                arguments(
                        "HS256 by the public key",
                        TokenFault.ALGORITHM,
                        hs(rsaPem, "{\"alg\":\"HS256\",\"kid\":\"rsa\"}", GOOD)),
                arguments(
                        "HS256 by its bytes",
                        TokenFault.ALGORITHM,
                        hs(RSA.getPublic().getEncoded(), "{\"alg\":\"HS256\"}", GOOD)),
                arguments(
                        "RS512",
                        TokenFault.ALGORITHM,
                        byJdk("SHA512withRSA", RSA.getPrivate(), "{\"alg\":\"RS512\",\"kid\":\"rsa\"}", GOOD)),
                arguments(
                        "PS256",
                        TokenFault.ALGORITHM,
                        byJdk("SHA256withRSA", RSA.getPrivate(), "{\"alg\":\"PS256\",\"kid\":\"rsa\"}", GOOD)),
                arguments(
                        "ES384",
                        TokenFault.ALGORITHM,
                        es256(k256.getPrivate(), "{\"alg\":\"ES384\",\"kid\":\"ec\"}", GOOD)),
                arguments(
                        "another curve under ES256",
                        TokenFault.SIGNATURE,
                        byJdk("SHA256withECDSAinP1363Format", k256.getPrivate(), ES, GOOD)),
                arguments(
                        "DER instead of R and S",
                        TokenFault.SIGNATURE,
                        byJdk("SHA256withECDSA", EC.getPrivate(), ES, GOOD)),
                arguments("zeros as ES256", TokenFault.SIGNATURE, part(ES) + "." + part(GOOD) + "." + zeros(64)),
                arguments("zeros as EdDSA", TokenFault.SIGNATURE, part(ED) + "." + part(GOOD) + "." + zeros(64)),
                arguments("short EdDSA", TokenFault.SIGNATURE, part(ED) + "." + part(GOOD) + "." + zeros(10)),
                arguments("RS256 by an unknown key", TokenFault.SIGNATURE, rs256(other.getPrivate(), RS, GOOD)),
                arguments(
                        "an unknown kid",
                        TokenFault.UNKNOWN_KEY,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"x\"}", GOOD)),
                arguments(
                        "kid of another kind",
                        TokenFault.UNKNOWN_KEY,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"ec\"}", GOOD)),
                arguments(
                        "kid as a path",
                        TokenFault.UNKNOWN_KEY,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"../../rsa\"}", GOOD)),
                arguments(
                        "embedded jwk",
                        TokenFault.HEADER,
                        rs256(other.getPrivate(), "{\"alg\":\"RS256\",\"jwk\":" + jwk + "}", GOOD)),
                arguments(
                        "jku",
                        TokenFault.HEADER,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1/\"}", GOOD)),
                arguments(
                        "x5u",
                        TokenFault.HEADER,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"x5u\":\"http://127.0.0.1/\"}", GOOD)),
                arguments(
                        "x5c",
                        TokenFault.HEADER,
                        rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"x5c\":[\"AAAA\"]}", GOOD)),
                arguments(
                        "crit",
                        TokenFault.HEADER,
                        byJdk(
                                "SHA256withRSA",
                                RSA.getPrivate(),
                                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"],\"exp\":1}",
                                GOOD)),
                arguments(
                        "b64",
                        TokenFault.HEADER,
                        byJdk(
                                "SHA256withRSA",
                                RSA.getPrivate(),
                                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"b64\":false,\"crit\":[\"b64\"]}",
                                GOOD)),
                arguments(
                        "two algs",
                        TokenFault.ALGORITHM,
                        byJdk("SHA256withRSA", RSA.getPrivate(), "{\"alg\":\"none\",\"alg\":\"RS256\"}", GOOD)),
                arguments(
                        "two kids",
                        TokenFault.MALFORMED,
                        byJdk(
                                "SHA256withRSA",
                                RSA.getPrivate(),
                                "{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"rsa\"}",
                                GOOD)),
                arguments(
                        "changed claims",
                        TokenFault.SIGNATURE,
                        parts[0] + "." + part(claims("\"exp\":" + (SECOND + 9_000))) + "." + parts[2]),
                arguments("no exp", TokenFault.NO_EXPIRY, rs256(RSA.getPrivate(), RS, claims("\"sub\":\"x\""))),
                arguments("exp null", TokenFault.NO_EXPIRY, rs256(RSA.getPrivate(), RS, claims("\"exp\":null"))),
                arguments(
                        "exp a text",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"exp\":\"" + (SECOND + 600) + "\""))),
                arguments(
                        "exp beyond all",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"exp\":1e30"))),
                arguments(
                        "exp below all", TokenFault.MALFORMED_CLAIM, rs256(RSA.getPrivate(), RS, claims("\"exp\":-1"))),
                arguments(
                        "two exp",
                        TokenFault.MALFORMED,
                        rs256(RSA.getPrivate(), RS, claims("\"exp\":1,\"exp\":" + (SECOND + 600)))),
                arguments("over", TokenFault.EXPIRED, rs256(RSA.getPrivate(), RS, claims("\"exp\":" + (SECOND - 60)))),
                arguments(
                        "not yet",
                        TokenFault.NOT_YET_VALID,
                        rs256(RSA.getPrivate(), RS, claims("\"exp\":" + (SECOND + 600) + ",\"nbf\":" + (SECOND + 61)))),
                arguments(
                        "from the future",
                        TokenFault.NOT_YET_VALID,
                        rs256(RSA.getPrivate(), RS, claims("\"exp\":" + (SECOND + 600) + ",\"iat\":" + (SECOND + 61)))),
                arguments(
                        "no aud",
                        TokenFault.NO_AUDIENCE,
                        rs256(RSA.getPrivate(), RS, "{\"exp\":" + (SECOND + 600) + "}")),
                arguments(
                        "another aud",
                        TokenFault.WRONG_AUDIENCE,
                        rs256(RSA.getPrivate(), RS, "{\"aud\":\"Gateway\",\"exp\":" + (SECOND + 600) + "}")),
                arguments(
                        "aud a number",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, "{\"aud\":1,\"exp\":" + (SECOND + 600) + "}")),
                arguments(
                        "methods a number",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"methods\":1"))),
                arguments(
                        "no methods",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"methods\":[]"))),
                arguments(
                        "methods null",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"methods\":null"))),
                arguments(
                        "no address",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"addresses\":[\"0x1\"]"))),
                arguments(
                        "no origin",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(RSA.getPrivate(), RS, claims("\"origins\":[\"a.example/x\"]"))),
                arguments("no JSON", TokenFault.MALFORMED, rs256(RSA.getPrivate(), RS, "hello")),
                arguments("a list", TokenFault.NO_EXPIRY, rs256(RSA.getPrivate(), RS, "[]")),
                arguments(
                        "too long",
                        TokenFault.TOO_LONG,
                        rs256(RSA.getPrivate(), RS, claims("\"x\":\"" + "y".repeat(4_000) + "\""))),
                arguments(
                        "a long subject",
                        TokenFault.MALFORMED_CLAIM,
                        rs256(
                                RSA.getPrivate(),
                                RS,
                                claims("\"exp\":" + (SECOND + 600) + ",\"sub\":\"" + "y".repeat(257) + "\""))),
                arguments("padding", TokenFault.MALFORMED, good + "="),
                arguments(
                        "a letter of base64",
                        TokenFault.MALFORMED,
                        parts[0] + "." + parts[1] + ".+" + parts[2].substring(1)));
    }

    /// Whatever stands there, and though the library takes it for nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[]",
                "\"crit\":null",
                "\"crit\":\"exp\"",
                "\"jwk\":{\"kty\":\"RSA\"}",
                "\"jwk\":null",
                "\"jku\":null",
                "\"x5u\":1",
                "\"x5c\":[]",
                "\"b64\":true"
            })
    void aHeaderThatBringsAKeyOrMustBeUnderstoodIsRefused(String member) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\"," + member + "}";

        assertThat(fault(byJdk("SHA256withRSA", RSA.getPrivate(), header, GOOD)))
                .isEqualTo(TokenFault.HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000any", "\\u0000unnamed", "", "Any", "Unnamed[]"})
    void noKidStandsForOtherKeys(String kid) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}";

        assertThat(fault(byJdk("SHA256withRSA", RSA.getPrivate(), header, GOOD)))
                .isEqualTo(TokenFault.UNKNOWN_KEY);
    }

    /// A claim that was meant to narrow never leaves its bearer with all.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "methods":"eth_call"              | MALFORMED_CLAIM
            "methods":{"eth_call":true}       | MALFORMED_CLAIM
            "methods":[1]                     | MALFORMED_CLAIM
            "methods":[["eth_call"]]          | MALFORMED_CLAIM
            "methods":true                    | MALFORMED_CLAIM
            "addresses":"0x00000000219ab540356cbb839cbe05303d7705fa" | MALFORMED_CLAIM
            "origins":"https://a.example"     | MALFORMED_CLAIM
            "user_agents":"MyApp/*"           | MALFORMED_CLAIM
            "sub":1                           | MALFORMED_CLAIM
            "iss":["a"]                       | MALFORMED_CLAIM
            "nbf":"1"                         | MALFORMED_CLAIM
            "aud":[["gateway"]]               | MALFORMED_CLAIM
            "method":["eth_call"]             | MISSPELLED_CLAIM
            "Methods":["eth_call"]            | MISSPELLED_CLAIM
            "METHOD":"eth_call"               | MISSPELLED_CLAIM
            "address":["0x00"]                | MISSPELLED_CLAIM
            "Addresses":[]                    | MISSPELLED_CLAIM
            "origin":"https://a.example"      | MISSPELLED_CLAIM
            "userAgents":["MyApp/*"]          | MISSPELLED_CLAIM
            "user-agent":"MyApp/*"            | MISSPELLED_CLAIM
            "agents":["MyApp/*"]              | MISSPELLED_CLAIM
            "method_s":null                   | MISSPELLED_CLAIM
            """)
    void whatWasMeantToNarrowIsNeverLetBe(String claim, TokenFault fault) {
        String more = "\"exp\":" + (SECOND + 600) + "," + claim;
        String claims = claim.startsWith("\"aud\"") ? "{" + more + "}" : claims(more);

        assertThat(fault(rs256(RSA.getPrivate(), RS, claims))).isEqualTo(fault);
    }

    @Test
    void claimsOfOthersAreLetBe() {
        String others = "\"address\":{\"country\":\"CH\"},\"amr\":[\"pwd\"],\"auth_method\":\"x\",\"origin_jti\":\"y\"";

        assertThat(check(rs256(RSA.getPrivate(), RS, claims("\"exp\":" + (SECOND + 600) + "," + others))))
                .isInstanceOf(TokenCheck.Good.class);
    }

    /// What an operator must know to tell a wrong issuer from a key that is not there.
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            a-aud, a, ka, -,     -
            a-aud, a, kb, -,     WRONG_TENANT
            a-aud, a, kx, -,     UNKNOWN_KEY
            a-aud, x, ka, -,     WRONG_ISSUER
            a-aud, -, ka, -,     WRONG_ISSUER
            x-aud, a, ka, -,     WRONG_AUDIENCE
            b-aud, x, kb, -,     -
            b-aud, a, ka, -,     WRONG_TENANT
            a-aud, a, ka, a,     -
            a-aud, a, ka, b,     WRONG_TENANT
            a-aud, a, ka, plain, WRONG_TENANT
            a-aud, a, kb, a,     WRONG_TENANT
            a-aud, a, kx, a,     UNKNOWN_KEY
            a-aud, x, ka, a,     WRONG_ISSUER
            x-aud, a, ka, a,     WRONG_AUDIENCE
            """)
    void itIsSaidWhatDoesNotFit(
            String audience, @Nullable String issuer, String kid, @Nullable String only, @Nullable TokenFault fault) {
        TokenIssuers two = issuers(Map.of("a", plan("a-aud", "a", "ka", RSA), "b", plan("b-aud", null, "kb", EC)));
        String claims = "{\"aud\":\"" + audience + "\"," + (issuer == null ? "" : "\"iss\":\"" + issuer + "\",")
                + "\"exp\":" + (SECOND + 600) + "}";
        boolean byB = kid.equals("kb") && audience.equals("b-aud");
        String token = byB
                ? es256(EC.getPrivate(), "{\"alg\":\"ES256\",\"kid\":\"kb\"}", claims)
                : rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}", claims);

        TokenCheck check = TokenCheck.of(token, two, only, NOW);

        assertThat(check instanceof TokenCheck.Bad bad ? bad.fault() : null).isEqualTo(fault);
    }

    private static TokenPlan plan(String audience, @Nullable String issuer, String kid, KeyPair pair) {
        return new TokenPlan(
                List.of(new KeySource("keys", List.of(key(kid, pair)))), null, null, audience, issuer, false);
    }

    private static @Nullable TokenFault fault(String token) {
        return check(token) instanceof TokenCheck.Bad bad ? bad.fault() : null;
    }

    /// Else one token could come under so many spellings that each would be checked anew.
    @Test
    void aSignatureHasOneSpelling() {
        String token = es256(EC.getPrivate(), ES, GOOD);
        String last = token.substring(token.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String next = String.valueOf(alphabet.charAt(alphabet.indexOf(last) ^ 1));

        assertThat(check(token)).isInstanceOf(TokenCheck.Good.class);
        assertThat(check(token.substring(0, token.length() - 1) + next))
                .isEqualTo(new TokenCheck.Bad(TokenFault.MALFORMED));
    }

    @Test
    void theAliasOfAKeyIsShortAndVisibleAndItsOwn() {
        String longest = "k".repeat(64);
        List<@Nullable String> ids = Arrays.asList(
                null,
                "",
                "2026-01",
                "a/b:c",
                longest,
                longest + "k",
                longest + "kk",
                "a b",
                "a\u00a0b",
                "a\nb",
                "\u0000");

        List<String> aliases = ids.stream().map(id -> key(id, EC).alias()).toList();

        assertThat(aliases).doesNotHaveDuplicates().allMatch(alias -> alias.matches("jwt:[!-~]{0,64}"));
        assertThat(aliases).startsWith("jwt:*", "jwt:", "jwt:2026-01", "jwt:a/b:c", "jwt:" + longest);
        assertThat(aliases.get(7)).startsWith("jwt:a_b~");
    }

    @ParameterizedTest
    @CsvSource({"59, true", "60, false"})
    void clocksMayBeAMinuteApart(long secondsOver, boolean holds) {
        String token = edwards(EDWARDS.getPrivate(), ED, claims("\"exp\":" + (SECOND - secondsOver)));

        assertThat(check(token) instanceof TokenCheck.Good).isEqualTo(holds);
    }

    @Test
    void whatATokenAllowsIsRead() {
        String token = rs256(RSA.getPrivate(), RS, claims("""
                "exp":%d,"sub":"user-7","methods":["eth_*"],"addresses":["0x00000000219AB540356cBB839Cbe05303d7705Fa"],
                "origins":["https://*.example.org"],"user_agents":["MyApp/*"]""".formatted(SECOND + 600)));

        AccessToken read = ((TokenCheck.Good) check(token)).token();

        assertThat(read.caller()).isEqualTo("dapp/sub:user-7");
        assertThat(read.alias()).isEqualTo("jwt:rsa");
        assertThat(read.toString()).doesNotContain("user-7");
        assertThat(read.lists().methods()).containsExactly("eth_*");
        assertThat(read.lists().addresses())
                .containsExactly(
                        Objects.requireNonNull(ContractAddress.parse("0x00000000219ab540356cbb839cbe05303d7705fa")));
        assertThat(read.lists().origins()).hasSize(1);
        assertThat(read.lists().agents()).containsExactly("MyApp/*");
    }

    @Test
    void tenantsAreToldApartByIssuerAndAudienceThoughTheyShareAKey() {
        TokenIssuers shared = issuers(Map.of(
                "a", plan("https://a.example", false, key("rsa", RSA)),
                "b", plan("https://b.example", false, key("rsa", RSA)),
                "c", plan("https://c.example", false, key("rsa", RSA)),
                "d", plan("https://c.example", false, key("rsa", RSA))));

        assertThat(tenant(shared, "https://a.example", null)).isEqualTo("a");
        assertThat(tenant(shared, "https://b.example", null)).isEqualTo("b");
        assertThat(tenant(shared, "https://c.example", null)).isEqualTo("AMBIGUOUS");
        assertThat(tenant(shared, "https://c.example", "d")).isEqualTo("d");
        assertThat(tenant(shared, "https://a.example", "b")).isEqualTo("WRONG_TENANT");
        assertThat(tenant(shared, "https://x.example", null)).isEqualTo("WRONG_ISSUER");
    }

    @Test
    void ofManyTenantsNoneIsGuessedWhereATokenNamesNoKey() {
        var plans = new HashMap<String, TokenPlan>();
        for (int i = 0; i < 3_000; i++) plans.put("t" + i, plan(null, false, key("k" + i, RSA)));
        TokenIssuers many = issuers(plans);

        assertThat(TokenCheck.of(rs256(RSA.getPrivate(), "{\"alg\":\"RS256\"}", GOOD), many, null, NOW))
                .isEqualTo(new TokenCheck.Bad(TokenFault.AMBIGUOUS));
        assertThat(TokenCheck.of(rs256(RSA.getPrivate(), "{\"alg\":\"RS256\",\"kid\":\"k77\"}", GOOD), many, null, NOW))
                .isInstanceOfSatisfying(
                        TokenCheck.Good.class,
                        good -> assertThat(good.token().tenant()).isEqualTo("t77"));
        assertThat(TokenCheck.of(rs256(RSA.getPrivate(), "{\"alg\":\"RS256\"}", GOOD), many, "t9", NOW))
                .isInstanceOf(TokenCheck.Good.class);
    }

    /// Bits turned anywhere, and texts of no sense at all: refused, and never a fault of ours.
    @Test
    void nothingThatIsChangedHolds() {
        var random = new Random(7);
        List<String> tokens = new ArrayList<>(aTokenWithAGoodSignatureHolds().toList());
        for (int i = 0; i < 3_000; i++) {
            char[] text = tokens.get(random.nextInt(tokens.size())).toCharArray();
            int at = random.nextInt(text.length);
            char before = text[at];
            text[at] = (char) (33 + random.nextInt(94));
            if (text[at] == before) continue;
            assertThat(check(new String(text))).as(new String(text)).isInstanceOf(TokenCheck.Bad.class);
        }
        for (int i = 0; i < 3_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            String part = Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
            assertThat(check(part + "." + part(GOOD) + "." + part)).isInstanceOf(TokenCheck.Bad.class);
            assertThat(check(part(RS) + "." + part + "." + part)).isInstanceOf(TokenCheck.Bad.class);
            assertThat(check(new String(noise, StandardCharsets.ISO_8859_1))).isInstanceOf(TokenCheck.Bad.class);
        }
    }

    @Test
    void operatorsAreToldWhoseAndOfWhichKeyATokenSaysItIs() {
        var issuers = issuers(Map.of(
                "swap", plan("https://a.example", false, key("one", RSA)),
                "app", plan(null, false, key("one", RSA)),
                "dapp", plan("https://b.example", false, key("one", RSA))));
        String ofA = claims("\"iss\":\"https://a.example\",\"exp\":" + (SECOND + 600));
        String head = "{\"alg\":\"RS256\",\"kid\":\"next\\n" + "x".repeat(100) + "\"}";

        assertThat(TokenCheck.whose(rs256(RSA.getPrivate(), head, ofA), issuers))
                .isEqualTo("for app, swap with kid \"next " + "x".repeat(59) + "…\"");
        assertThat(TokenCheck.whose(rs256(RSA.getPrivate(), "{\"alg\":\"RS256\"}", "{\"aud\":\"other\"}"), issuers))
                .isEqualTo("for no tenant without kid");
        assertThat(TokenCheck.whose("junk", issuers)).isEqualTo("that cannot be read");
    }

    private static String tenant(TokenIssuers issuers, String issuer, @Nullable String only) {
        String claims = claims("\"iss\":\"" + issuer + "\",\"exp\":" + (SECOND + 600));
        return switch (TokenCheck.of(rs256(RSA.getPrivate(), RS, claims), issuers, only, NOW)) {
            case TokenCheck.Good(var token) -> token.tenant();
            case TokenCheck.Bad(var fault, var _, var _) -> fault.name();
        };
    }

    private static TokenCheck check(String token) {
        return TokenCheck.of(token, ISSUERS, null, NOW);
    }

    private static String claims(String more) {
        return "{\"aud\":\"gateway\"," + more + "}";
    }

    private static String zeros(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static TokenKey key(@Nullable String id, KeyPair pair) {
        return new TokenKey(id, Objects.requireNonNull(TokenAlgorithm.of(pair.getPublic())), pair.getPublic());
    }

    private static TokenPlan plan(@Nullable String issuer, boolean required, TokenKey... keys) {
        return new TokenPlan(List.of(new KeySource("keys", List.of(keys))), null, null, "gateway", issuer, required);
    }

    private static TokenIssuers issuers(Map<String, TokenPlan> plans) {
        return new TokenIssuers(plans);
    }
}
