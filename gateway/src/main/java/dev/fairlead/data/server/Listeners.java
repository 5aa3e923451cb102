package dev.fairlead.data.server;

import dev.fairlead.core.net.Transport;
import dev.fairlead.data.connection.LoopContext;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The sockets that clients connect to, one for each address. Each shares its port with further gateways
/// (SO_REUSEPORT), so that a new one can take over from an old one; connections are dealt out to the event loops
/// in turn, which keeps the loops evenly busy where the kernel's hashing would not.
record Listeners(List<Channel> channels) {
    private static final int BACKLOG = 4096;
    /// Under io_uring every connection holds a buffer while it waits for its client, as large as its last reads were.
    private static final int LARGEST_READ = 16 * 1024;

    /// The kernel asks for more as soon as it has less than half of this that it has not sent. Without the bound
    /// it takes megabytes from a slow reader's answers and then nothing for seconds, as if the client did not
    /// read.
    private static final long NOT_SENT = 128 * 1024;

    /// @throws IllegalStateException when an address cannot be used; then none stays open
    static Listeners bind(
            List<InetSocketAddress> addresses,
            Transport transport,
            EventLoopGroup loops,
            Supplier<AcceptPause> acceptance,
            ChannelInitializer<Channel> welcome) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.listening())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 2048, LARGEST_READ))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LoopContext.WATER_MARK)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel listener) {
                        listener.pipeline().addLast(acceptance.get());
                    }
                })
                .childHandler(welcome);
        switch (transport) {
            case NIO -> bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
            case EPOLL ->
                bootstrap
                        .option(UnixChannelOption.SO_REUSEPORT, true)
                        .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT);
            case IO_URING ->
                bootstrap
                        .option(UnixChannelOption.SO_REUSEPORT, true)
                        .childOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT);
        }
        var bound = new Listeners(new ArrayList<>());
        for (InetSocketAddress address : addresses) bound.add(bootstrap, address);
        return bound;
    }

    private void add(ServerBootstrap bootstrap, InetSocketAddress address) {
        ChannelFuture binding = bootstrap.bind(address).awaitUninterruptibly();
        Throwable fault = binding.cause();
        if (fault == null) {
            channels.add(binding.channel());
            return;
        }
        close();
        throw new IllegalStateException(cannot(address, fault), fault);
    }

    private static String cannot(InetSocketAddress address, Throwable fault) {
        String where = "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": ";
        String what = String.valueOf(fault.getMessage());
        if (address.isUnresolved()) return where + "the host name has no address; name an address of this machine";
        if (what.contains("in use")) {
            return where + "another program has the port; stop it, or listen on another port (--listen HOST:PORT)";
        }
        if (what.contains("denied")) {
            return where + "not permitted; ports below 1024 need privileges, listen on a higher one";
        }
        if (what.contains("assign")) return where + "this machine does not have the address; use one of its own";
        return where + what;
    }

    List<InetSocketAddress> addresses() {
        return channels.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /// Nobody who is connecting meanwhile is turned away when another gateway listens here too.
    void close() {
        PortDrain.prepare(channels);
        for (Channel channel : channels) channel.close().awaitUninterruptibly();
    }
}
