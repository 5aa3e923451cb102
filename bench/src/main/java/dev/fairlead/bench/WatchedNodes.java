package dev.fairlead.bench;

import dev.fairlead.core.jsonrpc.Slice;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Any number of nodes behind one port and one thread, told apart by the path: `/3/17` is node 17 of chain 3. They
/// answer what a monitor asks, and count it.
final class WatchedNodes implements AutoCloseable {
    private static final String BEFORE_HEIGHT = "\"params\":[\"";

    private final List<WatchedChain> chains;
    /// The newest block of each chain as it is sent; touched by the one event loop only.
    private final Map<WatchedChain, Written> newest = new HashMap<>();
    private final LongAdder probes = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    private record Written(long height, Slice block) {}

    WatchedNodes(List<WatchedChain> chains) {
        this.chains = List.copyOf(chains);
        this.listening = listen();
    }

    private Channel listen() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(64 * 1024), new Answering());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    String url(int chain, int node) {
        return "http://127.0.0.1:%d/%d/%d"
                .formatted(((InetSocketAddress) listening.localAddress()).getPort(), chain, node);
    }

    /// How often a newest block was asked for since the start.
    long probes() {
        return probes.sum();
    }

    /// How often anything else was asked.
    long others() {
        return others.sum();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private byte[] result(WatchedChain chain, String call) {
        if (call.contains("\"eth_getBlockByNumber\"")) return block(chain, call);
        others.increment();
        if (call.contains("\"eth_chainId\"")) return text("\"0x" + Long.toHexString(chain.id()) + "\"");
        if (call.contains("\"eth_syncing\"")) return text("false");
        if (call.contains("\"net_peerCount\"")) return text("\"0x19\"");
        if (call.contains("\"web3_clientVersion\"")) return text("\"Geth/v1.16.7-stable/linux-amd64/go1.25.1\"");
        if (call.contains("\"eth_blockNumber\"")) {
            return text("\"0x" + Long.toHexString(chain.height(Instant.now())) + "\"");
        }
        return text("null");
    }

    private byte[] block(WatchedChain chain, String call) {
        long height = chain.height(Instant.now());
        if (call.contains("\"latest\"")) {
            probes.increment();
            return newest.compute(
                            chain,
                            (_, known) -> known != null && known.height == height
                                    ? known
                                    : new Written(height, Slice.of(chain.block(height))))
                    .block
                    .array();
        }
        others.increment();
        int from = call.indexOf(BEFORE_HEIGHT) + BEFORE_HEIGHT.length() + 2;
        long wanted = Long.parseLong(call, from, call.indexOf('"', from), 16);
        return wanted > height ? text("null") : chain.block(wanted);
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        private static final byte[] BEFORE = text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":");
        private static final byte[] AFTER = text("}\n");

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            WatchedChain chain = chains.get(Integer.parseInt(request.uri().split("/", -1)[1]));
            byte[] result = result(chain, request.content().toString(StandardCharsets.UTF_8));
            ByteBuf body = Unpooled.wrappedBuffer(BEFORE, result, AFTER);
            var reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            reply.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            context.writeAndFlush(reply);
        }
    }
}
