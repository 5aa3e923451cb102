package dev.fairlead.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.Base64;

/// Makes keys and JSON Web Tokens as issuers do, and as attackers do.
public final class Tokens {
    public static final KeyPair RSA = pair("RSA", 2048);
    public static final KeyPair EC = curve("secp256r1");
    public static final KeyPair EDWARDS = pair("Ed25519", 255);

    private Tokens() {}

    public static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static KeyPair curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param header as JSON
    public static String rs256(PrivateKey key, String header, String claims) {
        return signed(new RSASSASigner(key), header, claims);
    }

    public static String es256(PrivateKey key, String header, String claims) {
        try {
            return signed(new ECDSASigner((ECPrivateKey) key), header, claims);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String hs(byte[] secret, String header, String claims) {
        try {
            return signed(new MACSigner(secret), header, claims);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String edwards(PrivateKey key, String header, String claims) {
        return byJdk("Ed25519", key, header, claims);
    }

    /// By hand, whatever the header says.
    public static String byJdk(String algorithm, PrivateKey key, String header, String claims) {
        try {
            String input = part(header) + "." + part(claims);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(JWSSigner signer, String header, String claims) {
        try {
            JWSHeader read = JWSHeader.parse(header);
            var token = new JWSObject(read, new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException | ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
