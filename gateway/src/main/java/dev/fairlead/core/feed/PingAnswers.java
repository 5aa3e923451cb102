package dev.fairlead.core.feed;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks at every frame before anything answers it, and answers pings: only the last of those that came together, as
/// RFC 6455 (5.5.3) allows.
final class PingAnswers extends ChannelInboundHandlerAdapter {
    private final Predicate<WebSocketFrame> isAllowed;
    private @Nullable PingWebSocketFrame last;

    /// @param isAllowed sees every frame first; what it refuses is dropped
    PingAnswers(Predicate<WebSocketFrame> isAllowed) {
        this.isAllowed = isAllowed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && !isAllowed.test(frame)) {
            frame.release();
        } else if (message instanceof PingWebSocketFrame ping) {
            forget();
            last = ping;
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        PingWebSocketFrame ping = last;
        last = null;
        if (ping != null) context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    private void forget() {
        if (last != null) last.release();
        last = null;
    }
}
