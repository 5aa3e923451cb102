package dev.fairlead.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/// Passes bytes on and reads none of them: what every gateway on Netty pays before it does anything of its own. Each
/// client connection has one to the node.
///
/// Usage: `BlindRelay PORT NODE-PORT epoll|io_uring`
public final class BlindRelay {
    private BlindRelay() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        int node = Integer.parseInt(arguments[1]);
        boolean uring = arguments[2].equals("io_uring");
        var loops =
                new MultiThreadIoEventLoopGroup(1, uring ? IoUringIoHandler.newFactory() : EpollIoHandler.newFactory());
        Bootstrap dial = new Bootstrap()
                .group(loops)
                .channel(uring ? IoUringSocketChannel.class : EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(uring ? IoUringServerSocketChannel.class : EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        ChannelFuture dialled =
                                dial.clone().handler(new Towards(client)).connect("127.0.0.1", node);
                        client.pipeline().addLast(new Towards(dialled.channel()));
                        dialled.addListener(_ -> client.config().setAutoRead(true));
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel();
        listening.closeFuture().sync();
    }

    private static final class Towards extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Towards(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            other.writeAndFlush(bytes, other.voidPromise());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
