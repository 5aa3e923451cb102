package dev.fairlead.core.transaction;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What lends an account the code of a contract (EIP-7702). Its holder, the authority, signed it; whoever sends
/// the transaction that brings it may be another.
///
/// @param chainId 0 on every chain
/// @param delegate whose code it is: address in lower case
/// @param nonce of the authority
/// @param signature null when nobody can have signed so
public record Authorization(
        BigInteger chainId,
        String delegate,
        BigInteger nonce,
        @Nullable Signature signature) {
    /// It stands before what is signed, so that no transaction is the same bytes.
    static final int MAGIC = 0x05;

    boolean isFor(long chain) {
        return chainId.signum() == 0 || chainId.equals(BigInteger.valueOf(chain));
    }
}
