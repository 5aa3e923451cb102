package dev.fairlead;

import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.control.watch.HeadFeeds;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.upstream.NodeQuery;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.upstream.Upstreams;
import dev.fairlead.data.load.Spending;
import dev.fairlead.support.QuietEvents;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The monitor's questions and feeds over real connections, as a gateway has them, with an event loop of their own.
public final class RealQueries implements NodeQueries, HeadFeeds, AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
    private final Upstreams upstreams = new Upstreams(Transport.NIO, loops, () -> UpstreamConfig.DEFAULT);
    private final MonitorUpstreams monitor = new MonitorUpstreams(
            upstreams,
            loops,
            new NodeQuery(upstreams),
            new UnopenedListeners(List.of()),
            new ProbePermits(new Spending(InstantSource.system(), new QuietEvents())));

    @Override
    public ProbeAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException {
        return monitor.ask(node, request, timeout);
    }

    @Override
    public Feed open(Node node, Listener listener) {
        return monitor.open(node, listener);
    }

    @Override
    public void close() {
        upstreams.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
