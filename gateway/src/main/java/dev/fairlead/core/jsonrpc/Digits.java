package dev.fairlead.core.jsonrpc;

/// Numbers as bytes, where a text of them would be one object too many: the lengths and the names of answers.
public final class Digits {
    private Digits() {}

    /// Writes `number`, which is not negative.
    ///
    /// @return the index after its last digit
    public static int put(byte[] into, int at, int number) {
        int end = at + 1;
        for (long power = 10; power <= number; power *= 10) end++; // dividing would cost more
        int left = number;
        for (int i = end - 1; i >= at; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return end;
    }

    /// Writes `number`, which is not negative, as `Long.toString` does with the radix 36.
    ///
    /// @return the index after its last digit
    public static int putShort(byte[] into, int at, long number) {
        int end = at + 1;
        for (long left = number; left >= Character.MAX_RADIX; left /= Character.MAX_RADIX) end++;
        long left = number;
        for (int i = end - 1; i >= at; i--) {
            int digit = (int) (left % Character.MAX_RADIX);
            into[i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
            left /= Character.MAX_RADIX;
        }
        return end;
    }
}
