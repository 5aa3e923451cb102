package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.JsonStream;
import io.netty.buffer.ByteBuf;

/// Finds, part by part, where the value of a reply ends that is passed on while it comes in, and whether it is
/// legal.
final class StreamedValueScan {
    private final JsonStream text = new JsonStream();
    private final byte[] scratch;

    /// @param scratch used up by each call of [#end]
    StreamedValueScan(byte[] scratch) {
        this.scratch = scratch;
    }

    /// @param part stays as it is
    /// @param from where the value begins or goes on
    /// @return where it ends, the end of `part` while it goes on, or -1 when it is broken
    int end(ByteBuf part, int from) {
        int at = from;
        while (at < part.writerIndex()) {
            int size = Math.min(scratch.length, part.writerIndex() - at);
            part.getBytes(at, scratch, 0, size);
            int end = text.value(scratch, 0, size);
            if (end < 0) return -1;
            at += end;
            if (end < size) return at;
        }
        return at;
    }
}
