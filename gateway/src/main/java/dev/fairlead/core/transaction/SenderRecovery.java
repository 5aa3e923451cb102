package dev.fairlead.core.transaction;

import dev.fairlead.core.eth.Keccak;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.jspecify.annotations.Nullable;

/// Finds out who signed: the one public key on secp256k1 that the signature fits. Costs a few tenths of a
/// millisecond.
public final class SenderRecovery {
    private static final ECCurve CURVE = new SecP256K1Curve();
    private static final BigInteger ORDER = CURVE.getOrder();
    /// Since Homestead nodes take only the smaller of two signatures that are both right.
    private static final BigInteger HALF = ORDER.shiftRight(1);
    private static final int WORD = 32;
    private static final int ADDRESS = 20;
    private static final ECPoint GENERATOR = CURVE.createPoint(
            new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
            new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16));

    private SenderRecovery() {}

    /// @return address in lower case, or null when nobody can have signed so
    public static @Nullable String sender(Transaction transaction) {
        return signer(transaction.signature());
    }

    /// @return address in lower case, or null when nobody can have signed so
    public static @Nullable String authority(Authorization authorization) {
        Signature signature = authorization.signature();
        return signature == null ? null : signer(signature);
    }

    private static @Nullable String signer(Signature signature) {
        BigInteger r = signature.r();
        BigInteger s = signature.s();
        if (r.signum() == 0 || r.compareTo(ORDER) >= 0 || s.signum() == 0 || s.compareTo(HALF) > 0) return null;
        ECPoint point = point(r, signature.isOdd());
        if (point == null) return null;
        BigInteger inverse = r.modInverse(ORDER);
        BigInteger digest = new BigInteger(1, Keccak.hash(signature.signed().bytes()));
        BigInteger generators = digest.negate().multiply(inverse).mod(ORDER);
        BigInteger points = s.multiply(inverse).mod(ORDER);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(GENERATOR, generators, point, points);
        return key.isInfinity() ? null : address(key);
    }

    private static @Nullable ECPoint point(BigInteger x, boolean isOdd) {
        byte[] compressed = new byte[1 + WORD];
        compressed[0] = (byte) (isOdd ? 3 : 2);
        byte[] digits = x.toByteArray();
        int length = Math.min(digits.length, WORD);
        System.arraycopy(digits, digits.length - length, compressed, compressed.length - length, length);
        try {
            return CURVE.decodePoint(compressed);
        } catch (IllegalArgumentException _) {
            return null; // no point of the curve has that x
        }
    }

    /// By its plain coordinates: `normalize` would do that too, and draw random numbers to hide a secret that
    /// is none.
    private static String address(ECPoint key) {
        ECFieldElement z = key.getZCoord(0).invert();
        ECFieldElement square = z.square();
        byte[] encoded = new byte[2 * WORD];
        System.arraycopy(key.getXCoord().multiply(square).getEncoded(), 0, encoded, 0, WORD);
        System.arraycopy(key.getYCoord().multiply(square).multiply(z).getEncoded(), 0, encoded, WORD, WORD);
        byte[] hash = Keccak.hash(encoded);
        return Transaction.hex(Arrays.copyOfRange(hash, hash.length - ADDRESS, hash.length));
    }
}
