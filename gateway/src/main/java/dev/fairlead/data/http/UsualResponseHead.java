package dev.fairlead.data.http;

import dev.fairlead.core.jsonrpc.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The head that nearly all answers have, of which only the length differs. Belongs to one event loop.
public final class UsualResponseHead {
    private static final byte[] START =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 10;

    private final byte[] bytes = Arrays.copyOf(START, START.length + MOST_DIGITS + 4);

    /// The array that holds the head until the next one is made.
    public byte[] bytes() {
        return bytes;
    }

    /// Makes the head of an answer whose body has `size` bytes.
    ///
    /// @return its length
    public int of(int size) {
        int end = Digits.put(bytes, START.length, size);
        bytes[end] = '\r';
        bytes[end + 1] = '\n';
        bytes[end + 2] = '\r';
        bytes[end + 3] = '\n';
        return end + 4;
    }
}
