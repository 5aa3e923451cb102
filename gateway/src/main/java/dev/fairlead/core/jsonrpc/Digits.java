package dev.fairlead.core.jsonrpc;

/// Decimal numbers as bytes, where a text of them would be one object too many: the lengths of requests and answers.
public final class Digits {
    private Digits() {}

    /// Writes `number`, which is not negative.
    ///
    /// @return the index after its last digit
    public static int put(byte[] into, int at, int number) {
        int end = at + 1;
        for (int left = number; left > 9; left /= 10) end++;
        int left = number;
        for (int i = end - 1; i >= at; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return end;
    }
}
