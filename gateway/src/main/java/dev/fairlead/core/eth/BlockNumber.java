package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;

/// Which block numbers a chain can have. A node may say any number, but one above is not believed: a chain
/// that makes a block each microsecond takes 285 years to get there.
public final class BlockNumber {
    /// Up to here JSON numbers are exact, and sums and differences of heights never overflow.
    public static final long HIGHEST = 1L << 53;

    /// Stands for every number that is too great to be read.
    public static final long BEYOND = Long.MAX_VALUE;

    private static final int MOST_PLAIN = 18;

    private BlockNumber() {}

    public static boolean isPossible(long number) {
        return number <= HIGHEST;
    }

    /// In words, for people.
    public static String words(long number) {
        return Quantity.print(number) + (number == BEYOND ? " or more" : "");
    }

    /// @param json raw JSON
    /// @return -1 where it is no quantity, [#BEYOND] where it is one beyond 63 bits
    public static long parse(Slice json) {
        if (!JsonText.isString(json)) return plain(json.text());
        String text = JsonText.decode(json);
        long number = Quantity.parse(text);
        return number < 0 && isTooLong(text) ? BEYOND : number;
    }

    /// As some nodes take a quantity: leading zeros and `0X` too.
    ///
    /// @return -1 where it is none, [#BEYOND] where it is one beyond 63 bits
    public static long parseLoosely(String text) {
        long number = Quantity.parseLoosely(text);
        if (number >= 0 || text.length() < 3 || text.charAt(0) != '0' || (text.charAt(1) | 0x20) != 'x') return number;
        return text.chars().skip(2).allMatch(digit -> Quantity.hexDigit(digit) >= 0) ? BEYOND : -1;
    }

    private static long plain(String json) {
        boolean digits = !json.isEmpty() && json.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!digits) return -1;
        return json.length() > MOST_PLAIN ? BEYOND : Long.parseLong(json);
    }

    private static boolean isTooLong(String text) {
        if (!text.startsWith("0x") || text.length() < 3 || Quantity.parseLoosely(text) >= 0) return false;
        return text.chars().skip(2).allMatch(digit -> Quantity.hexDigit(digit) >= 0);
    }
}
