package dev.fairlead.control.admin.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a client sent and nobody has taken yet. Takes no memory while there is nothing.
final class InputBytes {
    private static final byte[] NONE = {};
    private static final int SMALLEST = 512;

    private byte[] bytes = NONE;
    private int start;
    private int end;
    /// Up to here there is no end of a line, so that bytes which come one by one are looked at once.
    private int searched;

    void add(ByteBuffer more) {
        int size = more.remaining();
        if (bytes.length - end < size) makeRoom(size);
        more.get(bytes, end, size);
        end += size;
    }

    private void makeRoom(int more) {
        int size = size();
        byte[] wider = bytes.length - size >= more
                ? bytes
                : new byte[Math.max(SMALLEST, Integer.highestOneBit(size + more - 1) * 2)];
        System.arraycopy(bytes, start, wider, 0, size);
        bytes = wider;
        searched -= start;
        start = 0;
        end = size;
    }

    int size() {
        return end - start;
    }

    /// Bytes of memory.
    int held() {
        return bytes.length;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    /// How many bytes stand before the first CR or LF; all when there is none yet.
    int toLineEnd() {
        searched = Math.max(searched, start);
        while (searched < end && bytes[searched] != '\r' && bytes[searched] != '\n') searched++;
        return searched - start;
    }

    byte[] take(int size) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + size);
        skip(size);
        return taken;
    }

    String takeText(int size) {
        var text = new String(bytes, start, size, StandardCharsets.ISO_8859_1);
        skip(size);
        return text;
    }

    void skip(int size) {
        start += size;
        if (start == end) clear();
    }

    void clear() {
        bytes = NONE;
        start = 0;
        end = 0;
        searched = 0;
    }
}
