package dev.fairlead.core.reply;

import dev.fairlead.core.net.BodyInflater;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// Inflates compressed bodies step by step, and only while the channel is to be read: a few bytes may become
/// many megabytes, and a reader that pauses the connection pauses these too.
final class ReplyInflater extends ChannelDuplexHandler {
    private static final String SHORT = "a compressed body ended before its end";
    private static final int STEP = 64 * 1024;
    private static final int LEAST = 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /// The most that is still inflated when the connection closed while its reader paused.
    private static final int MOST_AT_END = 4 * 1024 * 1024;
    /// Smaller parts that wait are copied together: each takes far more memory than its bytes.
    private static final int SMALL = 1024;

    /// What came after the part that is being inflated.
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    /// Small parts at the end of what waits.
    private @Nullable ByteBuf joined;

    private @Nullable BodyInflater open;
    /// The part that is being inflated.
    private @Nullable ByteBuf compressed;

    private ByteBuffer unread = NOTHING;
    private int room = LEAST;
    /// Whether any of its body has come.
    private boolean begun;
    private boolean ending;
    private boolean busy;
    private long leftAtEnd = Long.MAX_VALUE;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject object) {
            add(context, object);
            proceed(context);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void add(ChannelHandlerContext context, HttpObject object) {
        ByteBuf room = joined;
        joined = null;
        if (waiting.isEmpty() || !(object instanceof HttpContent part) || !isSmall(part)) {
            waiting.add(object);
            return;
        }
        if (room == null) {
            room = context.alloc().directBuffer(SMALL);
            waiting.add(new DefaultHttpContent(room));
        }
        joined = room.writeBytes(part.content());
        part.release();
    }

    private static boolean isSmall(HttpContent part) {
        return !(part instanceof LastHttpContent)
                && !part.decoderResult().isFailure()
                && part.content().readableBytes() < SMALL;
    }

    /// Also called when reading begins again.
    @Override
    public void read(ChannelHandlerContext context) {
        if (busy) return;
        if (isBehind()) {
            proceed(context);
            context.fireChannelReadComplete();
        }
        if (!isBehind()) context.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leftAtEnd = MOST_AT_END;
        proceed(context);
        discard();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        discard();
    }

    private boolean isBehind() {
        if (!waiting.isEmpty()) return true;
        return open != null && (ending || compressed != null);
    }

    private void proceed(ChannelHandlerContext context) {
        if (busy) return;
        busy = true;
        try {
            boolean more = true;
            while (more && mayGoOn(context)) more = step(context);
        } catch (DataFormatException broken) {
            discard();
            var fault = new DefaultHttpContent(context.alloc().buffer(0));
            fault.setDecoderResult(DecoderResult.failure(broken));
            context.fireChannelRead(fault);
        } finally {
            busy = false;
        }
    }

    private boolean mayGoOn(ChannelHandlerContext context) {
        boolean closed = leftAtEnd < Long.MAX_VALUE;
        if (closed) return leftAtEnd > 0;
        return context.channel().isActive() && context.channel().config().isAutoRead();
    }

    /// @return whether there was anything to do
    private boolean step(ChannelHandlerContext context) throws DataFormatException {
        BodyInflater current = open;
        if (current != null && compressed != null) {
            pass(context, current);
            return true;
        }
        if (ending) {
            if (begun && current != null && !current.isComplete()) throw new DataFormatException(SHORT);
            close();
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return true;
        }
        HttpObject next = waiting.poll();
        if (waiting.isEmpty()) joined = null;
        if (next == null) return false;
        if (next instanceof HttpResponse head && !next.decoderResult().isFailure()) begin(head);
        if (current != null
                && next instanceof HttpContent content
                && !next.decoderResult().isFailure()) {
            begin(content);
        } else {
            context.fireChannelRead(next);
        }
        return true;
    }

    private void begin(HttpResponse head) {
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (coding == null || head.status().codeClass() == HttpStatusClass.INFORMATIONAL) return;
        BodyInflater inflater = BodyInflater.of(coding);
        if (inflater == null) return;
        head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        close();
        open = inflater;
    }

    private void begin(HttpContent content) {
        ending = content instanceof LastHttpContent;
        if (!content.content().isReadable()) {
            content.release();
            return;
        }
        begun = true;
        compressed = content.content();
        unread = compressed.nioBuffer();
        room = Math.clamp(4L * unread.remaining(), LEAST, STEP);
    }

    /// Passes on what the next step inflates.
    private void pass(ChannelHandlerContext context, BodyInflater current) throws DataFormatException {
        ByteBuf part = context.alloc().heapBuffer(room, room);
        int made;
        try {
            made = current.inflate(unread, part.array(), part.arrayOffset(), room);
        } catch (DataFormatException broken) {
            part.release();
            throw broken;
        }
        if (made == 0) {
            part.release();
            forget();
            return;
        }
        if (made == room) room = Math.min(STEP, 4 * room);
        leftAtEnd -= leftAtEnd == Long.MAX_VALUE ? 0 : made;
        context.fireChannelRead(new DefaultHttpContent(part.writerIndex(made)));
    }

    private void forget() {
        unread = NOTHING;
        if (compressed != null) compressed.release();
        compressed = null;
    }

    private void close() {
        ending = false;
        begun = false;
        forget();
        if (open != null) open.close();
        open = null;
    }

    private void discard() {
        close();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        joined = null;
    }
}
