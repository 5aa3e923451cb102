package dev.fairlead.core.transaction;

import static dev.fairlead.core.transaction.Transaction.ACCESS_LIST;
import static dev.fairlead.core.transaction.Transaction.BLOB;
import static dev.fairlead.core.transaction.Transaction.CELO;
import static dev.fairlead.core.transaction.Transaction.DYNAMIC_FEE;
import static dev.fairlead.core.transaction.Transaction.LEGACY;
import static dev.fairlead.core.transaction.Transaction.SET_CODE;

import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the bytes of a signed transaction to its fields. Takes exactly what nodes take: the same bytes mean the
/// same to both, so that who signed them cannot differ. Lists inside are passed over, not walked, but for
/// authorizations.
final class TransactionReader {
    private static final int ADDRESS = 20;
    private static final int WORD = 32;
    private static final int SHORT_NUMBER = 8;
    private static final int LIST = 0xc0;
    /// By EIP-2718.
    private static final int LAST_TYPE = 0x7f;

    private static final String NO_TYPE = "transaction type not supported";
    private static final String NOT_ONE_WHOLE =
            "rlp: expected one transaction with the fields of its type and nothing behind it";

    /// Before EIP-155, `v` was 27 or 28; since then it is 35 or 36 and twice the chain's id.
    private static final BigInteger UNPROTECTED = BigInteger.valueOf(27);
    private static final BigInteger PROTECTED = BigInteger.valueOf(35);
    private static final byte[] NOTHING = {};
    private static final byte[] NO_NUMBERS = {(byte) 0x80, (byte) 0x80};

    private final byte[] raw;
    private final int type;
    private final RlpReader fields;
    private final List<Authorization> authorizations = new ArrayList<>();
    /// Where the fields begin.
    private final int from;
    /// Whether a list inside is not as it must be.
    private boolean isBroken;

    private TransactionReader(byte[] raw, int type, RlpReader fields) {
        this.raw = raw;
        this.type = type;
        this.fields = fields;
        this.from = fields.at();
    }

    /// @return null when it is of no type that is known here, or not as that type has it
    static @Nullable Transaction read(byte[] raw) {
        if (raw.length == 0) return null;
        int first = raw[0] & 0xff;
        if (first >= LIST) return whole(raw, 0, LEGACY);
        return switch (first) {
            case ACCESS_LIST, DYNAMIC_FEE, SET_CODE, CELO -> whole(raw, 1, first);
            case BLOB -> blob(raw);
            default -> null;
        };
    }

    /// What is wrong with bytes that cannot be read.
    ///
    /// @return null when they may be a transaction of a type that is not known here
    static @Nullable String fault(byte[] raw) {
        if (raw.length < 2) return "typed transaction too short";
        int first = raw[0] & 0xff;
        return switch (first) {
            case ACCESS_LIST, DYNAMIC_FEE, BLOB, SET_CODE, CELO -> NOT_ONE_WHOLE;
            case LEGACY -> NO_TYPE;
            default -> first >= LIST ? NOT_ONE_WHOLE : first > LAST_TYPE ? NO_TYPE : null;
        };
    }

    private static @Nullable Transaction whole(byte[] raw, int at, int type) {
        var outer = new RlpReader(raw, at, raw.length);
        RlpReader fields = outer.list();
        return outer.isDone() ? new TransactionReader(raw, type, fields).transaction(Slice.of(raw)) : null;
    }

    /// With its blobs it is a list of itself, the version of the proofs since EIP-7594, and what belongs to the
    /// blobs.
    private static @Nullable Transaction blob(byte[] raw) {
        var outer = new RlpReader(raw, 1, raw.length);
        RlpReader wrapper = outer.list();
        if (!outer.isDone()) return null;
        if (!wrapper.isList()) return whole(raw, 1, BLOB);
        int body = wrapper.at();
        RlpReader fields = wrapper.list();
        int end = wrapper.at();
        if (!wrapper.isList()) wrapper.number(1);
        for (int list = 0; list < 3; list++) wrapper.list();
        if (!wrapper.isDone()) return null;
        byte[] known = Arrays.copyOfRange(raw, body - 1, end);
        known[0] = BLOB;
        return new TransactionReader(raw, BLOB, fields).transaction(Slice.of(known));
    }

