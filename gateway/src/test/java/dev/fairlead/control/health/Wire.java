package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Enquiry;
import dev.fairlead.core.upstream.HeadFeed;
import dev.fairlead.core.upstream.Transport;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The monitor's questions and feeds over real connections.
final class Wire implements Asks, Feeds, AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
    private final Upstreams upstreams = new Upstreams(Transport.NIO, loops, () -> UpstreamConfig.DEFAULT);
    private final Enquiry enquiry = new Enquiry(upstreams);

    @Override
    public Told ask(Node node, Request request, Duration timeout) throws InterruptedException {
        return switch (enquiry.ask(node, request, timeout)) {
            case dev.fairlead.core.upstream.EnquiryAnswer.Said(var result, var _) -> new Told.Said(result);
            case dev.fairlead.core.upstream.EnquiryAnswer.Objected(var error, var complaint, var _) ->
                new Told.Objected(error, complaint);
            case dev.fairlead.core.upstream.EnquiryAnswer.Unasked(var cause, var _) -> new Told.Unasked(cause);
            case dev.fairlead.core.upstream.EnquiryAnswer.Silent(var cause, var _) -> new Told.Silent(cause);
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
