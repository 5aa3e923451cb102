package dev.fairlead.data.http;

import dev.fairlead.core.memory.Lease;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// What became of a compressed request body. Stops at the limit, however much more a bomb would yield, and where there
/// is no memory for more.
public sealed interface InflatedBody {
    /// More than this many times its size is no honest body: JSON gets smaller by twenty times, or fifty.
    int MOST_RATIO = 256;
    /// Below it the ratio does not matter.
    int HARMLESS = 64 * 1024;

    /// @param bytes the first `size` of them are the body
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(byte[] bytes, int size) implements InflatedBody {}

    record TooLarge() implements InflatedBody {}

    record TooDense() implements InflatedBody {}

    record NoRoom() implements InflatedBody {}

    record Broken(String cause) implements InflatedBody {}

    static boolean knows(String coding) {
        return coding.equals("gzip") || coding.equals("x-gzip") || coding.equals("deflate");
    }

    /// @param coding one that is known
    /// @param lease grows by what the inflated body takes
    static InflatedBody of(String coding, byte[] compressed, int size, int limit, Lease lease) {
        try {
            return coding.equals("deflate")
                    ? zlib(compressed, size, limit, lease)
                    : gzip(compressed, size, limit, lease);
        } catch (IOException broken) {
            return new Broken(String.valueOf(broken.getMessage()));
        }
    }

    private static InflatedBody gzip(byte[] compressed, int size, int limit, Lease lease) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed, 0, size), 8192)) {
            return bounded(in, size, limit, lease);
        }
    }

    /// RFC 9110 means zlib by `deflate`, but some clients send it bare; only zlib begins with a method of 8.
    private static InflatedBody zlib(byte[] compressed, int size, int limit, Lease lease) throws IOException {
        boolean bare = size == 0 || (compressed[0] & 0x0f) != 8;
        try (var inflater = new Inflater(bare);
                var in = new InflaterInputStream(new ByteArrayInputStream(compressed, 0, size), inflater, 8192)) {
            return bounded(in, size, limit, lease);
        }
    }

    private static InflatedBody bounded(InputStream in, int compressed, int limit, Lease lease) throws IOException {
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
            int read = in.read(bytes, size, bytes.length - size);
            if (read < 0) break;
            size += read;
        }
        return size > limit ? new TooLarge() : new Whole(bytes, size);
    }
}
