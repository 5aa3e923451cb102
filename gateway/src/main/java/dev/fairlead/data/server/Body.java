package dev.fairlead.data.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// A request's body on its way in: one array that grows with what has truly arrived, never with what was announced.
final class Body {
    private static final int FIRST = 64 * 1024;

    private final int limit;
    private byte[] bytes;
    private int size;

    /// @param announced what Content-Length says, or -1
    Body(int limit, long announced) {
        this.limit = limit;
        this.bytes = new byte[(int) Math.min(announced < 0 ? 1024 : Math.min(announced, FIRST), limit)];
    }

    /// @return false when the body would exceed its limit
    boolean add(ByteBuf part) {
        int more = part.readableBytes();
        if (more > limit - size) return false;
        if (more > bytes.length - size) grow(size + more);
        part.readBytes(bytes, size, more);
        size += more;
        return true;
    }

    private void grow(int needed) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}
