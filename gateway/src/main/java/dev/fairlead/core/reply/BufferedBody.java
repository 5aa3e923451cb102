package dev.fairlead.core.reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;

/// Collects the parts of a body. The first and the large ones are kept as they came; small ones are copied together,
/// because each would otherwise keep its whole receive buffer alive.
public final class BufferedBody {
    private static final int LARGE = 8 * 1024;
    private static final int MOST_RESERVED = 256 * 1024;
    private static final int MOST_PARTS = 1024;

    private final ByteBufAllocator buffers;
    private @Nullable ByteBuf body;
    /// Small parts that stand behind `body`.
    private @Nullable ByteBuf small;

    public BufferedBody(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    /// @param part taken over
    /// @param length of the whole body, or -1
    public void add(ByteBuf part, long length) {
        if (body == null && small == null) body = part;
        else if (part.readableBytes() >= LARGE) chain(part);
        else copy(part, length);
    }

    public int size() {
        return size(body) + size(small);
    }

    /// Hands the body over.
    public ByteBuf take() {
        if (small != null) chain(null);
        ByteBuf taken = body == null ? buffers.buffer(0) : body;
        body = null;
        return taken;
    }

    public void release() {
        if (body != null) body.release();
        if (small != null) small.release();
        body = null;
        small = null;
    }

    private void chain(@Nullable ByteBuf part) {
        ByteBuf before = small;
        small = null;
        if (before != null) body = body == null ? before : chained(body, before);
        if (part != null) body = body == null ? part : chained(body, part);
    }

    private ByteBuf chained(ByteBuf first, ByteBuf next) {
        CompositeByteBuf chain = first instanceof CompositeByteBuf parts
                ? parts
                : buffers.compositeDirectBuffer(MOST_PARTS).addComponent(true, first);
        return chain.addComponent(true, next);
    }

    private void copy(ByteBuf part, long length) {
        ByteBuf room = small;
        if (room == null) room = reserve(part.readableBytes(), length);
        small = room.writeBytes(part);
        part.release();
    }

    /// Makes room for this part and for small ones behind it; a body that is small itself is moved there.
    private ByteBuf reserve(int more, long length) {
        ByteBuf first = size(body) < LARGE ? body : null;
        int kept = first == null ? size(body) : 0;
        int size = size(first) + more;
        long expected = Math.min(MOST_RESERVED, Math.max(length - kept, 2L * size));
        ByteBuf room = buffers.directBuffer((int) Math.max(size, expected));
        if (first == null) return room;
        body = null;
        room.writeBytes(first);
        first.release();
        return room;
    }

    private static int size(@Nullable ByteBuf part) {
        return part == null ? 0 : part.readableBytes();
    }
}
