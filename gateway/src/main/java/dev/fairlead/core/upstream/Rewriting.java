package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Puts a node's value into an envelope of our own, for replies that are not legal or do not bear the client's id.
final class Rewriting {
    private static final int COPIED = 4096;
    private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] ID_BEHIND = ascii(",\"id\":");
    private static final byte[] BEFORE_RESULT = ascii(",\"result\":");
    private static final byte[] BEFORE_ERROR = ascii(",\"error\":");

    private Rewriting() {}

    /// Everything before the value.
    static ByteBuf opening(ByteBufAllocator buffers, Slice id, Kind kind, int room) {
        byte[] name = kind == Kind.ERROR ? BEFORE_ERROR : BEFORE_RESULT;
        ByteBuf opening = buffers.directBuffer(BEFORE_ID.length + id.size() + name.length + room);
        return opening.writeBytes(BEFORE_ID)
                .writeBytes(id.array(), id.from(), id.size())
                .writeBytes(name);
    }

    /// An id behind the value.
    static void writeId(ByteBuf ending, Slice id) {
        ending.writeBytes(ID_BEHIND).writeBytes(id.array(), id.from(), id.size());
    }

    /// A whole reply around `value`, which is taken over.
    static Wrapped around(ByteBufAllocator buffers, Slice id, Kind kind, ByteBuf value) {
        int size = value.readableBytes();
        ByteBuf opening = opening(buffers, id, kind, size <= COPIED ? size + 1 : 0);
        int valueAt = opening.readableBytes();
        if (size <= COPIED) {
            opening.writeBytes(value).writeByte('}');
            value.release();
            return new Wrapped(opening, valueAt);
        }
        ByteBuf closing = buffers.directBuffer(1).writeByte('}');
        ByteBuf body = buffers.compositeDirectBuffer(3)
                .addComponent(true, opening)
                .addComponent(true, value)
                .addComponent(true, closing);
        return new Wrapped(body, valueAt);
    }

    record Wrapped(ByteBuf body, int valueAt) {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
