package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.ParsedReply.Spoken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Gives a reply its client's id: in its place where the rest is legal, else with an envelope of our own around the
/// value.
final class ReplyIdRewriter {
    private static final int COPIED = 4096;
    private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] ID_BEHIND = ascii(",\"id\":");
    private static final byte[] BEFORE_RESULT = ascii(",\"result\":");
    private static final byte[] BEFORE_ERROR = ascii(",\"error\":");

    private ReplyIdRewriter() {}

    /// Puts the client's id where the wire id stands. The value stays where it is; the bytes on the id's side
    /// of it move.
    ///
    /// @param scratch begins with the bytes of `body`; used up
    /// @return where the value begins now, or -1 when there was no room
    static int putBack(ByteBuf body, Spoken spoken, Slice id, byte[] scratch) {
        int at = spoken.idFrom();
        int value = spoken.from();
        int size = id.size();
        int growth = size - (spoken.idTo() - at);
        if (growth > 0 && (body.refCnt() != 1 || body.unwrap() != null)) return -1;
        if (at > value) return putBehind(body, spoken, id, growth, scratch);
        int start = body.readerIndex() - growth;
        if (start < 0 || at + size > scratch.length) return -1;
        body.setBytes(start, scratch, 0, id.copyTo(scratch, at)).readerIndex(start);
        return value + growth;
    }

    private static int putBehind(ByteBuf body, Spoken spoken, Slice id, int growth, byte[] scratch) {
        if (growth > body.writableBytes()) return -1;
        int rest = body.readableBytes() - spoken.idTo();
        body.writerIndex(body.readerIndex() + spoken.idFrom());
        body.writeBytes(id.array(), id.from(), id.size()).writeBytes(scratch, spoken.idTo(), rest);
        return spoken.from();
    }

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
