package dev.fairlead.data.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/// A JSON array put together from replies: small ones are copied into one buffer, large ones are taken as they are.
final class Composition {
    private static final int WORTH_COPYING = 4096;

    private final ByteBufAllocator buffers;
    private final CompositeByteBuf whole;
    private ByteBuf run;
    private boolean empty = true;

    /// @param parts how many at the most
    /// @param size bytes of all of them, as an estimate
    Composition(ByteBufAllocator buffers, int parts, long size) {
        this.buffers = buffers;
        this.whole = buffers.compositeBuffer(2 * parts + 2);
        this.run = buffers.buffer((int) Math.min(size + parts + 2, 64 * 1024));
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
        if (part.readableBytes() <= WORTH_COPYING) {
            run.writeBytes(part);
            part.release();
        } else {
            whole.addComponent(true, run).addComponent(true, part);
            run = buffers.buffer(256);
        }
    }

    ByteBuf finish() {
        run.writeByte(']');
        if (!whole.isReadable()) {
            whole.release();
            return run;
        }
        return whole.addComponent(true, run);
    }
}
