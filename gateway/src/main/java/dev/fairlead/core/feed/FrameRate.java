package dev.fairlead.core.feed;

/// Counts what a node sends over its WebSocket. No chain has so many heads in a second, not even while a node
/// catches up: a node that sends more only keeps the event loop busy.
final class FrameRate {
    static final int MOST_FRAMES = 10_000;
    static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final long SECOND = 1_000_000_000L;

    private long since;
    private int frames;
    private long bytes;

    FrameRate(long now) {
        since = now;
    }

    /// Counts one frame.
    ///
    /// @return whether these are too many for one second
    boolean isTooMuch(long now, int size) {
        if (now - since > SECOND) {
            since = now;
            frames = 0;
            bytes = 0;
        }
        frames++;
        bytes += size;
        return frames > MOST_FRAMES || bytes > MOST_BYTES;
    }
}
