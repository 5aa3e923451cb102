package dev.fairlead.core.feed;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.AbruptClose;
import dev.fairlead.core.net.Dial;
import dev.fairlead.core.net.Dialer;
import dev.fairlead.core.net.HostPort;
import dev.fairlead.core.net.NetworkErrors;
import dev.fairlead.core.upstream.NodeRequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection of a [HeadFeed], from dialling to its end.
final class HeadSocket extends SimpleChannelInboundHandler<WebSocketFrame> implements Dial.Caller {
    private static final int LARGEST_FRAME = 1024 * 1024;
    private static final int LARGEST_RESPONSE = 64 * 1024;
    /// Far more than pings, their answers and a close frame take.
    private static final WriteBufferWaterMark MOST_UNREAD = new WriteBufferWaterMark(16 * 1024, 64 * 1024);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Slice ASKED = Slice.of("1");
    private static final String SUBSCRIBE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";

    /// Is told on its event loop what becomes of the connection.
    interface Owner {
        void following();

        void head(Slice header);

        void lost(String cause);
    }

    private final Owner feed;
    private final EventLoop loop;
    private final Endpoint endpoint;
    private final URI url;
    private final HostPort address;
    private final Secrets secrets;
    private final Duration ping;
    private final Duration connectTimeout;
    private final Faults faults;
    private final FrameRate rate = new FrameRate(System.nanoTime());

    private @Nullable Dial dial;
    private @Nullable Channel channel;
    private @Nullable Future<?> clock;
    private @Nullable String cause;
    private Slice subscription = Slice.NONE;
    private boolean heard;
    private boolean isDropped;
    private boolean over;

    HeadSocket(
            Owner feed,
            EventLoop loop,
            Endpoint endpoint,
            URI url,
            Duration ping,
            Duration connectTimeout,
            Faults faults) {
        this.feed = feed;
        this.loop = loop;
        this.endpoint = endpoint;
        this.url = url;
        this.address = HostPort.of(url);
        this.secrets = Secrets.of(endpoint);
        this.ping = ping;
        this.connectTimeout = connectTimeout;
        this.faults = faults;
    }

    void dial(Dialer dialer, boolean linkLocal) {
        clock = loop.schedule(guarded(this::giveUpDialling), connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        dial = dialer.dial(loop, url, endpoint.tls(), linkLocal, this);
    }

    void close() {
        over = true;
        stopClock();
        if (channel != null) channel.close();
        else if (dial != null) dial.giveUp();
    }

    @Override
    public void connected(Channel open) {
        channel = open;
        open.config().setWriteBufferWaterMark(MOST_UNREAD);
        var config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url)
                .version(WebSocketVersion.V13)
                .customHeaders(headers())
                .generateOriginHeader(false)
                .maxFramePayloadLength(LARGEST_FRAME)
                .handshakeTimeoutMillis(connectTimeout.toMillis())
                .dropPongFrames(false)
                .forceCloseTimeoutMillis(FAREWELL.toMillis())
                .build();
        var codec = new HttpClientCodec();
        open.pipeline()
                .addLast(codec)
                .addLast(new HttpObjectAggregator(LARGEST_RESPONSE))
                .addLast(new PingAnswers(this::received))
                .addLast(new WebSocketClientProtocolHandler(config))
                .addLast(new WebSocketFrameAggregator(LARGEST_FRAME))
                .addLast(this);
        // The handshake waits for the channel to become active, which it was before the codec was there.
        open.pipeline().context(codec).fireChannelActive();
    }

    @Override
    public void failed(String why) {
        end(why);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            stopClock();
            clock = loop.scheduleAtFixedRate(guarded(this::ping), ping.toNanos(), ping.toNanos(), TimeUnit.NANOSECONDS);
            context.writeAndFlush(new TextWebSocketFrame(SUBSCRIBE));
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            giveUp("no answer to the WebSocket handshake from " + address + " within "
                    + NetworkErrors.seconds(connectTimeout));
        }
    }

    /// @return whether this frame is to be handled
    boolean received(WebSocketFrame frame) {
        heard = true;
        if (!isDropped && rate.isTooMuch(System.nanoTime(), frame.content().readableBytes())) {
            drop("more than " + FrameRate.MOST_FRAMES + " WebSocket frames or " + FrameRate.MOST_BYTES / 1024 / 1024
                    + " MiB in a second from " + address);
        }
        return !isDropped;
    }

    /// Answers wait while a node does not read. They must not pile up, whatever the node sends.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) drop(address + " does not read what it is sent over its WebSocket");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (over || !(frame instanceof TextWebSocketFrame)) return;
        ByteBuf content = frame.content();
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        hear(Slice.of(bytes));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        faults.isOurs(Part.UPSTREAM, "a head feed met a fault and is closed", failure);
        giveUp(
                failure instanceof WebSocketClientHandshakeException refused && refused.response() != null
                        ? "WebSocket refused by " + address + ": HTTP "
                                + refused.response().status().code()
                        : NetworkErrors.breaking(address, NetworkErrors.root(failure)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(cause == null ? NetworkErrors.breaking(address, null) : cause);
    }

    private void hear(Slice message) {
        Slice params = JsonPick.member(message, "params");
        if (!params.isEmpty()) {
            Slice header = JsonPick.member(params, "result");
            boolean ours = !subscription.isEmpty()
                    && JsonPick.member(params, "subscription").equals(subscription);
            if (ours && !header.isEmpty() && header.at(0) == '{') feed.head(secrets.hiddenIn(header));
        } else if (JsonPick.member(message, "id").equals(ASKED) && subscription.isEmpty()) {
            subscribed(message);
        }
    }

    private void subscribed(Slice answer) {
        RpcError error = RpcError.read(JsonPick.member(answer, "error"));
        subscription = JsonPick.member(answer, "result");
        if (error != null) {
            giveUp("eth_subscribe: error " + error.code() + ": " + error.message());
        } else if (!subscription.isEmpty()) {
            feed.following();
        }
    }

    private void ping() {
        if (subscription.isEmpty()) {
            giveUp("no answer to eth_subscribe within " + NetworkErrors.seconds(ping));
        } else if (!heard) {
            giveUp("no answer to a ping within " + NetworkErrors.seconds(ping));
        } else if (channel != null) {
            heard = false;
            channel.writeAndFlush(new PingWebSocketFrame());
        }
    }

    private void giveUpDialling() {
        String why = dial == null ? "no connection to " + address : dial.unfinished(connectTimeout);
        if (dial != null) dial.giveUp();
        end(why);
    }

    private void giveUp(String why) {
        if (cause == null) cause = why;
        if (channel != null) channel.close();
    }

    /// Without a close frame, for which there would be no room.
    private void drop(String why) {
        if (cause == null) cause = why;
        isDropped = true;
        if (channel != null) AbruptClose.on(channel);
    }

    private void end(String why) {
        if (over) return;
        over = true;
        stopClock();
        feed.lost(NetworkErrors.shown(why, secrets));
    }

    private Runnable guarded(Runnable task) {
        return faults.guarded(Part.UPSTREAM, "the clock of a head feed failed", task);
    }

    private void stopClock() {
        if (clock != null) clock.cancel(false);
    }

    private HttpHeaders headers() {
        var headers = new DefaultHttpHeaders();
        NodeRequestHead.headers(endpoint, url).forEach((name, value) -> {
            if (!name.equals("content-type")) headers.set(name, value);
        });
        return headers;
    }
}
