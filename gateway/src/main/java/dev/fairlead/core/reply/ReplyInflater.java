package dev.fairlead.core.reply;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.Decompressor;
import io.netty.handler.codec.compression.Decompressor.Status;
import io.netty.handler.codec.compression.JdkZlibDecompressor;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Inflates compressed bodies step by step, and only while the channel is to be read: a few bytes may become many
/// megabytes, and whoever pauses the connection pauses these too.
final class ReplyInflater extends ChannelDuplexHandler {
    private static final String SHORT = "a compressed body ended before its end";
    private static final int STEP = 64 * 1024;
    /// What is still inflated of a connection that has closed while its reader paused.
    private static final int MOST_AT_END = 4 * 1024 * 1024;
    /// Smaller parts that wait are copied together: each takes far more memory than its bytes.
    private static final int SMALL = 1024;

    /// What came behind the part that is being inflated.
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    /// Small parts at the end of what waits.
    private @Nullable ByteBuf joined;

    private @Nullable Decompressor open;
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
        return open != null && (ending || open.status() == Status.NEED_OUTPUT);
    }

    private void proceed(ChannelHandlerContext context) {
        if (busy) return;
        busy = true;
        try {
            boolean more = true;
            while (more && mayGoOn(context)) more = step(context);
        } catch (DecompressionException broken) {
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
    private boolean step(ChannelHandlerContext context) {
        Decompressor current = open;
        if (current != null && current.status() == Status.NEED_OUTPUT) {
            var part = new DefaultHttpContent(current.takeOutput());
            leftAtEnd -= leftAtEnd == Long.MAX_VALUE ? 0 : part.content().readableBytes();
            context.fireChannelRead(part);
            return true;
        }
        if (ending) {
            if (begun && current != null && current.status() != Status.COMPLETE)
                throw new DecompressionException(SHORT);
            close();
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return true;
        }
        HttpObject next = waiting.poll();
        if (waiting.isEmpty()) joined = null;
        if (next == null) return false;
        if (next instanceof HttpResponse head && !next.decoderResult().isFailure()) begin(context, head);
        if (current != null
                && next instanceof HttpContent content
                && !next.decoderResult().isFailure()) {
            inflate(current, content);
        } else {
            context.fireChannelRead(next);
        }
        return true;
    }

    private void begin(ChannelHandlerContext context, HttpResponse head) {
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (coding == null || head.status().codeClass() == HttpStatusClass.INFORMATIONAL) return;
        ZlibWrapper wrapper = wrapper(coding);
        if (wrapper == null) return;
        head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        close();
        open = JdkZlibDecompressor.builder()
                .wrapper(wrapper)
                .maxAllocation(STEP)
                .build(context.alloc());
    }

    private static @Nullable ZlibWrapper wrapper(String coding) {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> ZlibWrapper.GZIP;
            case "deflate", "x-deflate" -> ZlibWrapper.ZLIB_OR_NONE;
            default -> null;
        };
    }

    private void inflate(Decompressor into, HttpContent content) {
        ending = content instanceof LastHttpContent;
        begun |= content.content().isReadable();
        if (content.content().isReadable() && into.status() == Status.NEED_INPUT) into.addInput(content.content());
        else content.release();
    }

    private void close() {
        ending = false;
        begun = false;
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
