package dev.fairlead.core.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Collects the parts of a body. A body of one part is kept as it came; further ones are copied together, because each
/// part would otherwise keep its whole receive buffer alive, however small it is.
final class HeldBody {
    private static final int MOST_RESERVED = 256 * 1024;

    private final ByteBufAllocator buffers;
    private @Nullable ByteBuf body;
    private boolean joined;

    HeldBody(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    /// @param part taken over
    /// @param length of the whole body, or -1
    void add(ByteBuf part, long length) {
        if (body == null) {
            body = part.readerIndex() == 0 ? part : part.slice();
            return;
        }
        if (!joined) join(body, part.readableBytes(), length);
        body.writeBytes(part);
        part.release();
    }

    int size() {
        return body == null ? 0 : body.readableBytes();
    }

    /// Hands the body over.
    ByteBuf take() {
        ByteBuf taken = body == null ? buffers.buffer(0) : body;
        body = null;
        return taken;
    }

    void release() {
        if (body != null) body.release();
        body = null;
    }

    private void join(ByteBuf first, int more, long length) {
        int size = first.readableBytes() + more;
        long expected = Math.min(MOST_RESERVED, Math.max(length, 2L * size));
        body = buffers.directBuffer((int) Math.max(size, expected)).writeBytes(first);
        first.release();
        joined = true;
    }
}
