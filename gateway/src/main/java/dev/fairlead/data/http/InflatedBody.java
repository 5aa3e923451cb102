package dev.fairlead.data.http;

import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.net.BodyInflater;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/// What became of a compressed request body. Inflating stops at the limit, however much more a bomb would
/// yield, and where there is no memory for more.
public sealed interface InflatedBody {
    /// A body that grows more than this is a bomb: compression makes JSON twenty or fifty times smaller, not
    /// more.
    int MOST_RATIO = 256;
    /// Below this many bytes the ratio does not matter.
    int HARMLESS = 64 * 1024;

    /// @param bytes the first `size` of them are the body
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(byte[] bytes, int size) implements InflatedBody {}

    record TooLarge() implements InflatedBody {}

    record TooDense() implements InflatedBody {}

    record NoRoom() implements InflatedBody {}

    record Broken(String cause) implements InflatedBody {}

    /// @param coding one that [BodyInflater] knows
    /// @param lease grows by what the inflated body takes
    static InflatedBody of(String coding, byte[] compressed, int size, int limit, Lease lease) {
        try (BodyInflater inflater = BodyInflater.of(coding)) {
            if (inflater == null) return new Broken("the coding is not known");
            return bounded(inflater, ByteBuffer.wrap(compressed, 0, size), limit, lease);
        } catch (DataFormatException broken) {
            return new Broken(String.valueOf(broken.getMessage()));
        }
    }

    private static InflatedBody bounded(BodyInflater inflater, ByteBuffer in, int limit, Lease lease)
            throws DataFormatException {
        int compressed = in.remaining();
        byte[] bytes = {};
        int size = 0;
        while (true) {
            if (size == bytes.length) {
                if (size > limit) return new TooLarge();
                if (size > Math.max(HARMLESS, (long) MOST_RATIO * compressed)) return new TooDense();
                int length = (int) Math.min(limit + 1L, Math.max(4096L + compressed, 2L * size));
                if (!lease.grow(length - size)) return new NoRoom();
                bytes = Arrays.copyOf(bytes, length);
            }
            int made = inflater.inflate(in, bytes, size, bytes.length - size);
            if (made == 0) break;
            size += made;
        }
        if (!inflater.isComplete()) return new Broken("it ends before its end");
        return size > limit ? new TooLarge() : new Whole(bytes, size);
    }
}
