package dev.fairlead.data.server;

import dev.fairlead.data.server.ServerConfig.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import org.jspecify.annotations.Nullable;

/// HTTP/1 with the server's bounds; tells its conversation when a next request has begun, whose headers may then not
/// take for ever. What begins with a head that was read before goes past the decoder.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 * 1024;
    /// No more is looked at to remember a head.
    private static final int LARGEST_REMEMBERED = 16 * 1024;

    private final LoopSide side;
    private final Conversation conversation;
    private @Nullable KnownHead known;

    RequestDecoder(LoopSide side, Limits limits, Conversation conversation) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.header())
                .setMaxHeaderSize(limits.header())
                .setMaxChunkSize(CHUNK));
        this.side = side;
        this.conversation = conversation;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof ByteBuf in && conversation.isBetween()) begin(ctx, in);
        else decode(ctx, message);
    }

    /// No part of a request has come before these bytes.
    private void begin(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        takeKnown(in);
        if (!in.isReadable()) {
            in.release();
            return;
        }
        byte[] request = remembered(in);
        conversation.forgetAsked();
        decode(ctx, in);
        Asked asked = conversation.asked();
        if (request != null && asked != null && conversation.isBetween()) known = KnownHead.of(request, asked);
    }

    private void takeKnown(ByteBuf in) {
        int limit = side.serving().config().limits().body();
        while (known != null && in.isReadable() && conversation.isBetween()) {
            byte[] body = known.takeBody(in, side.scratch(), limit);
            if (body == null) return;
            conversation.whole(known.asked(), body);
        }
    }

    private static byte @Nullable [] remembered(ByteBuf in) {
        return in.readableBytes() > LARGEST_REMEMBERED ? null : ByteBufUtil.getBytes(in);
    }

    private void decode(ChannelHandlerContext ctx, Object message) throws Exception {
        conversation.received();
        super.channelRead(ctx, message);
        if (!ctx.isRemoved() && actualReadableBytes() > 0) conversation.received();
    }
}
