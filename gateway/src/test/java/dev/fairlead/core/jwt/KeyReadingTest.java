package dev.fairlead.core.jwt;

import static dev.fairlead.support.Tokens.EC;
import static dev.fairlead.support.Tokens.EDWARDS;
import static dev.fairlead.support.Tokens.RSA;
import static dev.fairlead.support.Tokens.curve;
import static dev.fairlead.support.Tokens.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.util.Base64URL;
import dev.fairlead.support.KeySetTexts;
import java.math.BigInteger;
import java.security.Key;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyReadingTest {
    private static final int MOST = 3;
    private static final String RSA_KEY = KeySetTexts.rsa("one", RSA);
    private static final String WEAK = KeySetTexts.rsa("weak", pair("RSA", 1024));
    private static final String P384 = KeySetTexts.ec("p384", "P-384", curve("secp384r1"));
    private static final String SECP256K1 = "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"secp256k1\",\"x\":\""
            + "A".repeat(43) + "\",\"y\":\"" + "A".repeat(43) + "\"}";
    private static final String SYMMETRIC = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + "A".repeat(43) + "\"}";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsNoSetOfKeysIsToldByWhatWasFound(String what, String text, String found) {
        assertThat(KeyReading.jwks(text, MOST))
                .isInstanceOfSatisfying(
                        KeyReading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .startsWith("expected ")
                                .contains(found)
                                .doesNotContain("secret-text"));
    }

    static Stream<Arguments> whatIsNoSetOfKeysIsToldByWhatWasFound() {
        String good = KeySetTexts.set(RSA_KEY);
        return Stream.of(
                arguments("empty", "", "found nothing"),
                arguments("blank", " \n", "found nothing"),
                arguments("HTML", "<!doctype html><p>secret-text", "found a page of HTML"),
                arguments("PEM", pem("PUBLIC KEY", RSA.getPublic()), "found PEM"),
                arguments("truncated", good.substring(0, good.length() / 2), "found JSON that is broken"),
                arguments("a list", "[" + RSA_KEY + "]", "found something else"),
                arguments("no keys at all", "{}", "found JSON that is broken"),
                arguments("a text", "secret-text", "found something else"),
                arguments("keys that are none", "{\"keys\":[1]}", "found JSON that is broken"),
                arguments("an empty set", KeySetTexts.set(), "found none"),
                arguments("a weak key", KeySetTexts.set(WEAK), "found an RSA key of 1024 bits"),
                arguments("an even exponent", KeySetTexts.set(rsa("AQAC", true)), "found a broken RSA key"),
                arguments("an exponent of 2", KeySetTexts.set(rsa("Ag", true)), "found a broken RSA key"),
                arguments("an exponent of 1", KeySetTexts.set(rsa("AQ", true)), "found a broken RSA key"),
                arguments("an even modulus", KeySetTexts.set(rsa("AQAB", false)), "found a broken RSA key"),
                arguments("P-384", KeySetTexts.set(P384), "another curve"),
                arguments("secp256k1", KeySetTexts.set(SECP256K1), "found "),
                arguments("symmetric", KeySetTexts.set(SYMMETRIC), "found a symmetric one"),
                arguments("symmetric beside a good one", KeySetTexts.set(RSA_KEY, SYMMETRIC), "found a symmetric one"),
                arguments("private", KeySetTexts.set(KeySetTexts.privateRsa("one", RSA)), "found a private one"),
                arguments(
                        "for encryption",
                        KeySetTexts.set(RSA_KEY.replace("\"kty\"", "\"use\":\"enc\",\"kty\"")),
                        "found a key for something else"),
                arguments(
                        "another algorithm",
                        KeySetTexts.set(RSA_KEY.replace("\"kty\"", "\"alg\":\"PS256\",\"kty\"")),
                        "found an RSA key for another algorithm"),
                arguments(
                        "four keys",
                        KeySetTexts.set(
                                RSA_KEY,
                                KeySetTexts.ec("two", "P-256", EC),
                                KeySetTexts.edwards("three", EDWARDS),
                                KeySetTexts.rsa("four", RSA)),
                        "at most 3 keys for tokens, found 4"),
                arguments("deep", "{\"keys\":" + "[".repeat(60_000), "found JSON that is broken"));
    }

    private static String rsa(String exponent, boolean isModulusOdd) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).add(isModulusOdd ? BigInteger.ONE : BigInteger.TWO);
        return "{\"kty\":\"RSA\",\"kid\":\"broken\",\"e\":\"" + exponent + "\",\"n\":\"" + Base64URL.encode(modulus)
                + "\"}";
    }

    @Test
    void keysOfOtherKindsBesideAGoodOneArePassedOver() {
        String mixed = KeySetTexts.set(RSA_KEY, WEAK, P384, KeySetTexts.ec("two", "P-256", EC));

        assertThat(KeyReading.jwks(mixed, MOST))
                .isInstanceOfSatisfying(
                        KeyReading.Keys.class,
                        read -> assertThat(read.keys()).extracting(TokenKey::id).containsExactly("one", "two"));
    }

    @Test
    void eachKeyThatIsPassedOverIsNamedWithWhatItIs() {
        String two = KeySetTexts.ec("two", "P-256", EC);
        String encrypting = two.replace("\"kty\"", "\"use\":\"enc\",\"kty\"");
        String wrapping = two.replace("\"kty\"", "\"key_ops\":[\"wrapKey\"],\"kty\"");
        String verifying = two.replace("\"kty\"", "\"key_ops\":[\"verify\"],\"kty\"");
        String unknown = "{\"kty\":\"AKP\"}";

        assertThat(KeyReading.jwks(
                        KeySetTexts.set(encrypting, WEAK, P384, wrapping, SECP256K1, unknown, verifying), MOST))
                .isInstanceOfSatisfying(KeyReading.Keys.class, read -> {
                    assertThat(read.keys()).extracting(TokenKey::id).containsExactly("two");
                    assertThat(read.passedOver())
                            .containsExactly(
                                    "kid \"two\", a key for something else",
                                    "kid \"weak\", an RSA key of 1024 bits",
                                    "kid \"p384\", a key of another curve or algorithm",
                                    "kid \"two\", a key for something else",
                                    "kid \"k\", a key of another kind, or a broken one",
                                    "keys[5], a key of another kind, or a broken one");
                });
    }

    /// Some issuers use one name for keys of different kinds: both count.
    @Test
    void oneNameForTwoKeysMeansBothAndOneKeyTwiceCountsOnce() {
        String same = KeySetTexts.set(RSA_KEY, RSA_KEY, RSA_KEY, RSA_KEY, KeySetTexts.ec("one", "P-256", EC));

        assertThat(KeyReading.jwks(same, MOST))
                .isInstanceOfSatisfying(
                        KeyReading.Keys.class,
                        read -> assertThat(read.keys())
                                .extracting(TokenKey::algorithm)
                                .containsExactly(TokenAlgorithm.RS256, TokenAlgorithm.ES256));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsNoPublicKeyInPemIsToldByWhatWasFound(String what, String text, String found) {
        assertThat(KeyReading.pem("id", text))
                .isInstanceOfSatisfying(
                        KeyReading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .startsWith("expected ")
                                .contains(found)
                                .doesNotContain("secret-text"));
    }

    static Stream<Arguments> whatIsNoPublicKeyInPemIsToldByWhatWasFound() {
        String good = pem("PUBLIC KEY", RSA.getPublic());
        return Stream.of(
                arguments("empty", "", "found nothing"),
                arguments("HTML", "<html>secret-text", "found something else"),
                arguments("JSON", KeySetTexts.set(RSA_KEY), "found something else"),
                arguments("broken base64", good.replaceFirst("[A-Za-z0-9]{8}\n", "\n"), "found another key"),
                arguments("letters of none", good.replaceFirst("\nM", "\n!"), "found something else"),
                arguments("truncated", good.substring(0, good.length() / 2), "found something else"),
                arguments("two keys", good + good, "found something else"),
                arguments("private", pem("PRIVATE KEY", RSA.getPrivate()), "found a private one"),
                arguments("private RSA", pem("RSA PRIVATE KEY", RSA.getPrivate()), "found a private one"),
                arguments("private behind text", "x\n" + pem("PRIVATE KEY", RSA.getPrivate()), "found a private one"),
                arguments("a certificate", pem("CERTIFICATE", RSA.getPublic()), "found another kind"),
                arguments("weak", pem("PUBLIC KEY", pair("RSA", 1024).getPublic()), "found another key"),
                arguments("P-384", pem("PUBLIC KEY", curve("secp384r1").getPublic()), "found another key"),
                arguments("Ed448", pem("PUBLIC KEY", pair("Ed448", 448).getPublic()), "found another key"),
                arguments("DSA", pem("PUBLIC KEY", pair("DSA", 2048).getPublic()), "found another key"),
                arguments("X25519", pem("PUBLIC KEY", pair("X25519", 255).getPublic()), "found another key"));
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }
}
