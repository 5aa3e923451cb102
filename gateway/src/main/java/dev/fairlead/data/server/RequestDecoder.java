package dev.fairlead.data.server;

import dev.fairlead.data.server.ServerConfig.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HTTP/1 with the server's bounds; tells its conversation when a next request has begun, whose headers may then not
/// take for ever. What begins with a head that was read before goes past the decoder. While the conversation is held
/// up, what has come of further requests is kept as it came.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 * 1024;
    /// No more is looked at to remember a head.
    private static final int LARGEST_REMEMBERED = 16 * 1024;

    private final LoopSide side;
    private final Conversation conversation;
    private final KeptBytes kept;
    private @Nullable KnownHead known;
    /// Whether the decoder itself holds the beginning of what is kept.
    private boolean keepsFirst;
    private int counted;

    RequestDecoder(LoopSide side, Limits limits, Conversation conversation) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.header())
                .setMaxHeaderSize(limits.header())
                .setMaxChunkSize(CHUNK)
                .setHeadersFactory(BoundedHeaders.FACTORY));
        this.side = side;
        this.conversation = conversation;
        this.kept = new KeptBytes(side.direct());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!(message instanceof ByteBuf in)) decode(ctx, message, 0);
        else if (isKeeping() || conversation.isHeldUp()) keep(ctx, in);
        else receive(ctx, in);
    }

    private void receive(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        if (conversation.isBetween()) begin(ctx, in);
        else decode(ctx, in, in.readableBytes());
    }

    /// No part of a request has come before these bytes.
    private void begin(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        takeKnown(in);
        if (!in.isReadable()) {
            in.release();
            return;
        }
        if (conversation.isHeldUp()) {
            kept.putBack(in);
            conversation.keep(() -> goOn(ctx));
            return;
        }
        byte[] request = remembered(in);
        conversation.forgetAsked();
        decode(ctx, in, in.readableBytes());
        Asked asked = conversation.asked();
        if (request != null && asked != null && conversation.isBetween()) known = KnownHead.of(request, asked);
    }

    private void takeKnown(ByteBuf in) {
        int limit = side.serving().config().limits().body();
        while (known != null && in.isReadable() && conversation.isBetween() && !conversation.isHeldUp()) {
            byte[] body = known.takeBody(in, side.scratch(), limit);
            if (body == null) return;
            conversation.whole(known.asked(), body);
        }
    }

    private static byte @Nullable [] remembered(ByteBuf in) {
        return in.readableBytes() > LARGEST_REMEMBERED ? null : ByteBufUtil.getBytes(in);
    }

    private void decode(ChannelHandlerContext ctx, Object message, int bytes) throws Exception {
        conversation.received();
        super.channelRead(ctx, message);
        if (ctx.isRemoved() || keepsFirst) return;
        if (actualReadableBytes() > 0) conversation.received();
        conversation.receivedOfHead(bytes);
    }

    /// A request that is to wait is not begun.
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (conversation.isHeldUp()) keepFirst(ctx);
        else super.decode(ctx, in, out);
    }

    private boolean isKeeping() {
        return keepsFirst || !kept.isEmpty();
    }

    private void keepFirst(ChannelHandlerContext ctx) {
        keepsFirst = true;
        count(internalBuffer().capacity());
        conversation.keep(() -> goOn(ctx));
    }

    /// Takes account of what the decoder itself holds.
    private void count(int bytes) {
        side.direct().change(counted, bytes);
        counted = bytes;
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in) {
        kept.add(in);
        conversation.keep(() -> goOn(ctx));
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
        if (keepsFirst && !conversation.isHeldUp()) {
            keepsFirst = false;
            count(0);
            decode(ctx, Unpooled.EMPTY_BUFFER, actualReadableBytes());
        }
        while (!keepsFirst && !kept.isEmpty() && !conversation.isHeldUp() && !ctx.isRemoved()) {
            receive(ctx, kept.first());
        }
        if (ctx.isRemoved()) return;
        if (isKeeping()) conversation.keep(() -> goOn(ctx));
        else conversation.caughtUp();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        kept.release();
        count(0);
        if (ctx.channel().isActive()) conversation.caughtUp();
        super.handlerRemoved0(ctx);
    }
}
