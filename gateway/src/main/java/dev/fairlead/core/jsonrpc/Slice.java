package dev.fairlead.core.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A piece of a byte array that is not changed any more: ids, params and results keep the sender's bytes so.
/// Two slices are equal when their bytes are.
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the bytes below
public record Slice(byte[] array, int from, int to) {
    /// No bytes at all: an absent id, absent params, absent error data.
    public static final Slice NONE = new Slice(new byte[0], 0, 0);

    /// The JSON `null`.
    public static final Slice NULL = of("null");

    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    public static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return to - from;
    }

    public boolean isEmpty() {
        return to == from;
    }

    public byte at(int index) {
        return array[from + index];
    }

    /// @return the index behind the last byte that was written
    public int copyTo(byte[] into, int at) {
        System.arraycopy(array, from, into, at, to - from);
        return at + to - from;
    }

    public byte[] bytes() {
        return Arrays.copyOfRange(array, from, to);
    }

    public String text() {
        return new String(array, from, size(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Slice that && Arrays.equals(array, from, to, that.array, that.from, that.to));
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) hash = 31 * hash + array[i];
        return hash;
    }

    @Override
    public String toString() {
        return text();
    }
}
