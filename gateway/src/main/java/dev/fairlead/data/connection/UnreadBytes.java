package dev.fairlead.data.connection;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.rpc.InFlightLimit;
import io.netty.channel.Channel;

/// The bytes that the client of one channel has not taken: answers before their turn, and what lies in the
/// channel. They are counted in the memory of all clients, and in what the client's connection holds.
final class UnreadBytes {
    /// A client that has no more than this to read is not behind.
    private static final long LITTLE = 64 * 1024;
    /// One client may take this part of all memory.
    private static final int SHARE = 8;

    private final Channel channel;
    private final MemoryShare memory;
    private final InFlightLimit limit;
    private long held;
    private long counted;
    private boolean isGone;

    UnreadBytes(Channel channel, MemoryShare memory, InFlightLimit limit) {
        this.channel = channel;
        this.memory = memory;
        this.limit = limit;
    }

    /// An answer of so many bytes waits for its turn.
    void hold(int bytes) {
        held += bytes;
    }

    /// It waits no longer.
    void release(int bytes) {
        held -= bytes;
    }

    void releaseAll() {
        held = 0;
    }

    boolean isMuchHeld() {
        return held > LITTLE;
    }

    long inChannel() {
        return in(channel);
    }

    static long in(Channel channel) {
        if (channel.isWritable()) {
            return Math.max(0, channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable());
        }
        long above = channel.bytesBeforeWritable();
        return above == Long.MAX_VALUE ? 0 : channel.config().getWriteBufferLowWaterMark() + above;
    }

    /// Whether next to nothing lies in this channel.
    boolean isLittle() {
        return inChannel() <= LITTLE;
    }

    /// Whether the connection has much to read, in all of its streams.
    boolean isMuch() {
        return limit.unread() > LITTLE;
    }

    /// Whether the client must read before it may ask for more: when its channel takes no more; when more than a little
    /// waits and memory is short; when anything waits and memory is used up.
    boolean isOwed() {
        if (!channel.isWritable()) return true;
        if (!memory.isShort()) return false;
        return inChannel() > (memory.isFull() ? 0 : LITTLE);
    }

    /// Whether answers to further calls may wait: at most as much as one batch may take, no large part of all
    /// memory, and little while that is short.
    boolean hasRoom(long batch) {
        long waiting = limit.unread();
        if (waiting <= LITTLE) return true;
        if (memory.isShort()) return false;
        return waiting <= Math.min(batch, memory.most() / SHARE);
    }

    /// Whether the connection holds as much as one may.
    boolean isShareTaken() {
        return limit.unread() > memory.most() / SHARE;
    }

    /// @return whether they have become fewer
    boolean count() {
        return !isGone && change(held + inChannel());
    }

    /// The channel is closed; what waited in it is gone.
    ///
    /// @return whether they have become fewer
    boolean gone() {
        boolean isLess = change(0);
        isGone = true;
        return isLess;
    }

    private boolean change(long bytes) {
        if (bytes == counted) return false;
        memory.change(counted, bytes);
        limit.unread(bytes - counted);
        boolean isLess = bytes < counted;
        counted = bytes;
        return isLess;
    }
}
