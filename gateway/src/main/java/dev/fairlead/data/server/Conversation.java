package dev.fairlead.data.server;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.data.server.ServerConfig.Timeouts;
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

/// One HTTP/1.1 connection, or one HTTP/2 stream: passes what comes in to the [Intake], lets the [Line] write, and
/// sees to it that neither side keeps the other waiting for ever.
final class Conversation extends ChannelInboundHandlerAdapter implements Sweep.Watched {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);
    /// How long a client that was cut short may take to read why.
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final LoopSide side;
    private final Channel channel;
    private final Line line;
    private final Intake intake;
    private final Reader reader;
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

    /// @param places shared with the other streams of the same connection
    Conversation(LoopSide side, Channel channel, Places places) {
        this.side = side;
        this.channel = channel;
        this.isStream = channel instanceof Http2StreamChannel;
        this.line = new Line(side, this, channel, places);
        this.reader = new Reader();
        this.intake = new Intake(side, line, new FrontDesk(side, places));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        side.sweep().watch(this);
    }

    /// Bytes have come, of which the next request is made.
    void received() {
        intake.begun();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        isReading = true;
        try {
            if (isLeaving) return;
            if (message instanceof HttpRequest request) intake.head(request);
            if (message instanceof HttpContent content) intake.content(content);
            regulate();
        } catch (RuntimeException bug) {
            fault(bug);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// A whole request whose head was read before.
    void whole(Asked known, byte[] body) {
        isReading = true;
        try {
            if (isLeaving) return;
            intake.whole(known, body);
            regulate();
        } catch (RuntimeException bug) {
            fault(bug);
        }
    }

    @Nullable
    Asked asked() {
        return intake.asked();
    }

    void forgetAsked() {
        intake.forgetAsked();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        isReading = false;
        if (wantsFlush) flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line.count();
        if (channel.isWritable()) line.writable();
        regulate();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over();
        line.gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        line.gone();
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
        Faults faults = side.serving().faults();
        boolean ours = faults.isOurs(Part.CLIENTS, "a client's connection met a fault and is closed", cause);
        if (cause instanceof IOException) log.debug("a client's connection broke", cause);
        else if (!ours) log.info("a client's connection is closed: {}", cause.toString());
        breakOff();
    }

    private void fault(RuntimeException bug) {
        String name = intake.name();
        side.serving().faults().fault(Part.CLIENTS, "fault " + name + " while reading a request", bug);
        intake.fault();
    }

    private void over() {
        isOver = true;
        intake.deafen();
        line.abandonAll();
    }

    /// Another protocol takes the connection over.
    void leave() {
        over();
    }

    boolean isStream() {
        return isStream;
    }

    /// Whether no part of a next request has come.
    boolean isBetween() {
        return intake.isBetween();
    }

    /// Writes nothing until the client has shown that it is ready for it.
    void holdBack(boolean hold) {
        isHeldBack = hold;
        if (!hold && channel.isWritable()) line.writable();
    }

    boolean canWrite() {
        return !isHeldBack && channel.isWritable();
    }

    /// Reads from the client only while its answers can leave and its calls find places.
    void regulate() {
        if (isStream) return;
        boolean heldUp = !isLeaving && (line.isFull(intake.isReading()) || line.isOwed());
        if (heldUp == isHeldUp) return;
        isHeldUp = heldUp;
        readOn();
        if (heldUp || kept == null) return;
        side.loop().execute(kept);
        kept = null;
    }

    private void readOn() {
        channel.config().setAutoRead(!isHeldUp && !isCatchingUp);
    }

    /// Whether the next request is to wait, although some of it has come.
    boolean isHeldUp() {
        return isHeldUp && intake.isBetween();
    }

    /// @param goOn called once a next request is wanted
    void keep(Runnable goOn) {
        kept = goOn;
        isCatchingUp = true;
    }

    /// Nothing is left of what was kept; until then more would only have been added to it.
    void caughtUp() {
        if (!isCatchingUp) return;
        isCatchingUp = false;
        readOn();
    }

    /// So many bytes of a head have come.
    void receivedOfHead(int bytes) {
        intake.more(bytes);
    }

    /// Sends what was written: at once where nothing else could go with it, while it is still in the processor's cache.
    void flushSoon() {
        if (isReading) {
            wantsFlush = true;
        } else if (!isStream && !line.expectsMore()) {
            flush();
        } else if (!flushIsDue) {
            flushIsDue = true;
            side.flusher().flushSoon(this);
        }
    }

    void flush() {
        wantsFlush = false;
        flushIsDue = false;
        channel.flush();
        line.count();
        if (isHeldUp) regulate();
    }

    /// The last answer is written: closes, gently where the client may still be sending, since a reset could destroy
    /// the answer before it is read.
    void farewell() {
        boolean sending = !intake.isDone();
        isLeaving = true;
        intake.deafen();
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

    /// Ends so that nobody can take what was written for a complete answer.
    void breakOff() {
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
        Hangup.on(channel);
    }

    @Override
    public boolean look(long now) {
        if (isOver) return false;
        Timeouts timeouts = side.serving().config().timeouts();
        if (hasSaidAll) {
            if (now - leavingSince > LINGER.toNanos()) channel.close();
            return true;
        }
        line.count();
        if (!isLeaving) line.expire(now);
        line.ask();
        line.goOn();
        reader.look(now, line.unread(), line.written());
        if (reader.moves()) line.taken();
        if (line.isBehindAnother(now)) reader.excuse(now);
        if (reader.isStuck(now, timeouts.slowReader()) || isInTheWay(now)) {
            breakOff(Http2Error.ENHANCE_YOUR_CALM);
            return false;
        }
        if (isLeaving) return true;
        if (isHeldUp) intake.heldUp(now);
        else intake.expire(now, timeouts);
        if (!line.isEmpty()) intake.quiet(now);
        else if (!isStream && intake.isBetween() && hasRested(now, timeouts.idle())) channel.close();
        return true;
    }

    /// Whether others want what this client holds, and it does not read.
    private boolean isInTheWay(long now) {
        return reader.isSlow(now, side.serving().memory().patience())
                && (side.direct().isShort() || line.isWanted());
    }

    private boolean hasRested(long now, Duration idle) {
        return now - intake.quietSince() > idle.toNanos() || side.serving().graceIsOver(now);
    }

    @Override
    public void giveUp() {
        if (isOver || isLeaving) return;
        line.giveUp();
    }
}
