package dev.fairlead.data.connection;

import dev.fairlead.core.fault.FaultTrace;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.Peer;
import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.http.ConnectionCosts;
import dev.fairlead.data.http.RequestHeadFault;
import dev.fairlead.data.rpc.InFlightLimit;
import dev.fairlead.data.rpc.ServerLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.util.AsciiString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a connection gets its protocol: HTTP/1.1 or HTTP/2, by TLS negotiation, by prior knowledge, or by
/// upgrade.
public record ProtocolNegotiation(LoopContext context) {
    private static final int LARGEST_UPGRADE = 256 * 1024;
    private static final Logger log = LoggerFactory.getLogger(ProtocolNegotiation.class);

    /// Clear text: HTTP/1.1 until the client shows otherwise.
    public void clear(Channel channel, IpAddress address) {
        var stream = conversation(channel, address);
        channel.pipeline()
                .addLast(new Http2PrefaceDetector(stream, () -> second(channel, address)))
                .addLast(new RequestDecoder(context, limits(), stream))
                .addLast(new HttpResponseEncoder())
                .addLast(upgrade(channel, address))
                .addLast(stream);
    }

    /// Encrypted: what client and server agreed upon in their handshake.
    public ChannelHandler negotiated(IpAddress address) {
        return new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) second(ctx.channel(), address);
                else first(ctx.channel(), address);
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                if (!isOurs(cause)) log.debug("a TLS handshake failed: {}", FaultTrace.types(cause));
                ctx.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                if (!isOurs(cause)) log.debug("a connection broke in its TLS handshake: {}", FaultTrace.types(cause));
                ctx.close();
            }
        };
    }

    private boolean isOurs(Throwable cause) {
        return context.calls().faults().isOurs(Part.CLIENTS, "a TLS handshake met a fault", cause);
    }

    private void first(Channel channel, IpAddress address) {
        var stream = conversation(channel, address);
        channel.pipeline()
                .addLast(new RequestDecoder(context, limits(), stream))
                .addLast(new HttpResponseEncoder())
                .addLast(stream);
    }

    private void second(Channel channel, IpAddress address) {
        if (!paid(channel)) return;
        var connection = new Http2Connection(context, channel, address);
        channel.pipeline().addLast(connection.codec(), connection.streams(), connection);
    }

    private boolean paid(Channel channel) {
        if (!context.heap().take(ConnectionCosts.HTTP2)) {
            channel.close();
            return false;
        }
        channel.closeFuture().addListener(_ -> context.heap().give(ConnectionCosts.HTTP2));
        return true;
    }

    private HttpStream conversation(Channel channel, IpAddress address) {
        var peer = new Peer(address.group(), context.calls().nextSerial());
        var limit = new InFlightLimit(limits().callsPerConnection());
        return new HttpStream(context, channel, limit, new CallerLookUp(context, address, peer));
    }

    /// Only the first request may upgrade, and only when its whole body is known to be short enough to be held.
    private HttpServerUpgradeHandler upgrade(Channel channel, IpAddress address) {
        int largest = Math.min(limits().body(), LARGEST_UPGRADE);
        HttpServerUpgradeHandler.UpgradeCodecFactory factory =
                protocol -> AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                        ? upgraded(channel, address)
                        : null;
        return new HttpServerUpgradeHandler(
                ProtocolNegotiation::leaveHttp1,
                factory,
                largest,
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory(),
                true) {
            @Override
            protected boolean shouldHandleUpgradeRequest(HttpRequest request) {
                return request.headers()
                                .contains(HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, true)
                        && !HttpUtil.isTransferEncodingChunked(request)
                        && !request.headers().contains(HttpHeaderNames.EXPECT)
                        && HttpUtil.getContentLength(request, 0L) <= largest
                        && RequestHeadFault.of(request, false) == null;
            }
        };
    }

    private HttpServerUpgradeHandler.UpgradeCodec upgraded(Channel channel, IpAddress address) {
        context.heap().add(ConnectionCosts.HTTP2);
        channel.closeFuture().addListener(_ -> context.heap().give(ConnectionCosts.HTTP2));
        var connection = new Http2Connection(context, channel, address);
        return new Http2ServerUpgradeCodec(connection.codec(), connection.streams(), connection);
    }

    private static void leaveHttp1(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(RequestDecoder.class);
        pipeline.remove(HttpResponseEncoder.class);
    }

    private ServerLimits limits() {
        return context.state().config().limits();
    }
}
