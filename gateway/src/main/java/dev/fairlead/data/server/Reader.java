package dev.fairlead.data.server;

import io.netty.channel.Channel;
import java.time.Duration;

/// Watches whether a client takes what is there for it.
final class Reader {
    private final Channel channel;
    private long lastRoom;
    private long lastProgress = System.nanoTime();

    Reader(Channel channel) {
        this.channel = channel;
    }

    /// Whether bytes wait for the client, and it has taken none of them for so long.
    boolean isStuck(long now, Duration patience) {
        long room = channel.bytesBeforeUnwritable() - channel.bytesBeforeWritable();
        boolean waits = !channel.isWritable()
                || room < channel.config().getWriteBufferWaterMark().high();
        if (room != lastRoom || !waits) {
            lastRoom = room;
            lastProgress = now;
        }
        return waits && now - lastProgress > patience.toNanos();
    }
}
