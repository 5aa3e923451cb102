package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The head that nearly all answers have, of which only the name and the length differ. Belongs to one event loop.
final class PlainHead {
    private static final byte[] START =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 13;
    private static final int MOST_DIGITS = 10;

    private final byte[] bytes = Arrays.copyOf(START, START.length + LONGEST_NAME + LENGTH.length + MOST_DIGITS + 4);

    /// Where the head stands until the next one is made.
    byte[] bytes() {
        return bytes;
    }

    /// Makes the head of an answer whose body has `size` bytes.
    ///
    /// @param serial of the request, which is its name
    /// @return its length
    int of(long serial, int size) {
        int named = Digits.putShort(bytes, START.length, serial);
        System.arraycopy(LENGTH, 0, bytes, named, LENGTH.length);
        int end = Digits.put(bytes, named + LENGTH.length, size);
        bytes[end] = '\r';
        bytes[end + 1] = '\n';
        bytes[end + 2] = '\r';
        bytes[end + 3] = '\n';
        return end + 4;
    }
}
