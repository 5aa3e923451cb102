package dev.fairlead.core.net;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// One connection coming about: each address in turn, then TLS. Lives on one event loop and tells its caller once.
public final class Dial {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    private final Transport transport;
    private final EventLoop loop;
    private final HostPort place;
    private final Caller caller;
    private final Runnable useless;
    private final int firstReserved;
    private final Faults faults;

    private @Nullable Channel channel;
    private boolean lookingUp;
    private boolean over;

    /// What a connection is told once, on its loop.
    public interface Caller {
        /// The connection is up, TLS included; nothing has been read from it yet.
        void connected(Channel channel);

        void failed(String cause);
    }

    /// @param useless called when none of the addresses led to a connection
    /// @param firstReserved descriptors from this one on are not for nodes
    Dial(
            Transport transport,
            EventLoop loop,
            HostPort address,
            Caller caller,
            Runnable useless,
            int firstReserved,
            Faults faults) {
        this.useless = useless;
        this.transport = transport;
        this.loop = loop;
        this.place = address;
        this.caller = caller;
        this.firstReserved = firstReserved;
        this.faults = faults;
    }

    /// Its name is being looked up.
    void lookingUp() {
        lookingUp = true;
    }

    void connect(DialTarget target) {
        lookingUp = false;
        connect(target, 0);
    }

    /// Why the connection did not come about in time.
    public String unfinished(Duration patience) {
        String within = " within " + NetworkErrors.seconds(patience);
        return lookingUp
                ? NetworkErrors.unresolved(place) + ": no DNS server answered" + within
                : "no connection to " + place + within;
    }

    void fail(String cause) {
        if (over) return;
        over = true;
        caller.failed(cause);
    }

    /// Gives the connection up; the caller is not told.
    public void giveUp() {
        over = true;
        if (channel != null) channel.close();
    }

    private void connect(DialTarget target, int index) {
        if (over) return;
        var address = new InetSocketAddress(target.addresses().get(index), place.port());
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(transport.connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ReceiveBufferSize())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // whoever dials watches the clock, the handshake's too
                .handler(new Opening(target))
                .connect(address);
        channel = connecting.channel();
        if (channel instanceof UnixChannel open && open.fd().intValue() >= firstReserved) {
            channel.close();
            fail(NetworkErrors.noDescriptor(place));
            return;
        }
        connecting.addListener(future -> tried(target, index, future));
    }

    private void tried(DialTarget target, int index, Future<?> connecting) {
        if (over) {
            close();
        } else if (!connecting.isSuccess()) {
            if (index + 1 < target.addresses().size()) connect(target, index + 1);
            else failAtAll(connecting.cause());
        }
    }

    private void failAtAll(Throwable cause) {
        useless.run();
        fail(NetworkErrors.connecting(place, cause));
    }

    private void secure(DialTarget target) {
        Channel open = channel;
        if (open == null) return;
        if (target.tls() == null) {
            hand(open);
            return;
        }
        SslHandler handler = target.tls().newHandler(open.alloc(), place.host(), place.port());
        handler.setHandshakeTimeoutMillis(0);
        nameHost(handler.engine());
        open.pipeline().addFirst("tls", handler);
        handler.handshakeFuture().addListener(future -> {
            if (over) {
                close();
            } else if (future.isSuccess()) {
                hand(open);
            } else {
                close();
                fail(NetworkErrors.tls(place, future.cause()));
            }
        });
    }

    /// Sets the name for SNI: the JDK sends only names with a dot, and nodes in container networks often have
    /// none.
    private void nameHost(SSLEngine engine) {
        boolean isName = NAME.matcher(place.host()).matches() && !NetUtil.isValidIpV4Address(place.host());
        if (!isName) return;
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(place.host())));
        engine.setSSLParameters(parameters);
    }

    private void hand(Channel open) {
        over = true;
        open.pipeline().remove(Opening.class);
        caller.connected(open);
    }

    private void close() {
        if (channel != null) channel.close();
    }

    /// The pipeline's handler until the caller takes over. A failed handshake is reported by its future
    /// already.
    private final class Opening extends ChannelInboundHandlerAdapter {
        private final DialTarget target;

        Opening(DialTarget target) {
            this.target = target;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (over) context.close();
            else secure(target);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
            boolean ours = faults.isOurs(Part.UPSTREAM, "a new connection to a node met a fault", failure);
            if (ours) fail(NetworkErrors.connecting(place, failure));
        }
    }
}
