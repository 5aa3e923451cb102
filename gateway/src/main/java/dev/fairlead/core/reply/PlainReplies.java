package dev.fairlead.core.reply;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.net.ReceiveBufferSize;
import dev.fairlead.core.reply.ReplyHead.Other;
import dev.fairlead.core.reply.ReplyHead.Plain;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 replies as nearly every node sends them, read straight from the receive buffer. The first that is unusual
/// is given to Netty's decoder from its beginning, and so is everything behind it on that connection.
///
/// ```
/// head ─┬─▶ body ──────────────────────────────▶ head
///       └─▶ chunk line ◀──▶ chunk ── chunk end ──▶ … ── last chunk ──▶ head
/// anywhere but in body and chunk: unusual ──▶ given away;  after a chunk: no line's end ──▶ broken
/// ```
public final class PlainReplies extends ChannelInboundHandlerAdapter {
    private static final int SHORT_HEAD = 512;
    /// Brings Netty's decoder to where a chunk line is expected.
    private static final byte[] BEFORE_CHUNKS =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ReplyEvents events;
    private final HttpReplies behind;
    private final ReceiveBufferSize bufferSize;
    private final byte[] scratch;

    private Stage stage = Stage.HEAD;
    /// Bytes still to come of the body or chunk under way.
    private long left;
    /// The beginning of a head or chunk line, whose end has not come.
    private @Nullable ByteBuf early;

    private enum Stage {
        HEAD,
        BODY,
        CHUNK_LINE,
        CHUNK,
        CHUNK_END,
        /// The bytes that follow cannot be understood any more.
        BROKEN,
        /// Netty's decoder has the connection.
        GIVEN
    }

    /// @param behind the handler behind this one, for what is given to Netty's decoder
    /// @param scratch at least as long as the longest head; used only while a head or chunk line is looked at
    PlainReplies(ReplyEvents events, HttpReplies behind, ReceiveBufferSize bufferSize, byte[] scratch) {
        this.events = events;
        this.behind = behind;
        this.bufferSize = bufferSize;
        this.scratch = scratch;
    }

    /// Puts the two readers of replies at the end of a pipeline.
    public static void install(
            ChannelPipeline pipeline, ReplyEvents events, ReceiveBufferSize bufferSize, byte[] scratch, Faults faults) {
        var behind = new HttpReplies(events, faults);
        pipeline.addLast(new PlainReplies(events, behind, bufferSize, scratch), behind);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        read(context, early == null ? bytes : joined(context, early, bytes));
        bufferSize.expect(left);
        if (left > 0) events.lull();
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) {
        while (bytes.isReadable()) {
            boolean taken = switch (stage) {
                case HEAD -> head(context, bytes);
                case BODY, CHUNK -> pass(bytes);
                case CHUNK_LINE -> chunkLine(context, bytes);
                case CHUNK_END -> chunkEnd(bytes);
                case BROKEN -> skipped(bytes);
                case GIVEN -> throw new IllegalStateException("read behind what was given away");
            };
            if (taken) return;
        }
        bytes.release();
    }

    /// Netty's decoder knows what it means that a connection ends within a head or chunk line. Half a chunk's end means
    /// nothing: the reply is cut off all the same.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ByteBuf unfinished = early;
        early = null;
        if (unfinished != null && stage == Stage.CHUNK_END) unfinished.release();
        else if (unfinished != null) give(context, unfinished);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (early != null) early.release();
        early = null;
    }

    private ByteBuf joined(ChannelHandlerContext context, ByteBuf before, ByteBuf next) {
        early = null;
        ByteBuf whole = context.alloc().directBuffer(before.readableBytes() + next.readableBytes());
        whole.writeBytes(before).writeBytes(next);
        before.release();
        next.release();
        return whole;
    }

    /// @return whether the bytes were taken over
    private boolean head(ChannelHandlerContext context, ByteBuf bytes) {
        ReplyHead head = look(bytes, SHORT_HEAD);
        if (head == Other.UNFINISHED && bytes.readableBytes() > SHORT_HEAD) head = look(bytes, ReplyHead.LONGEST);
        if (head instanceof Plain plain) {
            begin(plain, bytes);
            return false;
        }
        boolean mayFollow = head == Other.UNFINISHED && bytes.readableBytes() < ReplyHead.LONGEST;
        if (!mayFollow) return unusual(context, bytes);
        events.early();
        return keep(bytes);
    }

    private ReplyHead look(ByteBuf bytes, int most) {
        int size = Math.min(bytes.readableBytes(), most);
        bytes.getBytes(bytes.readerIndex(), scratch, 0, size);
        return ReplyHeadScan.of(scratch, size);
    }

    private void begin(Plain head, ByteBuf bytes) {
        long length = head.length();
        bytes.skipBytes(head.size());
        left = Math.max(0, length);
        stage = length < 0 ? Stage.CHUNK_LINE : left == 0 ? Stage.HEAD : Stage.BODY;
        bufferSize.announced(left);
        events.begun(head.status(), length, head.lasting(), head.retryAfter());
        if (length == 0) events.ended();
    }

    private boolean pass(ByteBuf bytes) {
        boolean all = bytes.readableBytes() <= left;
        ByteBuf part = all ? bytes : bytes.readRetainedSlice((int) left);
        left -= part.readableBytes();
        boolean body = stage == Stage.BODY;
        if (left == 0) stage = body ? Stage.HEAD : Stage.CHUNK_END;
        events.part(part);
        if (body && left == 0) events.ended();
        return all;
    }

    private boolean chunkLine(ChannelHandlerContext context, ByteBuf bytes) {
        int size = Math.min(bytes.readableBytes(), ChunkLine.LONGEST);
        bytes.getBytes(bytes.readerIndex(), scratch, 0, size);
        ChunkLine read = ChunkLine.of(scratch, size);
        if (read == ChunkLine.Other.UNFINISHED) return keep(bytes);
        if (!(read instanceof ChunkLine.Plain line)) return unusual(context, bytes);
        bytes.skipBytes(line.size());
        left = line.chunk();
        stage = left == 0 ? Stage.HEAD : Stage.CHUNK;
        if (left == 0) events.ended();
        return false;
    }

    private boolean chunkEnd(ByteBuf bytes) {
        if (bytes.readableBytes() < 2) return keep(bytes);
        if (bytes.readShort() == ('\r' << 8 | '\n')) {
            stage = Stage.CHUNK_LINE;
            return false;
        }
        stage = Stage.BROKEN;
        events.garbled(HttpReplies.NOT_HTTP);
        return false;
    }

    private static boolean skipped(ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        return false;
    }

    private boolean keep(ByteBuf bytes) {
        early = bytes;
        return true;
    }

    private boolean unusual(ChannelHandlerContext context, ByteBuf bytes) {
        give(context, bytes);
        context.pipeline().remove(this);
        return true;
    }

    private void give(ChannelHandlerContext context, ByteBuf bytes) {
        boolean amidChunks = stage != Stage.HEAD;
        stage = Stage.GIVEN;
        left = 0;
        behind.decode(context, amidChunks);
        if (amidChunks) context.fireChannelRead(Unpooled.wrappedBuffer(BEFORE_CHUNKS));
        context.fireChannelRead(bytes);
    }
}
