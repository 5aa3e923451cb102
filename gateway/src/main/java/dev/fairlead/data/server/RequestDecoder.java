package dev.fairlead.data.server;

import dev.fairlead.data.server.ServerConfig.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// HTTP/1 with the server's bounds; tells its conversation when a next request has begun, whose headers may then not
/// take for ever.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 * 1024;

    private final Conversation conversation;

    RequestDecoder(Limits limits, Conversation conversation) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.header())
                .setMaxHeaderSize(limits.header())
                .setMaxChunkSize(CHUNK));
        this.conversation = conversation;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        conversation.received();
        super.channelRead(ctx, message);
        if (!ctx.isRemoved() && actualReadableBytes() > 0) conversation.received();
    }
}
