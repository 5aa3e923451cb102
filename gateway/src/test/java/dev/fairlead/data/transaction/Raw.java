package dev.fairlead.data.transaction;

import dev.fairlead.core.transaction.SignedVectors;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/// Signed transactions for chain 1337, by name.
final class Raw {
    private static final Credentials OTHER =
            Credentials.create("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    private Raw() {}

    static String params(String name) {
        return "[" + json(name) + "]";
    }

    static String json(String name) {
        return '"' + (name.equals("other-sender") ? byOther() : SignedVectors.hex(name)) + '"';
    }

    private static String byOther() {
        RawTransaction unsigned = RawTransaction.createTransaction(
                BigInteger.ONE,
                BigInteger.TEN,
                BigInteger.valueOf(21_000),
                "0x00000000000000000000000000000000deadbeef",
                BigInteger.ZERO,
                "0x");
        return Numeric.toHexString(TransactionEncoder.signMessage(unsigned, 1337, OTHER));
    }
}
