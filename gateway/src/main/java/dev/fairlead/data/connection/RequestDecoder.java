package dev.fairlead.data.connection;

import dev.fairlead.data.http.BoundedHeaders;
import dev.fairlead.data.http.KnownHead;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.rpc.ServerLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HTTP/1 with the server's bounds. Reports when a next request has begun, so that its headers cannot take for
/// ever. A request whose head was read before goes past the decoder. While the stream is held up, the bytes of
/// further requests are kept as they came.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 * 1024;
    /// Longer requests are not looked at to remember their heads.
    private static final int LARGEST_REMEMBERED = 16 * 1024;

    private final LoopContext context;
    private final ServerState state;
    private final HttpStream stream;
    private final PipelinedInput kept;
    private @Nullable KnownHead known;
    /// Whether the decoder itself holds the beginning of what is kept.
    private boolean keepsFirst;
    private int counted;

    RequestDecoder(LoopContext context, ServerLimits limits, HttpStream stream) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.header())
                .setMaxHeaderSize(limits.header())
                .setMaxChunkSize(CHUNK)
                .setHeadersFactory(BoundedHeaders.FACTORY));
        this.context = context;
        this.state = context.state();
        this.stream = stream;
        this.kept = new PipelinedInput(context.direct());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!(message instanceof ByteBuf in)) decode(ctx, message, 0);
        else if (isKeeping() || stream.isHeldUp()) keep(ctx, in);
        else receive(ctx, in);
    }

    private void receive(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        if (!stream.isBetween()) {
            decode(ctx, in, in.readableBytes());
            return;
        }
        if (known != null) takeKnown(in, known);
        if (!in.isReadable()) {
            in.release();
            return;
        }
        if (stream.isHeldUp()) {
            kept.putBack(in);
            stream.keep(() -> goOn(ctx));
            return;
        }
        byte[] request = remembered(in);
        stream.forgetAsked();
        decode(ctx, in, in.readableBytes());
        RequestHead head = stream.head();
        if (request != null && head != null && stream.isBetween()) known = KnownHead.of(request, head);
    }

    /// Takes as many whole requests as there are that begin with that head.
    private void takeKnown(ByteBuf in, KnownHead head) {
        int limit = state.config().limits().body();
        boolean mayBegin = true;
        while (mayBegin) {
            byte[] body = head.takeBody(in, context.scratch(), limit);
            if (body == null) return;
            stream.whole(head.head(), body);
            mayBegin = in.isReadable() && stream.isBetween() && !stream.isHeldUp();
        }
    }

    private static byte @Nullable [] remembered(ByteBuf in) {
        return in.readableBytes() > LARGEST_REMEMBERED ? null : ByteBufUtil.getBytes(in);
    }

    private void decode(ChannelHandlerContext ctx, Object message, int bytes) throws Exception {
        stream.received();
        super.channelRead(ctx, message);
        if (ctx.isRemoved() || keepsFirst) return;
        if (actualReadableBytes() > 0) stream.received();
        stream.receivedOfHead(bytes);
    }

    /// While the stream is held up, no request is begun.
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (stream.isHeldUp()) keepFirst(ctx);
        else super.decode(ctx, in, out);
    }

    private boolean isKeeping() {
        return keepsFirst || !kept.isEmpty();
    }

    private void keepFirst(ChannelHandlerContext ctx) {
        keepsFirst = true;
        count(internalBuffer().capacity());
        stream.keep(() -> goOn(ctx));
    }

    /// Counts what the decoder itself holds.
    private void count(int bytes) {
        context.direct().change(counted, bytes);
        counted = bytes;
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in) {
        kept.add(in);
        stream.keep(() -> goOn(ctx));
    }

    private void goOn(ChannelHandlerContext ctx) {
        if (ctx.isRemoved()) return;
        try {
            goOnReading(ctx);
        } catch (Exception failure) {
            ctx.fireExceptionCaught(failure);
        }
        ctx.fireChannelReadComplete();
    }

    private void goOnReading(ChannelHandlerContext ctx) throws Exception {
        if (keepsFirst && !stream.isHeldUp()) {
            keepsFirst = false;
            count(0);
            decode(ctx, Unpooled.EMPTY_BUFFER, actualReadableBytes());
        }
        while (!keepsFirst && !kept.isEmpty() && !stream.isHeldUp() && !ctx.isRemoved()) {
            receive(ctx, kept.first());
        }
        if (ctx.isRemoved()) return;
        if (isKeeping()) stream.keep(() -> goOn(ctx));
        else stream.caughtUp();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        kept.release();
        count(0);
        if (ctx.channel().isActive()) stream.caughtUp();
        super.handlerRemoved0(ctx);
    }
}
