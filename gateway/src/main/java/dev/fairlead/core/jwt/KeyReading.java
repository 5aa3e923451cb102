package dev.fairlead.core.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.fairlead.core.jsonrpc.OneLine;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads public keys: one from a PEM file, several from a JWKS.
public sealed interface KeyReading {
    /// @param passedOver keys of the set that no token can be checked by, each by its name and why
    record Keys(List<TokenKey> keys, List<String> passedOver) implements KeyReading {
        public Keys {
            keys = List.copyOf(keys);
            passedOver = List.copyOf(passedOver);
        }
    }

    /// @param why what was expected and what was found; shows nothing of the text
    record Unreadable(String why) implements KeyReading {}

    String KINDS = "a public key for RS256 (RSA of 2048 to 8192 bits), ES256 (P-256) or EdDSA (Ed25519)";

    Pattern PEM = Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END ([A-Z ]+)-----\\s*");

    /// Ed25519 keys in X.509: what stands before the 32 bytes of the key.
    String ED25519_PREFIX = "302a300506032b6570032100";

    int ED25519_BYTES = 32;
    int MOST_NAMED = 3;

    /// @param id the `kid` of tokens that are signed by it
    static KeyReading pem(String id, String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            return text.contains("PRIVATE KEY")
                    ? new Unreadable(secret(""))
                    : new Unreadable("expected " + KINDS + " in PEM, -----BEGIN PUBLIC KEY-----, found "
                            + (text.isBlank() ? "nothing" : "something else"));
        }
        if (pem.group(1).contains("PRIVATE")) return new Unreadable(secret(""));
        if (!pem.group(1).equals("PUBLIC KEY") || !pem.group(3).equals("PUBLIC KEY")) {
            return new Unreadable("expected -----BEGIN PUBLIC KEY-----, found another kind; "
                    + "openssl pkey -pubin or openssl x509 -pubkey -noout makes one of it");
        }
        PublicKey key = decoded(pem.group(2));
        TokenAlgorithm algorithm = key == null ? null : TokenAlgorithm.of(key);
        if (key == null || algorithm == null) return new Unreadable("expected " + KINDS + ", found another key");
        return new Keys(List.of(new TokenKey(id, algorithm, key)), List.of());
    }

    private static String secret(String name) {
        return "expected a public key, found a private one" + name
                + "; keep it with whoever issues tokens, and give the gateway what "
                + "openssl pkey -in private.pem -pubout writes";
    }

    private static @Nullable PublicKey decoded(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return null;
        }
        for (String kind : new String[] {"RSA", "EC", "Ed25519"}) {
            PublicKey key = decoded(kind, bytes);
            if (key != null) return key;
        }
        return null;
    }

    private static @Nullable PublicKey decoded(String kind, byte[] bytes) {
        try {
            return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException _) { // of another kind
            return null;
        }
    }

    /// Keys that are for something else, of other kinds or broken are passed over; one that stands there twice
    /// counts once.
    ///
    /// @param most more keys than that are too many
    static KeyReading jwks(String json, int most) {
        Map<String, Object>[] said;
        try {
            said = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
        } catch (ParseException | RuntimeException _) {
            said = null;
        }
        if (said == null) return new Unreadable("expected a JWKS, {\"keys\": […]}, found " + somethingElse(json));
        var keys = new LinkedHashSet<TokenKey>();
        var others = new TreeSet<String>();
        var passedOver = new ArrayList<String>();
        for (int i = 0; i < said.length; i++) {
            String name = name(said[i], i);
            JWK each = parsed(said[i]);
            if ("oct".equals(said[i].get("kty"))) return new Unreadable(symmetric(name));
            if (said[i].containsKey("d") || (each != null && each.isPrivate())) {
                return new Unreadable(secret(" (" + name + ")"));
            }
            TokenKey key = each == null ? null : key(each);
            if (key != null) {
                keys.add(key);
                continue;
            }
            String kind = each == null ? "a key of another kind, or a broken one" : kind(each);
            others.add(kind);
            passedOver.add(name + ", " + kind);
        }
        if (keys.isEmpty()) {
            return new Unreadable(
                    "expected " + KINDS + " in the JWKS, found " + (others.isEmpty() ? "none" : few(others)));
        }
        if (keys.size() > most) {
            return new Unreadable("expected at most " + most + " keys for tokens, found " + keys.size());
        }
        return new Keys(List.copyOf(keys), passedOver);
    }

    private static String few(Collection<String> all) {
        return String.join(", ", all.stream().limit(MOST_NAMED).toList());
    }

    private static @Nullable JWK parsed(Map<String, Object> said) {
        try {
            return JWK.parse(said);
        } catch (ParseException | RuntimeException _) { // the library has many words for it
            return null;
        }
    }

    /// By what it is found in the set.
    private static String name(Map<String, Object> said, int index) {
        return said.get("kid") instanceof String kid && !kid.isBlank()
                ? "kid \"" + OneLine.of(kid) + "\""
                : "keys[" + index + "]";
    }

    private static String symmetric(String name) {
        return "expected public keys, found a symmetric one (" + name
                + "); whoever reads that can make tokens: issue them by another " + "algorithm, and replace it";
    }

    private static String somethingElse(String text) {
        String begin = text.strip();
        if (begin.isEmpty()) return "nothing";
        if (begin.startsWith("<")) return "a page of HTML";
        if (begin.startsWith("-----BEGIN")) return "PEM, which is for files alone";
        return begin.startsWith("{") ? "JSON that is broken, or has a key that is none" : "something else";
    }

    /// Of a key that is passed over, in few words of ours.
    private static String kind(JWK said) {
        if (isForSomethingElse(said)) return "a key for something else";
        return switch (said) {
            case RSAKey rsa -> {
                BigInteger modulus = rsa.getModulus().decodeToBigInteger();
                if (!TokenAlgorithm.isRightSize(modulus)) yield "an RSA key of " + modulus.bitLength() + " bits";
                BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
                yield TokenAlgorithm.mayBeRsa(modulus, exponent)
                        ? "an RSA key for another algorithm"
                        : "a broken RSA key, which no signature can fit";
            }
            case ECKey _ -> "a key of another curve or algorithm";
            case OctetKeyPair _ -> "a key of another curve or algorithm";
            default -> "a key of another kind";
        };
    }

    private static boolean isForSomethingElse(JWK said) {
        boolean otherUse = said.getKeyUse() != null && !said.getKeyUse().equals(KeyUse.SIGNATURE);
        return otherUse
                || (said.getKeyOperations() != null && !said.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    private static @Nullable TokenKey key(JWK said) {
        if (isForSomethingElse(said)) return null;
        PublicKey key = publicKey(said);
        TokenAlgorithm algorithm = key == null ? null : TokenAlgorithm.of(key);
        if (key == null || algorithm == null || !isFor(said, algorithm)) return null;
        return new TokenKey(said.getKeyID(), algorithm, key);
    }

    private static boolean isFor(JWK said, TokenAlgorithm algorithm) {
        if (said.getAlgorithm() == null) return true;
        return switch (said.getAlgorithm().getName()) {
            case "RS256" -> algorithm == TokenAlgorithm.RS256;
            case "ES256" -> algorithm == TokenAlgorithm.ES256;
            case "EdDSA", "Ed25519" -> algorithm == TokenAlgorithm.EDDSA;
            default -> false;
        };
    }

    private static @Nullable PublicKey publicKey(JWK said) {
        try {
            return switch (said) {
                case RSAKey rsa -> rsa.toRSAPublicKey();
                case ECKey ec -> ec.toECPublicKey();
                case OctetKeyPair pair -> edwards(pair);
                default -> null;
            };
        } catch (JOSEException | RuntimeException _) {
            return null;
        }
    }

    /// The library's own way needs another library.
    private static @Nullable PublicKey edwards(OctetKeyPair pair) {
        byte[] x = pair.getDecodedX();
        if (!pair.getCurve().getName().equals("Ed25519") || x.length != ED25519_BYTES) return null;
        return decoded(
                "Ed25519",
                HexFormat.of().parseHex(ED25519_PREFIX + HexFormat.of().formatHex(x)));
    }
}
