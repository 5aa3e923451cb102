package dev.fairlead.data.server;

import dev.fairlead.core.fault.Part;
import dev.fairlead.data.connection.LoopContext;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes a last answer and reads nothing more. Waits for the client to close, because a reset could destroy
/// the answer before it is read.
final class RejectAndClose extends ChannelInboundHandlerAdapter implements TimeoutSweep.Watched {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LoopContext context;
    private final ByteBuf words;
    private final long since = System.nanoTime();
    private @Nullable Channel channel;

    RejectAndClose(LoopContext context, ByteBuf words) {
        this.context = context;
        this.words = words;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        context.sweep().watch(this);
        ctx.writeAndFlush(words).addListener(_ -> {
            if (ctx.channel() instanceof DuplexChannel duplex) duplex.shutdownOutput();
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        context.calls().faults().isOurs(Part.CLIENTS, "a client that is turned away met a fault", cause);
        ctx.close();
    }

    @Override
    public boolean look(long now) {
        if (channel == null || !channel.isOpen()) return false;
        if (now - since > PATIENCE.toNanos()) channel.close();
        return true;
    }

    @Override
    public void giveUp() {
        if (channel != null) channel.close();
    }
}
