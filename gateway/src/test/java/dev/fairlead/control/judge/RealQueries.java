package dev.fairlead.control.judge;

import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.control.watch.HeadFeeds;
import dev.fairlead.core.feed.HeadFeed;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.upstream.NodeQuery;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The monitor's questions and feeds over real connections.
public final class RealQueries implements NodeQueries, HeadFeeds, AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
    private final Upstreams upstreams = new Upstreams(Transport.NIO, loops, () -> UpstreamConfig.DEFAULT);
    private final NodeQuery query = new NodeQuery(upstreams);

    @Override
    public ProbeAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException {
        return switch (query.ask(node, request, timeout)) {
            case dev.fairlead.core.upstream.NodeQueryAnswer.Said(var result, var _) -> new ProbeAnswer.Said(result);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Objected(var error, var meaning, var _) ->
                new ProbeAnswer.Objected(error, meaning);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Unasked(var cause, var _) -> new ProbeAnswer.Unasked(cause);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Silent(var cause, var _) -> new ProbeAnswer.Silent(cause);
        };
    }

    @Override
    public Feed open(Node node, Listener listener) {
        HeadFeed feed = HeadFeed.open(upstreams, loops.next(), node, new HeadFeed.Listener() {
            @Override
            public void head(Slice header) {
                listener.head(header);
            }

            @Override
            public void lost(String cause) {
                listener.lost(cause);
            }
        });
        return feed::close;
    }

    @Override
    public void close() {
        upstreams.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
