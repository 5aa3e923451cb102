package dev.fairlead.data.server;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.telemetry.Events.TurnedAway;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.UnixChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Pauses one listener for a moment when the process has no descriptor left for a new connection, or the
/// kernel could not make one. New connections wait in the kernel's queue meanwhile.
final class AcceptPause extends ChannelInboundHandlerAdapter {
    static final Duration REST = Duration.ofMillis(100);

    private final Supplier<DescriptorShares> shares;
    private final Events events;
    private final Faults faults;

    AcceptPause(Supplier<DescriptorShares> shares, Events events) {
        this.shares = shares;
        this.events = events;
        this.faults = events::fault;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (accepted instanceof UnixChannel channel && isReserved(channel.fd().intValue())) {
            ((Channel) accepted).unsafe().closeForcibly();
            events.turnedAway(TurnedAway.DESCRIPTORS, "nearly all file descriptors of the process are open");
            rest(context.channel());
            return;
        }
        context.fireChannelRead(accepted);
    }

    private boolean isReserved(int descriptor) {
        return descriptor >= shares.get().firstOfAdmin();
    }

    /// Netty itself would pause for a second and log a warning each time; with io_uring it does neither.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        faults.isOurs(Part.CLIENTS, "a listener met a fault", failure);
        events.turnedAway(why(failure), String.valueOf(failure.getMessage()));
        rest(context.channel());
    }

    private static TurnedAway why(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("too many open files") ? TurnedAway.DESCRIPTORS : TurnedAway.NOT_ACCEPTED;
    }

    /// Lets the listener accept again; if that fails, it is tried once more later.
    private void goOn(Channel listener) {
        try {
            listener.config().setAutoRead(true);
        } catch (RuntimeException | Error fault) {
            events.fault(Part.CLIENTS, "a listener could not go on accepting", fault);
            rest(listener);
        }
    }

    private void rest(Channel listener) {
        if (!listener.config().isAutoRead()) return;
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> goOn(listener), REST.toMillis(), TimeUnit.MILLISECONDS);
    }
}
