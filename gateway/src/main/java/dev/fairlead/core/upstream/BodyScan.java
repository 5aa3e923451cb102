package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.JsonStream;
import io.netty.buffer.ByteBuf;

/// Whether a body that is passed on while it comes in is legal JSON, looked at as it goes by.
final class BodyScan {
    private final JsonStream text = new JsonStream();
    private final byte[] scratch;

    /// @param scratch used up by each call of [#read]
    BodyScan(byte[] scratch) {
        this.scratch = scratch;
    }

    /// @param part stays as it is
    /// @return whether the body may still become legal
    boolean read(ByteBuf part) {
        int at = part.readerIndex();
        while (at < part.writerIndex()) {
            int size = Math.min(scratch.length, part.writerIndex() - at);
            part.getBytes(at, scratch, 0, size);
            if (!text.read(scratch, 0, size)) return false;
            at += size;
        }
        return true;
    }

    boolean isWhole() {
        return text.isWhole();
    }
}
