package dev.fairlead.data.connection;

import dev.fairlead.core.fault.FaultTrace;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.AbruptClose;
import dev.fairlead.core.net.Peer;
import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.http.ConnectionCosts;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.InFlightLimit;
import dev.fairlead.data.rpc.ServerLimits;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/2 connection, each stream of which is a [HttpStream] of one request. Closes when it was quiet for long,
/// or when its client reads nothing of it at all; at shutdown tells the client to open no more streams, and lets the
/// open ones finish.
final class Http2Connection extends ChannelInboundHandlerAdapter implements TimeoutSweep.Watched {
    private static final Logger log = LoggerFactory.getLogger(Http2Connection.class);
    private static final int MOST_STREAMS = 256;
    /// Reading from the client stops long before this; see [Http2Input].
    private static final int MOST_CONTROL_FRAMES = 1000;

    private final LoopContext context;
    private final Channel channel;
    private final InFlightLimit limit;
    private final CallerLookUp callers;
    private final Http2Heads asHttp1 = new Http2Heads();
    private final ReadProgress progress = new ReadProgress();
    private final Http2Input input;
    private final long since = System.nanoTime();
    private int open;
    private long quietSince = System.nanoTime();
    private boolean isSettled;
    private @Nullable HttpStream upgraded;
    private boolean toldToGo;
    private boolean isClosing;

    Http2Connection(LoopContext context, Channel channel, IpAddress address) {
        this.context = context;
        this.channel = channel;
        this.input = new Http2Input(context, channel);
        var peer = new Peer(address.group(), context.calls().nextSerial());
        this.limit = new InFlightLimit(limits().callsPerConnection());
        this.callers = new CallerLookUp(context, address, peer);
    }

    /// Netty's bounds on resets, empty frames, pings and continuations stay as they are.
    Http2FrameCodec codec() {
        int streams = Math.min(limits().callsPerConnection(), MOST_STREAMS);
        return Http2Frames.server(context.calls())
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(streams)
                        .maxHeaderListSize(limits().header()))
                .encoderEnforceMaxQueuedControlFrames(MOST_CONTROL_FRAMES)
                .gracefulShutdownTimeoutMillis(
                        context.state().config().timeouts().stop().toMillis())
                .build();
    }

    Http2MultiplexHandler streams() {
        return new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                opened(stream);
            }
        });
    }

    private void opened(Channel stream) {
        boolean refused = limit.isCrowded() && context.heap().refusesLarge();
        if (refused || !context.heap().takeSmall(ConnectionCosts.STREAM)) {
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM))
                    .addListener(_ -> stream.close());
            return;
        }
        open++;
        limit.stream(1);
        stream.closeFuture().addListener(_ -> {
            context.heap().give(ConnectionCosts.STREAM);
            limit.stream(-1);
            open--;
            quietSince = System.nanoTime();
        });
        stream.config().setWriteBufferWaterMark(LoopContext.WATER_MARK);
        var conversation = new HttpStream(context, stream, limit, callers);
        stream.pipeline().addLast(asHttp1, conversation);
        if (!isSettled) holdBack(conversation);
    }

    /// An upgraded connection has its first stream before the client has sent HTTP/2. Some clients (curl 7.88,
    /// the JDK's) lose bytes when much comes right behind the upgrade, so the answer waits for their settings.
    private void holdBack(HttpStream first) {
        upgraded = first;
        first.holdBack(true);
    }

    private void settled() {
        isSettled = true;
        if (upgraded != null) upgraded.holdBack(false);
        upgraded = null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ChannelHandlerContext codec = ctx.pipeline().context(Http2FrameCodec.class);
        ctx.pipeline().addBefore(codec.name(), null, input);
        context.sweep().watch(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2SettingsFrame && !isSettled) settled();
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean ours =
                context.calls().faults().isOurs(Part.CLIENTS, "an HTTP/2 connection met a fault and is closed", cause);
        if (!ours) log.debug("an HTTP/2 connection broke: {}", FaultTrace.types(cause));
        ctx.close();
    }

    @Override
    public boolean look(long now) {
        if (!channel.isOpen()) return false;
        Timeouts timeouts = context.state().config().timeouts();
        progress.look(now, UnreadBytes.in(channel), 0);
        input.count();
        if (progress.isStuck(now, timeouts.slowReader()) || isInTheWay(now)) endStuck();
        else if (!isSettled && now - since > timeouts.header().toNanos()) AbruptClose.on(channel);
        else if (context.state().stopping()) leave(now);
        else if (open == 0 && now - quietSince > timeouts.idle().toNanos()) channel.close();
        return true;
    }

    /// Whether memory is short, and this client takes none of what waits for it.
    private boolean isInTheWay(long now) {
        return input.isWaiting()
                && context.heap().isShort()
                && progress.isStuck(now, context.state().memory().patience());
    }

    private void endStuck() {
        channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM));
        AbruptClose.on(channel);
    }

    /// Tells the client first, which takes its time to arrive; then the streams that were opened until then
    /// may end.
    private void leave(long now) {
        if (!toldToGo) {
            toldToGo = true;
            var goAway = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE);
            channel.writeAndFlush(goAway);
        } else if (!isClosing && context.state().graceIsOver(now)) {
            isClosing = true;
            channel.close();
        }
    }

    @Override
    public void giveUp() {
        channel.close();
    }

    private ServerLimits limits() {
        return context.state().config().limits();
    }
}
