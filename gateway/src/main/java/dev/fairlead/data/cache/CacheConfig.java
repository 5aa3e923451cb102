package dev.fairlead.data.cache;

/// What is kept of nodes' answers.
///
/// @param memory bytes at the most; never more than an eighth of the heap; 0 keeps nothing
public record CacheConfig(long memory) {
    private static final int OF_HEAP = 8;

    public static final CacheConfig DEFAULT = new CacheConfig(64L * 1024 * 1024);

    /// Bytes that may be held in a process with such a heap.
    long most(long heap) {
        return Math.min(memory, heap / OF_HEAP);
    }
}
