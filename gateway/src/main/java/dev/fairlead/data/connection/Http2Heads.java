package dev.fairlead.data.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;

/// Puts the frames of streams into the form of HTTP/1.1. Netty's codec throws when a head has no such form, a space in
/// its path say; here that is a head that cannot be read, as over HTTP/1.1, and nothing of it is passed on.
@Sharable
final class Http2Heads extends Http2StreamFrameToHttpObjectCodec {
    Http2Heads() {
        super(true);
    }

    @Override
    protected void decode(ChannelHandlerContext context, Http2StreamFrame frame, List<Object> out) throws Exception {
        if (!(frame instanceof Http2HeadersFrame head)) {
            super.decode(context, frame, out);
            return;
        }
        try {
            super.decode(context, frame, out);
        } catch (RuntimeException failure) { // of a translation of the client's bytes alone
            out.clear();
            out.add(unreadable(head.headers(), failure));
        }
    }

    /// Headers without pseudo-headers end a body.
    private static HttpObject unreadable(Http2Headers headers, RuntimeException failure) {
        boolean isTrailer = headers.method() == null && headers.path() == null && headers.scheme() == null;
        HttpObject unreadable = isTrailer
                ? new DefaultLastHttpContent()
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        unreadable.setDecoderResult(DecoderResult.failure(failure));
        return unreadable;
    }
}
