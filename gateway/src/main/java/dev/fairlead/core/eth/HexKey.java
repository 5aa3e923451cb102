package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.Slice;
import java.util.function.IntUnaryOperator;

/// 64 bits that stand for a hash or an address. Two may collide, so this is for uses where a mistake costs one
/// needless question.
public final class HexKey {
    /// Stands for what is neither a hash nor an address.
    public static final long NONE = 0;

    private static final int HASH_DIGITS = 64;
    private static final int ADDRESS_DIGITS = 40;
    /// Quotes and `0x`.
    private static final int AROUND = 4;

    private static final int WORD = 16;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private HexKey() {}

    /// @param json raw JSON, of any kind
    public static long ofHash(Slice json) {
        return json.size() == HASH_DIGITS + AROUND ? ofHash(json.array(), json.from()) : NONE;
    }

    /// @param at where a hash begins, its quote first, all of it within the array
    public static long ofHash(byte[] json, int at) {
        return json[at] == '"' ? of(i -> json[at + 1 + i], HASH_DIGITS) : NONE;
    }

    /// @param hash 0x and 64 hex digits
    public static long ofHash(String hash) {
        return hash.length() == HASH_DIGITS + 2 ? of(hash::charAt, HASH_DIGITS) : NONE;
    }

    /// @param json raw JSON, of any kind
    public static long ofAddress(Slice json) {
        if (json.size() != ADDRESS_DIGITS + AROUND || json.at(0) != '"') return NONE;
        return of(i -> json.at(1 + i), ADDRESS_DIGITS);
    }

    private static long of(IntUnaryOperator text, int digits) {
        if (text.applyAsInt(0) != '0' || (text.applyAsInt(1) | 0x20) != 'x') return NONE;
        long key = 0;
        long word = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Quantity.hexDigit(text.applyAsInt(2 + i));
            if (digit < 0) return NONE;
            word = word << 4 | digit;
            if (i % WORD != WORD - 1 && i != digits - 1) continue;
            key = (key ^ word) * SPREAD;
            key ^= key >>> 29;
            word = 0;
        }
        return key == NONE ? 1 : key;
    }
}
