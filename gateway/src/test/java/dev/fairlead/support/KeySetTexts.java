package dev.fairlead.support;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// Sets of keys as issuers publish them.
public final class KeySetTexts {
    private static final int EDWARDS_BYTES = 32;

    private KeySetTexts() {}

    public static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    public static String rsa(String kid, KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .keyID(kid)
                .build()
                .toJSONString();
    }

    public static String privateRsa(String kid, KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(kid)
                .build()
                .toJSONString()
                .replace("}", ",\"d\":\"AQAB\"}");
    }

    public static String ec(String kid, String curve, KeyPair pair) {
        return new ECKey.Builder(Curve.parse(curve), (ECPublicKey) pair.getPublic())
                .keyID(kid)
                .build()
                .toJSONString();
    }

    public static String edwards(String kid, KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - EDWARDS_BYTES, encoded.length);
        return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + kid + "\",\"x\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(x) + "\"}";
    }
}
