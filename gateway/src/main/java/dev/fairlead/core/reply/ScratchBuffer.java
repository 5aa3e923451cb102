package dev.fairlead.core.reply;

/// Where the bytes of held replies lie while they are looked at: one for each event loop. A user is done with
/// it before other code runs on the loop.
public final class ScratchBuffer {
    /// Larger ones are made for one use, and left to the garbage collector.
    private static final int LARGEST_KEPT = 512 * 1024;

    private byte[] kept = new byte[16 * 1024];

    public byte[] of(int size) {
        if (size <= kept.length) return kept;
        if (size > LARGEST_KEPT) return new byte[size];
        kept = new byte[Math.min(LARGEST_KEPT, Integer.highestOneBit(size) << 1)];
        return kept;
    }
}
