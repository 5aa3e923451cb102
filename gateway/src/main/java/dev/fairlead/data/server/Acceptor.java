package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.telemetry.Events.TurnedAway;
import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.StyledError;
import dev.fairlead.data.connection.LoopContext;
import dev.fairlead.data.connection.ProtocolNegotiation;
import dev.fairlead.data.connection.ProxyHeaderReader;
import dev.fairlead.data.connection.ServerState;
import dev.fairlead.data.http.HttpAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Receives new connections: counts them, turns away those beyond the bound, and starts the protocol that the others
/// speak.
final class Acceptor extends ChannelInitializer<Channel> {
    private final ServerState state;
    private final Map<EventLoop, LoopContext> sides;
    private final ChannelGroup connections;
    private final @Nullable ServerCertificate tls;
    private final Supplier<DescriptorShares> descriptors;

    /// @param tls null serves clear text
    Acceptor(
            ServerState state,
            Map<EventLoop, LoopContext> sides,
            ChannelGroup connections,
            @Nullable ServerCertificate tls,
            Supplier<DescriptorShares> descriptors) {
        this.state = state;
        this.sides = sides;
        this.connections = connections;
        this.tls = tls;
        this.descriptors = descriptors;
    }

    @Override
    protected void initChannel(Channel channel) {
        LoopContext context = sides.get(channel.eventLoop());
        if (context == null) throw new IllegalStateException("a connection came to an event loop of another group");
        connections.add(channel);
        int open = state.connected();
        channel.closeFuture().addListener(_ -> state.disconnected());
        DescriptorShares shares = descriptors.get();
        var room = new ConnectionRoom(context.heap().most(), tls != null);
        int limit = Math.min(shares.served(state.config().limits().connections()), room.most());
        if (open > limit) {
            turnAway(context, channel, limit, open <= limit + shares.told());
            return;
        }
        IpAddress sender = address(channel);
        boolean isProxy = IpRange.contain(state.config().trustedProxies(), sender);
        if (!isProxy) begin(context, channel, sender);
        else
            channel.pipeline()
                    .addLast(
                            new ProxyHeaderReader(context, channel, sender, client -> begin(context, channel, client)));
    }

    /// @param client whom the connection is for
    private void begin(LoopContext context, Channel channel, IpAddress client) {
        if (tls == null) new ProtocolNegotiation(context).clear(channel, client);
        else encrypted(context, channel, tls, client);
    }

    private void encrypted(LoopContext context, Channel channel, ServerCertificate files, IpAddress client) {
        var handler = new SslHandler(files.now().newEngine(channel.alloc()));
        handler.setHandshakeTimeoutMillis(state.config().timeouts().header().toMillis());
        channel.pipeline().addLast(handler, new ProtocolNegotiation(context).negotiated(client));
    }

    private static IpAddress address(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) return IpAddress.NONE;
        return peer.isUnresolved() ? IpAddress.NONE : IpAddress.of(peer.getAddress());
    }

    private void turnAway(LoopContext context, Channel channel, int limit, boolean told) {
        context.calls().events().turnedAway(TurnedAway.LIMIT, limit + " connections are open, the most there may be");
        StyledError error = StyledError.of(
                state.errors(), new Refused(Refusal.OVERLOADED, "Too many connections are open; come again"));
        context.calls().events().httpAnswered(error.httpStatus());
        if (!told || tls != null) {
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast(new RejectAndClose(
                        context, tooMany(error, Events.name(context.calls().nextSerial()))));
    }

    private static ByteBuf tooMany(StyledError error, String name) {
        byte[] body = Replies.error(Slice.NONE, error.rpcError());
        byte[] head = ("HTTP/1.1 " + HttpResponseStatus.valueOf(error.httpStatus())
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n" + HttpAnswer.REQUEST_ID + ": " + name
                        + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.wrappedBuffer(head, body);
    }
}