    private @Nullable Transaction transaction(Slice known) {
        BigInteger chainId = type == LEGACY ? null : fields.number(WORD);
        BigInteger nonce = fields.number(SHORT_NUMBER);
        if (type >= DYNAMIC_FEE) fields.number(WORD); // the tip
        BigInteger feePerGas = fields.number(WORD);
        BigInteger gas = fields.number(SHORT_NUMBER);
        Slice to = fields.string();
        BigInteger value = fields.number(WORD);
        Slice input = fields.string();
        rest();
        int end = fields.at();
        BigInteger v = fields.number(WORD);
        BigInteger r = fields.number(WORD);
        BigInteger s = fields.number(WORD);
        if (isBroken || !fields.isDone() || !isRecipient(to)) return null;
        if (type != LEGACY) {
            if (v.bitLength() > 1) return null;
            var signature = new Signature(v.signum() > 0, r, s, signed(type, from, end, NOTHING));
            return new Transaction(
                    type, chainId, nonce, feePerGas, gas, to, value, input, authorizations, signature, known);
        }
        boolean isProtected = v.compareTo(PROTECTED) >= 0;
        BigInteger mark = v.subtract(isProtected ? PROTECTED : UNPROTECTED);
        if (!isProtected && (mark.signum() < 0 || mark.bitLength() > 1)) return null;
        BigInteger named = isProtected ? mark.shiftRight(1) : null;
        var signature =
                new Signature(mark.testBit(0), r, s, signed(LEGACY, from, end, named == null ? NOTHING : chain(named)));
        return new Transaction(
                LEGACY, named, nonce, feePerGas, gas, to, value, input, authorizations, signature, known);
    }

    /// What a type has between the input and the signature.
    private void rest() {
        if (type == LEGACY) return;
        fields.list(); // what it will access
        switch (type) {
            case BLOB -> {
                fields.number(WORD);
                fields.list();
            }
            case SET_CODE -> authorizations();
            case CELO -> fields.string();
            default -> {}
        }
    }

    private void authorizations() {
        RlpReader list = fields.list();
        while (list.hasMore()) {
            Authorization read = authorization(list.list());
            if (read == null) {
                isBroken = true;
                return;
            }
            authorizations.add(read);
        }
        if (!list.isDone()) isBroken = true;
    }

    private @Nullable Authorization authorization(RlpReader list) {
        int begin = list.at();
        BigInteger chainId = list.number(WORD);
        Slice delegate = list.string();
        BigInteger nonce = list.number(SHORT_NUMBER);
        int end = list.at();
        BigInteger parity = list.number(1);
        BigInteger r = list.number(WORD);
        BigInteger s = list.number(WORD);
        if (!list.isDone() || delegate.size() != ADDRESS) return null;
        Signature signature = parity.bitLength() > 1
                ? null
                : new Signature(parity.signum() > 0, r, s, signed(Authorization.MAGIC, begin, end, NOTHING));
        return new Authorization(chainId, Transaction.hex(delegate.bytes()), nonce, signature);
    }

    private boolean isRecipient(Slice to) {
        boolean mayMakeContract = type != BLOB && type != SET_CODE;
        return to.size() == ADDRESS || (to.isEmpty() && mayMakeContract);
    }

    /// The fields before the signature as a list of their own, with the type before them.
    ///
    /// @param kind the type, or what stands in its place; 0 is none
    private Slice signed(int kind, int from, int end, byte[] behind) {
        byte[] head = RlpReader.listHead(end - from + behind.length);
        int mark = kind == LEGACY ? 0 : 1;
        byte[] signed = new byte[mark + head.length + end - from + behind.length];
        signed[0] = (byte) kind;
        System.arraycopy(head, 0, signed, mark, head.length);
        System.arraycopy(raw, from, signed, mark + head.length, end - from);
        System.arraycopy(behind, 0, signed, signed.length - behind.length, behind.length);
        return Slice.of(signed);
    }

    /// The chain's id and two empty numbers, which EIP-155 signs besides.
    private static byte[] chain(BigInteger id) {
        byte[] digits = id.toByteArray();
        int skip = digits[0] == 0 ? 1 : 0;
        int length = digits.length - skip;
        boolean isOneByte = length == 1 && digits[skip] >= 0;
        int head = isOneByte ? 0 : 1;
        byte[] behind = new byte[head + length + NO_NUMBERS.length];
        if (!isOneByte) behind[0] = (byte) (0x80 + length);
        System.arraycopy(digits, skip, behind, head, length);
        System.arraycopy(NO_NUMBERS, 0, behind, head + length, NO_NUMBERS.length);
        return behind;
    }
}
