package dev.fairlead.data.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/// A JSON array, or a part of one, put together from replies: small ones are copied into one buffer, large
/// ones are taken as they are.
final class JsonArray {
    private static final int WORTH_COPYING = 4096;
    private static final int MOST_AT_FIRST = 1024 * 1024;

    private final ByteBufAllocator buffers;
    private final CompositeByteBuf whole;
    private ByteBuf run;
    private boolean empty;

    /// @param parts how many at the most
    /// @param size bytes of all of them that are to be copied, or less when that is not known
    /// @param begun whether elements went before
    JsonArray(ByteBufAllocator buffers, int parts, long size, boolean begun) {
        this.buffers = buffers;
        this.whole = buffers.compositeBuffer(2 * parts + 2);
        this.run = buffers.buffer((int) Math.min(size + parts + 2, MOST_AT_FIRST));
        this.empty = !begun;
    }

    static boolean isCopied(ByteBuf part) {
        return part.readableBytes() <= WORTH_COPYING;
    }

    boolean isEmpty() {
        return empty;
    }

    void discard() {
        run.release();
        whole.release();
    }

    /// Ownership of `part` passes here.
    void add(ByteBuf part) {
        run.writeByte(empty ? '[' : ',');
        empty = false;
        if (isCopied(part)) {
            run.writeBytes(part);
            part.release();
        } else {
            whole.addComponent(true, run).addComponent(true, part);
            run = buffers.buffer(256);
        }
    }

    /// Ends the array.
    ByteBuf finish() {
        if (empty) run.writeByte('[');
        run.writeByte(']');
        return soFar();
    }

    ByteBuf soFar() {
        if (!whole.isReadable()) {
            whole.release();
            return run;
        }
        return whole.addComponent(true, run);
    }
}
