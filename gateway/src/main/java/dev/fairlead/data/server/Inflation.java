package dev.fairlead.data.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// What became of a compressed request body. Stops at the limit, however much more a bomb would yield.
sealed interface Inflation {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(byte[] bytes) implements Inflation {}

    record TooLarge() implements Inflation {}

    record Broken(String cause) implements Inflation {}

    static boolean knows(String coding) {
        return coding.equals("gzip") || coding.equals("x-gzip") || coding.equals("deflate");
    }

    /// @param coding one that is known
    static Inflation of(String coding, byte[] compressed, int size, int limit) {
        try {
            return coding.equals("deflate") ? zlib(compressed, size, limit) : gzip(compressed, size, limit);
        } catch (IOException broken) {
            return new Broken(String.valueOf(broken.getMessage()));
        }
    }

    private static Inflation gzip(byte[] compressed, int size, int limit) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed, 0, size), 8192)) {
            return bounded(in, limit);
        }
    }

    /// RFC 9110 means zlib by `deflate`, but some clients send it bare; only zlib begins with a method of 8.
    private static Inflation zlib(byte[] compressed, int size, int limit) throws IOException {
        boolean bare = size == 0 || (compressed[0] & 0x0f) != 8;
        try (var inflater = new Inflater(bare);
                var in = new InflaterInputStream(new ByteArrayInputStream(compressed, 0, size), inflater, 8192)) {
            return bounded(in, limit);
        }
    }

    private static Inflation bounded(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        return bytes.length > limit ? new TooLarge() : new Whole(bytes);
    }
}
