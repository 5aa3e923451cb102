package dev.fairlead.core.transaction;

import org.web3j.utils.Numeric;

/// Transactions that viem signed, by type; all by one account, for chain 1337.
public final class SignedVectors {
    private SignedVectors() {}

    public static String hex(String name) {
        return TransactionReaderTest.signedByViem()
                .filter(vector -> vector.name().equals(name))
                .map(vector -> Numeric.toHexString(vector.raw()))
                .findFirst()
                .orElseThrow();
    }
}
