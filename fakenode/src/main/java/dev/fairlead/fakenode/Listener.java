package dev.fairlead.fakenode;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The listening socket of one node and the connections that came through it.
///
/// ```
/// open -> listening --crash--> crashed --revive--> listening --close--> closed
/// ```
final class Listener {
    private final EventLoopGroup loops;
    private final ServerBootstrap bootstrap;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong accepted = new AtomicLong();
    private volatile int port;
    private volatile boolean down;
    private @Nullable Channel listening;
    private @Nullable Socket reservation;

    Listener(int port, int threads, Supplier<ChannelHandler> talk) {
        this.port = port;
        loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("fakenode", true), NioIoHandler.newFactory());
        bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Connection(talk));
    }

    private final class Connection extends ChannelInitializer<Channel> {
        private final Supplier<ChannelHandler> talk;

        Connection(Supplier<ChannelHandler> talk) {
            this.talk = talk;
        }

        @Override
        protected void initChannel(Channel channel) {
            accepted.incrementAndGet();
            connections.add(channel);
            if (down) {
                // Accepted in the very moment of the crash.
                Courier.reset(channel);
            }
            channel.pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(FakeNode.LARGEST_MESSAGE), talk.get());
        }
    }

    synchronized void open() {
        down = false;
        listening = bootstrap.bind(address()).syncUninterruptibly().channel();
        port = ((InetSocketAddress) listening.localAddress()).getPort();
    }

    synchronized void crash() {
        if (listening != null) {
            hangUp(listening);
            listening = null;
            reservation = reserve();
        }
    }

    private void hangUp(Channel listening) {
        down = true;
        listening.close().syncUninterruptibly();
        connections.forEach(Courier::reset);
        connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /// Bound but not listening: callers are refused, and nobody is given the port meanwhile.
    /// NIO lets go of a closed listener only at its loop's next turn, so the first tries may fail.
    private Socket reserve() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (true) {
            try {
                return bound(new Socket());
            } catch (IOException taken) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException("cannot keep port " + port + " of the crashed node", taken);
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
        }
    }

    private Socket bound(Socket socket) throws IOException {
        try {
            socket.setReuseAddress(true);
            socket.bind(address());
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }

    synchronized void revive() {
        if (listening != null) {
            return;
        }
        open();
        release();
    }

    private void release() {
        if (reservation == null) {
            return;
        }
        try {
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release port " + port, e);
        }
        reservation = null;
    }

    synchronized void close() {
        if (listening != null) {
            hangUp(listening);
            listening = null;
        }
        release();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    void dropSockets() {
        connections.close(channel -> channel.hasAttr(FakeNode.SOCKET)).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int port() {
        return port;
    }

    int connections() {
        return connections.size();
    }

    int sockets() {
        return (int) connections.stream()
                .filter(channel -> channel.hasAttr(FakeNode.SOCKET))
                .count();
    }

    long accepted() {
        return accepted.get();
    }
}
