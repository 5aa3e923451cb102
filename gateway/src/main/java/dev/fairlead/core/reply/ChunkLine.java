package dev.fairlead.core.reply;

/// What the bytes at hand say about the line before a chunk.
sealed interface ChunkLine {
    /// Longest line that is read without Netty's decoder.
    int LONGEST = 16;

    /// Hexadecimal digits alone. The last chunk's line has the empty line with it that ends the reply.
    ///
    /// @param size of the line in bytes
    /// @param chunk bytes in the chunk; 0 when it was the last
    record Plain(int size, int chunk) implements ChunkLine {}

    enum Other implements ChunkLine {
        UNFINISHED,
        /// Extensions, trailers, or nothing legal.
        UNUSUAL
    }

    /// Reads the first `size` bytes of a line.
    static ChunkLine of(byte[] bytes, int size) {
        int chunk = 0;
        for (int at = 0; at < size; at++) {
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0) return at == 0 ? Other.UNUSUAL : ended(bytes, size, at, chunk);
            if (chunk > Integer.MAX_VALUE >> 5) return Other.UNUSUAL;
            chunk = chunk << 4 | digit;
        }
        return size < LONGEST ? Other.UNFINISHED : Other.UNUSUAL;
    }

    private static ChunkLine ended(byte[] bytes, int size, int digits, int chunk) {
        int to = digits + (chunk == 0 ? 4 : 2);
        for (int at = digits; at < to; at++) {
            if (at == size) return size < LONGEST ? Other.UNFINISHED : Other.UNUSUAL;
            if (bytes[at] != ((at - digits) % 2 == 0 ? '\r' : '\n')) return Other.UNUSUAL;
        }
        return new Plain(to, chunk);
    }
}
