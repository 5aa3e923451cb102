package dev.fairlead.core.transaction;

import dev.fairlead.core.eth.Keccak;
import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signed transaction that is understood.
///
/// @param chainId null where it names none, as before EIP-155
/// @param feePerGas the most that it pays, in wei
/// @param to empty where it makes a contract
/// @param authorizations what lends accounts code with it; none in any other type than 4
/// @param known the bytes whose hash it is known by: without the blobs that travel with it
public record Transaction(
        int type,
        @Nullable BigInteger chainId,
        BigInteger nonce,
        BigInteger feePerGas,
        BigInteger gas,
        Slice to,
        BigInteger value,
        Slice input,
        List<Authorization> authorizations,
        Signature signature,
        Slice known) {
    static final int LEGACY = 0;
    static final int ACCESS_LIST = 1;
    static final int DYNAMIC_FEE = 2;
    static final int BLOB = 3;
    static final int SET_CODE = 4;
    /// Fees in another currency, on Celo (CIP-64).
    static final int CELO = 0x7b;

    public Transaction {
        authorizations = List.copyOf(authorizations);
    }

    /// What its gas costs at the most, in wei.
    BigInteger fee() {
        return feePerGas.multiply(gas);
    }

    /// Whether it has one price for its gas, and no tip apart.
    public boolean hasGasPrice() {
        return type == LEGACY || type == ACCESS_LIST;
    }

    public String inputHex() {
        return hex(input.bytes());
    }

    /// 0x and 64 hex digits.
    public String hash() {
        return hex(Keccak.hash(known.bytes()));
    }

    /// Address in lower case, or null where it makes a contract.
    public @Nullable String recipient() {
        return to.isEmpty() ? null : hex(to.bytes());
    }

    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
