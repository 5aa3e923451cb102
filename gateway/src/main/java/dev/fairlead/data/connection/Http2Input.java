package dev.fairlead.data.connection;

import dev.fairlead.data.http.ConnectionCosts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Passes on the bytes of an HTTP/2 client in small pieces, and only while the client reads its answers: a few
/// bytes may ask for hundreds of small answers (to pings, settings, resets, heads), which no flow control
/// holds back.
final class Http2Input extends ChannelDuplexHandler {
    /// Bytes that are passed on between two checks of what they caused.
    private static final int PIECE = 1024;

    private static final int PIECE_WHEN_SHORT = 256;
    /// When so many writes wait for the client, no more is read from it.
    private static final int MOST_WRITES = 64;

    /// How long one client may keep the event loop before the others have their turn.
    private static final Duration TURN = Duration.ofMillis(2);

    private final LoopContext context;
    private final Channel channel;
    private final PipelinedInput kept;
    private boolean isWaiting;
    private long writesCounted;
    /// `System.nanoTime()`, while a turn lasts.
    private long turnSince;

    private boolean hasTurn;

    Http2Input(LoopContext context, Channel channel) {
        this.context = context;
        this.channel = channel;
        this.kept = new PipelinedInput(context.direct());
    }

    /// Whether the client must take what waits for it before more is read.
    boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) ctx.fireChannelRead(message);
        else if (isWaiting) kept.add(bytes);
        else pass(ctx, bytes);
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
        beginTurn();
        int piece = context.heap().isShort() ? PIECE_WHEN_SHORT : PIECE;
        while (bytes.readableBytes() > piece) {
            ctx.fireChannelRead(bytes.readRetainedSlice(piece));
            ctx.flush();
            boolean owes = owesMuch();
            if (owes || isOver()) {
                kept.putBack(bytes);
                if (owes) await(ctx);
                else yieldLoop(ctx);
                return;
            }
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        hasTurn = false;
        ctx.fireChannelReadComplete();
        if (!isWaiting && owesMuch()) await(ctx);
    }

    private void beginTurn() {
        if (hasTurn) return;
        hasTurn = true;
        turnSince = System.nanoTime();
    }

    private boolean isOver() {
        return System.nanoTime() - turnSince > TURN.toNanos();
    }

    /// Lets the loop handle its sockets. A mere task would not do: tasks that follow each other keep the loop
    /// from them.
    private void yieldLoop(ChannelHandlerContext ctx) {
        pause();
        context.calls().loop().schedule(() -> goOn(ctx), 1, TimeUnit.MILLISECONDS);
    }

    private void pause() {
        isWaiting = true;
        channel.config().setAutoRead(false);
    }

    /// The codec asks for more by itself when a read brought no whole frame.
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!isWaiting) ctx.read();
    }

    private boolean owesMuch() {
        int writes = writes();
        count(writes);
        return !channel.isWritable() || writes > (context.heap().isShort() ? 0 : MOST_WRITES);
    }

    private int writes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.size();
    }

    /// Counts what waits for the client.
    void count() {
        count(writes());
    }

    private void count(int writes) {
        long now = (long) ConnectionCosts.WRITE * writes;
        context.heap().change(writesCounted, now);
        writesCounted = now;
    }

    /// Reads on once the client has taken all that waits now: an empty write that is added here completes
    /// then.
    private void await(ChannelHandlerContext ctx) {
        pause();
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) return;
        first.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> context.calls().loop().execute(() -> goOn(ctx)));
    }

    private void goOn(ChannelHandlerContext ctx) {
        if (ctx.isRemoved() || !channel.isActive()) return;
        isWaiting = false;
        hasTurn = false;
        while (!isWaiting && !kept.isEmpty()) pass(ctx, kept.first());
        if (!isWaiting) channel.config().setAutoRead(true);
        channelReadComplete(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        forget();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    private void forget() {
        kept.release();
        count(0);
    }
}
