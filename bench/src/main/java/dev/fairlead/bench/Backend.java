package dev.fairlead.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/// A node that costs almost nothing: one thread that finds the end of a request, looks at id and method, and writes
/// a reply that lies ready. Its chain grows by a block every two seconds, so that the gateway's probes are content.
///
/// Usage: `Backend PORT`
public final class Backend {
    private Backend() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        if (!Epoll.isAvailable()) throw new IllegalStateException("the bench needs Linux", Epoll.unavailabilityCause());
        var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        var replies = new CannedReplies();
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Requests(replies));
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel();
        System.out.println("listening on " + port);
        listening.closeFuture().sync();
    }

    /// Cuts one connection's bytes into requests and answers each.
    private static final class Requests extends ChannelInboundHandlerAdapter {
        private static final int LONGEST_REQUEST = 16 * 1024;

        private final CannedReplies replies;
        private final byte[] seen = new byte[LONGEST_REQUEST];
        private int size;

        Requests(CannedReplies replies) {
            this.replies = replies;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf part = (ByteBuf) message;
            int more = part.readableBytes();
            part.readBytes(seen, size, more);
            part.release();
            size += more;
            int from = 0;
            for (int to = end(from); to > 0; to = end(from)) {
                context.write(replies.to(seen, bodyAt(from), to, context.alloc()));
                from = to;
            }
            size -= from;
            System.arraycopy(seen, from, seen, 0, size);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }

        /// Where the request that begins at `from` ends, or 0 while it is not complete.
        private int end(int from) {
            int body = bodyAt(from);
            if (body == 0) return 0;
            int to = body + length(from, body);
            return to <= size ? to : 0;
        }

        private int bodyAt(int from) {
            for (int i = from + 3; i < size; i++) {
                if (seen[i] == '\n' && seen[i - 2] == '\n') return i + 1;
            }
            return 0;
        }

        private int length(int from, int to) {
            for (int i = from; i < to - 16; i++) {
                boolean header = seen[i] == '\n' && (seen[i + 1] | 0x20) == 'c' && (seen[i + 9] | 0x20) == 'l';
                if (header && seen[i + 8] == '-' && seen[i + 15] == ':') return number(i + 16);
            }
            return 0;
        }

        private int number(int at) {
            int i = at;
            while (seen[i] == ' ') i++;
            int value = 0;
            for (; seen[i] >= '0' && seen[i] <= '9'; i++) value = value * 10 + seen[i] - '0';
            return value;
        }
    }
}
