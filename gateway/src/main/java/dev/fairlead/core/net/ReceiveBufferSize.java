package dev.fairlead.core.net;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// How much one connection reads at once: little while replies are small, much once one has announced that it is large
/// or keeps filling the buffers. A node that trickles gets small buffers again, because every part of a reply keeps its
/// whole buffer.
public final class ReceiveBufferSize extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int LEAST = 2 * 1024;
    private static final int MOST_UNFILLED = 64 * 1024;
    private static final int MOST = 256 * 1024;
    private static final int GROWTH = 4;
    /// Room behind what is expected: only a buffer that is not full says that there is nothing more to read.
    private static final int SLACK = 64;

    private int size = LEAST;
    private long expected;

    /// A body of this length begins.
    public void announced(long length) {
        size = (int) Math.max(size, Math.min(MOST_UNFILLED, length));
    }

    /// @param more bytes at least that are still to come, or 0 when that is not known
    public void expect(long more) {
        expected = more;
    }

    private int next() {
        if (expected == 0) return Math.min(size, MOST_UNFILLED);
        return (int) Math.max(LEAST, Math.min(size, expected + SLACK));
    }

    private void read(int bytes, int offered) {
        if (bytes == offered) size = Math.min(MOST, size * GROWTH);
        else if (bytes < size / 2) size = Math.max(LEAST, size / 2);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface that channels ask for
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return next();
            }

            @Override
            public void lastBytesRead(int bytes) {
                super.lastBytesRead(bytes);
                if (bytes > 0) read(bytes, attemptedBytesRead());
            }
        };
    }
}
