package dev.fairlead.core.jsonrpc;

/// Decimal numbers as bytes, written without a String in between: the lengths of requests and answers, and the
/// ids of calls to nodes.
public final class Digits {
    private static final int PAIRS = 100;
    /// The two digits of each number below a hundred.
    private static final byte[] PAIR = new byte[2 * PAIRS];

    static {
        for (int i = 0; i < PAIRS; i++) {
            PAIR[2 * i] = (byte) ('0' + i / 10);
            PAIR[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /// Writes `number`, which is not negative.
    ///
    /// @return the index after its last digit
    public static int put(byte[] into, int at, int number) {
        int end = at + 1;
        for (long power = 10; power <= number; power *= 10) end++;
        int left = number;
        int i = end;
        while (left >= PAIRS) {
            int pair = left % PAIRS;
            left /= PAIRS;
            into[--i] = PAIR[2 * pair + 1];
            into[--i] = PAIR[2 * pair];
        }
        if (left >= 10) into[--i] = PAIR[2 * left + 1];
        into[--i] = left >= 10 ? PAIR[2 * left] : (byte) ('0' + left);
        return end;
    }
}
