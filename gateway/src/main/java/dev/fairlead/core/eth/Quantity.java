package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;

/// Hex quantities as Ethereum writes them: `0x0`, `0x41`, no leading zeros, here at most 63 bits.
public final class Quantity {
    private static final int MOST_DIGITS = 16;

    private Quantity() {}

    /// @return -1 when `text` is not a quantity, or one beyond 63 bits
    public static long parse(String text) {
        boolean padded = text.length() > 3 && text.charAt(2) == '0';
        return padded || !text.startsWith("0x") ? -1 : parseLoosely(text);
    }

    /// @param json raw JSON, which must be a string
    /// @return as [#parse(String)]
    public static long parse(Slice json) {
        return JsonText.isString(json) ? parse(JsonText.decode(json)) : -1;
    }

    public static String print(long number) {
        return "0x" + Long.toHexString(number);
    }

    /// As some nodes take them: leading zeros and `0X` too.
    static long parseLoosely(String text) {
        if (text.length() < 3 || text.charAt(0) != '0' || (text.charAt(1) | 0x20) != 'x') return -1;
        int at = 2;
        while (at < text.length() - 1 && text.charAt(at) == '0') at++;
        if (text.length() - at > MOST_DIGITS) return -1;
        long number = 0;
        for (; at < text.length(); at++) {
            int digit = hexDigit(text.charAt(at));
            if (digit < 0) return -1;
            number = number << 4 | digit;
        }
        return number < 0 ? -1 : number;
    }

    static int hexDigit(int c) {
        if (c >= '0' && c <= '9') return c - '0';
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
