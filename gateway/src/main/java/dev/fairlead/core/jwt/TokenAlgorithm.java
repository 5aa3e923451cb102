package dev.fairlead.core.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/// How tokens may be signed. A key is of one algorithm, so that no token can choose how it is checked.
public enum TokenAlgorithm {
    RS256,
    ES256,
    /// Ed25519 alone.
    EDDSA;

    private static final int LEAST_RSA_BITS = 2_048;
    private static final int MOST_RSA_BITS = 8_192;
    private static final ECParameterSpec P256 = Curve.P_256.toECParameterSpec();

    /// @return null when it is none of ours
    static @Nullable TokenAlgorithm named(JWSAlgorithm algorithm) {
        if (algorithm.equals(JWSAlgorithm.RS256)) return RS256;
        if (algorithm.equals(JWSAlgorithm.ES256)) return ES256;
        return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519) ? EDDSA : null;
    }

    /// @return null when the key is of no kind that is taken
    static @Nullable TokenAlgorithm of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                isRightSize(rsa.getModulus()) && mayBeRsa(rsa.getModulus(), rsa.getPublicExponent()) ? RS256 : null;
            case ECPublicKey ec -> isP256(ec) ? ES256 : null;
            case EdECPublicKey edwards -> edwards.getParams().getName().equals("Ed25519") ? EDDSA : null;
            default -> null;
        };
    }

    static boolean isRightSize(BigInteger modulus) {
        int bits = modulus.bitLength();
        return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
    }

    /// Whether any signature can fit: the modulus is a product of odd primes, and the exponent has an inverse,
    /// which an even one never has.
    static boolean mayBeRsa(BigInteger modulus, BigInteger exponent) {
        return modulus.testBit(0) && exponent.testBit(0) && exponent.compareTo(BigInteger.TWO) > 0;
    }

    /// By its numbers: its name depends on who read the key.
    private static boolean isP256(ECPublicKey key) {
        ECParameterSpec said = key.getParams();
        return said.getCurve().getField().equals(P256.getCurve().getField())
                && said.getCurve().getA().equals(P256.getCurve().getA())
                && said.getCurve().getB().equals(P256.getCurve().getB())
                && said.getGenerator().equals(P256.getGenerator())
                && said.getOrder().equals(P256.getOrder())
                && said.getCofactor() == P256.getCofactor();
    }
}
