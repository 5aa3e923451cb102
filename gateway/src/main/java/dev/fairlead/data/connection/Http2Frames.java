package dev.fairlead.data.connection;

import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.rpc.LoopCalls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Locale;

/// Netty's codec. The one answer that it makes itself, to headers that are too large, bears a request name
/// like all others.
final class Http2Frames extends Http2FrameCodec {
    private final LoopCalls calls;

    private Http2Frames(
            LoopCalls calls,
            Http2ConnectionEncoder encoder,
            Http2ConnectionDecoder decoder,
            Http2Settings settings,
            boolean decouplesCloseAndGoAway,
            boolean flushesPreface) {
        super(encoder, decoder, settings, decouplesCloseAndGoAway, flushesPreface);
        this.calls = calls;
    }

    static Http2FrameCodecBuilder server(LoopCalls calls) {
        return new Builder(calls);
    }

    @Override
    protected void handleServerHeaderDecodeSizeError(ChannelHandlerContext ctx, Http2Stream stream) {
        HttpResponseStatus status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        calls.events().httpAnswered(status.code());
        Http2Headers head = new DefaultHttp2Headers()
                .status(status.codeAsText())
                .set(HttpAnswer.REQUEST_ID.toLowerCase(Locale.ROOT), Events.name(calls.nextSerial()));
        encoder().writeHeaders(ctx, stream.id(), head, 0, true, ctx.newPromise());
    }

    private static final class Builder extends Http2FrameCodecBuilder {
        private final LoopCalls calls;

        private Builder(LoopCalls calls) {
            this.calls = calls;
            server(true);
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        protected Http2FrameCodec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2Frames(calls, encoder, decoder, settings, decoupleCloseAndGoAway(), flushPreface());
        }
    }
}
