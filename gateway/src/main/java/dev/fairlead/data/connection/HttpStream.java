package dev.fairlead.data.connection;

import dev.fairlead.core.fault.FaultTrace;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.AbruptClose;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.InFlightLimit;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerUpgradeHandler.UpgradeEvent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection, or one HTTP/2 stream: passes what comes in to the [RequestAssembler], lets the
/// [ResponseOrderer] write, and makes sure that neither side keeps the other waiting for ever.
final class HttpStream extends ChannelInboundHandlerAdapter
        implements TimeoutSweep.Watched, ResponseOrderer.Outlet, Flusher.Flushable {
    private static final Logger log = LoggerFactory.getLogger(HttpStream.class);
    /// How long a client whose request was cut off may take to read why.
    private static final Duration LINGER = Duration.ofSeconds(2);
    /// A stream of which nothing is taken for longer is not read, whatever its client takes of others.
    private static final Duration STANDS_STILL = Duration.ofSeconds(10);

    private final LoopContext context;
    private final Channel channel;
    private final ResponseOrderer responses;
    private final RequestAssembler assembler;
    private final ReadProgress progress;
    private final boolean isStream;
    private boolean isReading;
    private boolean wantsFlush;
    private boolean flushIsDue;
    private boolean isHeldUp;
    private boolean isCatchingUp;
    private @Nullable Runnable kept;
    private boolean isHeldBack;
    private boolean isLeaving;
    private boolean hasSaidAll;
    private boolean isOver;
    private long leavingSince;

    /// @param limit shared with the other streams of the same connection
    /// @param callers shared in the same way
    HttpStream(LoopContext context, Channel channel, InFlightLimit limit, CallerLookUp callers) {
        this.context = context;
        this.channel = channel;
        this.isStream = channel instanceof Http2StreamChannel;
        this.responses = new ResponseOrderer(context, this, channel, limit);
        this.progress = new ReadProgress();
        this.assembler = new RequestAssembler(context, responses, new HttpRouting(context, limit, callers));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context.sweep().watch(this);
    }

    /// Bytes of the next request have come.
    void received() {
        assembler.begun();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        isReading = true;
        try {
            if (isLeaving) return;
            if (message instanceof HttpRequest request) assembler.head(request);
            if (message instanceof HttpContent content) assembler.content(content);
            regulate();
        } catch (RuntimeException bug) {
            fault(bug);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// A whole request whose head was read before.
    void whole(RequestHead known, byte[] body) {
        isReading = true;
        try {
            if (isLeaving) return;
            assembler.whole(known, body);
            regulate();
        } catch (RuntimeException bug) {
            fault(bug);
        }
    }

    @Nullable
    RequestHead head() {
        return assembler.head();
    }

    void forgetAsked() {
        assembler.forgetAsked();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        isReading = false;
        if (wantsFlush) flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        responses.count();
        if (channel.isWritable()) responses.writable();
        regulate();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over();
        responses.gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        responses.gone();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof UpgradeEvent) {
            over();
            ctx.fireUserEventTriggered(event);
            ctx.pipeline().remove(this);
            return;
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults faults = context.calls().faults();
        boolean ours = faults.isOurs(Part.CLIENTS, "a client's connection met a fault and is closed", cause);
        if (cause instanceof IOException) log.debug("a client's connection broke: {}", FaultTrace.types(cause));
        else if (!ours) log.info("a client's connection is closed: {}", FaultTrace.types(cause));
        breakOff();
    }

    private void fault(RuntimeException bug) {
        String name = assembler.name();
        context.calls().faults().fault(Part.CLIENTS, "fault " + name + " while reading a request", bug);
        assembler.fault();
    }

    private void over() {
        isOver = true;
        assembler.deafen();
        responses.abandonAll();
    }

    /// Lets another protocol take over the connection.
    void leave() {
        over();
    }

    @Override
    public boolean isStream() {
        return isStream;
    }

    @Override
    public boolean isBetween() {
        return assembler.isBetween();
    }

    /// Writes nothing until the client has shown that it is ready for it.
    void holdBack(boolean hold) {
        isHeldBack = hold;
        if (!hold && channel.isWritable()) responses.writable();
    }

    @Override
    public boolean canWrite() {
        return !isHeldBack && channel.isWritable();
    }

    @Override
    public void regulate() {
        if (isStream) return;
        boolean heldUp = !isLeaving && (responses.isFull(assembler.isReading()) || responses.isOwed());
        if (heldUp == isHeldUp) return;
        isHeldUp = heldUp;
        readOn();
        if (heldUp || kept == null) return;
        context.calls().loop().execute(kept);
        kept = null;
    }

    private void readOn() {
        channel.config().setAutoRead(!isHeldUp && !isCatchingUp);
    }

    /// Whether the next request is to wait, although some of it has come.
    boolean isHeldUp() {
        return isHeldUp && assembler.isBetween();
    }

    /// @param goOn called once a next request is wanted
    void keep(Runnable goOn) {
        kept = goOn;
        isCatchingUp = true;
    }

    /// Nothing is left of the bytes that were kept, so reading makes sense again.
    void caughtUp() {
        if (!isCatchingUp) return;
        isCatchingUp = false;
        readOn();
    }

    /// Notes that so many bytes of a head have come.
    void receivedOfHead(int bytes) {
        assembler.more(bytes);
    }

    /// At once when nothing else could go with it, while it is still in the processor's cache.
    @Override
    public void flushSoon() {
        if (isReading) {
            wantsFlush = true;
        } else if (!isStream && !responses.expectsMore()) {
            flush();
        } else if (!flushIsDue) {
            flushIsDue = true;
            context.flusher().flushSoon(this);
        }
    }

    @Override
    public void flush() {
        wantsFlush = false;
        flushIsDue = false;
        channel.flush();
        responses.count();
        if (isHeldUp) regulate();
    }

    /// Closes, gently where the client may still be sending, since a reset could destroy
    /// the answer before it is read.
    @Override
    public void farewell() {
        boolean sending = !assembler.isDone();
        isLeaving = true;
        assembler.deafen();
        regulate();
        Object last = isStream ? new DefaultHttp2ResetFrame(Http2Error.NO_ERROR) : Unpooled.EMPTY_BUFFER;
        channel.writeAndFlush(last).addListener(_ -> {
            hasSaidAll = true;
            leavingSince = System.nanoTime();
            if (!sending) channel.close();
            else if (channel instanceof DuplexChannel duplex && !isEncrypted()) duplex.shutdownOutput();
        });
    }

    private boolean isEncrypted() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public void breakOff() {
        breakOff(Http2Error.INTERNAL_ERROR);
    }

    private void breakOff(Http2Error why) {
        over();
        if (isStream) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(why)).addListener(_ -> channel.close());
            return;
        }
        reset();
    }

    private void reset() {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyGone) {
            log.trace("a client was gone before its connection was reset", alreadyGone);
        }
        AbruptClose.on(channel);
    }

    @Override
    public boolean look(long now) {
        if (isOver) return false;
        Timeouts timeouts = context.state().config().timeouts();
        if (hasSaidAll) {
            if (now - leavingSince > LINGER.toNanos()) channel.close();
            return true;
        }
        responses.count();
        if (!isLeaving) responses.expire(now);
        responses.ask();
        responses.goOn();
        responses.endStandstill(now);
        if (isOver) return false;
        progress.look(now, responses.unread(), responses.bytesWritten());
        responses.took(progress.took(), now);
        boolean isRead = isRead(now);
        if (isRead) responses.taken();
        if (responses.isBehindAnother(now)) progress.excuse(now);
        if (progress.isStuck(now, timeouts.slowReader()) || (isInTheWay(now) && !isRead)) {
            breakOff(Http2Error.ENHANCE_YOUR_CALM);
            return false;
        }
        if (isLeaving) return true;
        if (isHeldUp) assembler.heldUp(now);
        else assembler.expire(now, timeouts);
        if (!responses.isEmpty()) assembler.quiet(now);
        else if (!isStream && assembler.isBetween() && hasRested(now, timeouts.idle())) channel.close();
        return true;
    }

    /// Whether the client reads. Streams share what it reads: each of many moves little, but none for long not at all.
    private boolean isRead(long now) {
        return progress.moves() || (responses.isOfReader() && !progress.isStuck(now, STANDS_STILL));
    }

    /// Whether memory is short, and this client holds some and does not read.
    private boolean isInTheWay(long now) {
        return progress.isSlow(now, context.state().memory().patience())
                && (context.direct().isShort() || responses.isWanted());
    }

    private boolean hasRested(long now, Duration idle) {
        return now - assembler.quietSince() > idle.toNanos() || context.state().graceIsOver(now);
    }

    @Override
    public void giveUp() {
        if (isOver || isLeaving) return;
        responses.giveUp();
    }
}
