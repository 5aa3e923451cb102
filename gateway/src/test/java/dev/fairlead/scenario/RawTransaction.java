package dev.fairlead.scenario;

import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/// The signed bytes of a transaction, put together again from what a node's pool shows of it.
final class RawTransaction {
    private RawTransaction() {}

    /// @param transaction as in `txpool_content`; legacy or of type 2, without an access list
    static String of(JsonNode transaction) {
        boolean legacy = quantity(transaction, "type").isEmpty();
        byte[] body = RlpEncoder.encode(new RlpList(fields(transaction, legacy)));
        byte[] raw = legacy ? body : concat((byte) 2, body);
        String hash = Numeric.toHexString(Hash.sha3(raw));
        if (!hash.equals(transaction.path("hash").asString())) {
            throw new IllegalArgumentException("expected the hash of " + transaction + ", found " + hash);
        }
        return Numeric.toHexString(raw);
    }

    private static List<RlpType> fields(JsonNode transaction, boolean legacy) {
        var fields = new ArrayList<RlpType>();
        if (!legacy) fields.add(number(transaction, "chainId"));
        fields.add(number(transaction, "nonce"));
        if (legacy) {
            fields.add(number(transaction, "gasPrice"));
        } else {
            fields.add(number(transaction, "maxPriorityFeePerGas"));
            fields.add(number(transaction, "maxFeePerGas"));
        }
        fields.add(number(transaction, "gas"));
        fields.add(bytes(transaction, "to"));
        fields.add(number(transaction, "value"));
        fields.add(bytes(transaction, "input"));
        if (!legacy) fields.add(new RlpList());
        fields.add(number(transaction, legacy ? "v" : "yParity"));
        fields.add(number(transaction, "r"));
        fields.add(number(transaction, "s"));
        return fields;
    }

    private static RlpString number(JsonNode transaction, String field) {
        String digits = quantity(transaction, field);
        return digits.isEmpty() ? RlpString.create(new byte[0]) : RlpString.create(Numeric.toBigInt(digits));
    }

    /// Without 0x and leading zeros; empty for zero.
    private static String quantity(JsonNode transaction, String field) {
        return transaction.path(field).asString("0x0").substring(2).replaceFirst("^0+", "");
    }

    private static RlpString bytes(JsonNode transaction, String field) {
        return RlpString.create(
                Numeric.hexStringToByteArray(transaction.path(field).asString("0x")));
    }

    private static byte[] concat(byte first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
