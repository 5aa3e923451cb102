package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The hash under which a raw transaction will be known: what a client is told when its transaction turns out to have
/// been accepted although the first answer was lost.
public final class TxHash {
    private static final int BLOB = 0x03;
    private static final int FIRST_TYPE = 0x01;
    private static final int LAST_TYPE = 0x04;
    /// EIP-712 transactions of zkSync: the hash is made of two others.
    private static final int ZKSYNC = 0x71;

    private static final int LONGEST_TYPE = 0x7f;
    private static final int LIST = 0xc0;
    private static final int LONG_LIST = 0xf7;

    private TxHash() {}

    /// @param params of `eth_sendRawTransaction` and methods like it
    /// @return 0x and 64 hex digits, or null when the params hold no raw transaction
    public static @Nullable String ofSubmission(Slice params) {
        Slice first = JsonPick.element(params, 0);
        byte[] raw = JsonText.isString(first) ? bytes(JsonText.decode(first)) : null;
        byte[] signed = raw == null ? null : withoutSidecar(raw);
        return signed == null ? null : "0x" + HexFormat.of().formatHex(Keccak.hash(signed));
    }

    /// Whether every chain knows the transaction by the hash of its bytes: those of Ethereum's own types. For
    /// another type, its chain decides what the hash is.
    ///
    /// @param params that [#ofSubmission] has a hash for
    public static boolean isCertain(Slice params) {
        Slice first = JsonPick.element(params, 0);
        byte[] raw = JsonText.isString(first) ? bytes(JsonText.decode(first)) : null;
        if (raw == null) return false;
        int type = raw[0] & 0xff;
        return type >= LIST || (type >= FIRST_TYPE && type <= LAST_TYPE);
    }

    private static byte @Nullable [] bytes(String hex) {
        if (hex.length() < 6 || !hex.startsWith("0x")) return null;
        try {
            return HexFormat.of().parseHex(hex, 2, hex.length());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// A blob transaction travels with its blobs, as `0x03 ‖ rlp([body, blobs, commitments, proofs])` (EIP-4844) or
    /// `0x03 ‖ rlp([body, version, blobs, commitments, proofs])` (EIP-7594), but is known by `0x03 ‖ rlp(body)`.
    private static byte @Nullable [] withoutSidecar(byte[] raw) {
        int type = raw[0] & 0xff;
        if ((type > LONGEST_TYPE && type < LIST) || type == ZKSYNC) return null;
        if (type != BLOB) return raw;
        int content = contentOfList(raw, 1);
        if (content < 0 || content >= raw.length) return null;
        if ((raw[content] & 0xff) < LIST) return raw; // the chain id: there is no sidecar
        int end = endOfList(raw, content);
        if (end < 0) return null;
        byte[] signed = Arrays.copyOfRange(raw, content - 1, end);
        signed[0] = BLOB;
        return signed;
    }

    /// Where the content of the list at that index begins; -1 when there is no list.
    private static int contentOfList(byte[] rlp, int at) {
        int head = rlp[at] & 0xff;
        if (head < LIST) return -1;
        return head <= LONG_LIST ? at + 1 : at + 1 + head - LONG_LIST;
    }

    private static int endOfList(byte[] rlp, int at) {
        int head = rlp[at] & 0xff;
        int content = contentOfList(rlp, at);
        if (content > rlp.length) return -1;
        long size = head <= LONG_LIST ? head - LIST : 0;
        for (int i = at + 1; i < content; i++) {
            size = size << 8 | (rlp[i] & 0xff);
            if (size > rlp.length) return -1;
        }
        return content + size <= rlp.length ? (int) (content + size) : -1;
    }
}
