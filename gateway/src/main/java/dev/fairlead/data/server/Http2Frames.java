package dev.fairlead.data.server;

import dev.fairlead.core.telemetry.Events;
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

/// Netty's codec, whose one answer of its own, to headers that are too large, bears a name like all others.
final class Http2Frames extends Http2FrameCodec {
    private final ServerState state;

    private Http2Frames(
            ServerState state,
            Http2ConnectionEncoder encoder,
            Http2ConnectionDecoder decoder,
            Http2Settings settings,
            boolean decouplesCloseAndGoAway,
            boolean flushesPreface) {
        super(encoder, decoder, settings, decouplesCloseAndGoAway, flushesPreface);
        this.state = state;
    }

    static Http2FrameCodecBuilder server(ServerState state) {
        return new Builder(state);
    }

    @Override
    protected void handleServerHeaderDecodeSizeError(ChannelHandlerContext ctx, Http2Stream stream) {
        HttpResponseStatus status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        state.events().httpAnswered(status.code());
        Http2Headers head = new DefaultHttp2Headers()
                .status(status.codeAsText())
                .set(HttpAnswer.REQUEST_ID.toLowerCase(Locale.ROOT), Events.name(state.nextSerial()));
        encoder().writeHeaders(ctx, stream.id(), head, 0, true, ctx.newPromise());
    }

    private static final class Builder extends Http2FrameCodecBuilder {
        private final ServerState state;

        private Builder(ServerState state) {
            this.state = state;
            server(true);
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        protected Http2FrameCodec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2Frames(state, encoder, decoder, settings, decoupleCloseAndGoAway(), flushPreface());
        }
    }
}
