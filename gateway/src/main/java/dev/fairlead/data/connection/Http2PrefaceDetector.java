package dev.fairlead.data.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/// Recognises clients that speak HTTP/2 from the first byte, and leaves all others to what follows in the pipeline.
final class Http2PrefaceDetector extends ByteToMessageDecoder {
    private final HttpStream stream;
    private final Runnable second;

    /// @param second adds HTTP/2 at the end of the pipeline
    Http2PrefaceDetector(HttpStream stream, Runnable second) {
        this.stream = stream;
        this.second = second;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf expected = Http2CodecUtil.connectionPrefaceBuf();
        try {
            int length = Math.min(expected.readableBytes(), in.readableBytes());
            boolean same = ByteBufUtil.equals(expected, 0, in, in.readerIndex(), length);
            if (same && length < expected.readableBytes()) {
                stream.received();
                return;
            }
            if (same) begin(ctx.pipeline());
            ctx.pipeline().remove(this);
        } finally {
            expected.release();
        }
    }

    private void begin(ChannelPipeline pipeline) {
        ChannelHandler last = pipeline.last();
        while (last != null && last != this) {
            pipeline.removeLast();
            last = pipeline.last();
        }
        stream.leave();
        second.run();
    }
}
