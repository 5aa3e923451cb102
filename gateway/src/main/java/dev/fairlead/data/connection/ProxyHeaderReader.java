package dev.fairlead.data.connection;

import dev.fairlead.core.fault.FaultTrace;
import dev.fairlead.core.fault.Part;
import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands at the beginning of a connection from a trusted proxy, until that has said for whom it is, or has not.
public final class ProxyHeaderReader extends ByteToMessageDecoder implements TimeoutSweep.Watched {
    private static final Logger log = LoggerFactory.getLogger(ProxyHeaderReader.class);

    private final LoopContext context;
    private final Channel channel;
    private final IpAddress proxy;
    private final Consumer<IpAddress> onward;
    private long since = System.nanoTime();
    private boolean hasBegun;
    private boolean isOver;

    /// @param proxy the connection's other end
    /// @param onward adds what speaks the client's protocol at the end of the pipeline
    public ProxyHeaderReader(LoopContext context, Channel channel, IpAddress proxy, Consumer<IpAddress> onward) {
        this.context = context;
        this.channel = channel;
        this.proxy = proxy;
        this.onward = onward;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context.sweep().watch(this);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (isOver) return;
        switch (ProxyHeader.of(in)) {
            case ProxyHeader.Found(var client, var length) -> goOn(ctx, in, length, client);
            case ProxyHeader.Own(var length) -> goOn(ctx, in, length, proxy);
            case ProxyHeader.Absent _ -> goOn(ctx, in, 0, proxy);
            case ProxyHeader.Incomplete _ -> begin();
            case ProxyHeader.Bad _ -> {
                log.debug("the header of {} by the PROXY protocol is not legal", proxy);
                isOver = true;
                in.skipBytes(in.readableBytes());
                ctx.close();
            }
        }
    }

    private void begin() {
        if (!hasBegun) since = System.nanoTime();
        hasBegun = true;
    }

    /// The bytes that are left go on to what `onward` adds.
    private void goOn(ChannelHandlerContext ctx, ByteBuf in, int length, IpAddress client) {
        isOver = true;
        in.skipBytes(length);
        onward.accept(client);
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!context.calls().faults().isOurs(Part.CLIENTS, "a proxy's connection met a fault", cause)) {
            log.debug("a proxy's connection broke at its beginning: {}", FaultTrace.types(cause));
        }
        ctx.close();
    }

    @Override
    public boolean look(long now) {
        if (isOver || !channel.isActive()) return false;
        Timeouts timeouts = context.state().config().timeouts();
        Duration patience = hasBegun ? timeouts.header() : timeouts.idle();
        if (now - since > patience.toNanos() || context.state().graceIsOver(now)) channel.close();
        return true;
    }

    @Override
    public void giveUp() {
        if (!isOver) channel.close();
    }
}
