package dev.fairlead.fakenode;

import java.util.HexFormat;

/// The two encodings of Ethereum JSON-RPC: quantities without leading zeros, data byte by byte.
final class Hex {
    private static final HexFormat LOWER = HexFormat.of();

    private Hex() {}

    static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    static String data(byte[] bytes) {
        return "0x" + LOWER.formatHex(bytes);
    }

    /// Throws [IllegalArgumentException] unless `text` is `0x` and an even number of hex digits.
    static byte[] bytes(String text) {
        return LOWER.parseHex(withoutPrefix(text));
    }

    /// Throws [IllegalArgumentException] unless `text` is `0x` and a hexadecimal number of at most 63 bits.
    static long number(String text) {
        return Long.parseLong(withoutPrefix(text), 16);
    }

    private static String withoutPrefix(String text) {
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("expected 0x and hex digits, found: " + text);
        }
        return text.substring(2);
    }
}
