package dev.fairlead;

import dev.fairlead.control.probe.NodeQueries;
import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.control.watch.HeadFeeds;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.feed.HeadFeed;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.NodeQuery;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;

/// Connects the monitor to the nodes: its questions go over the same connections as
/// calls do, and its head feeds are opened through the same dialer.
record MonitorUpstreams(
        Upstreams upstreams, EventLoopGroup loops, NodeQuery query, UnopenedListeners unopened, ProbePermits permits)
        implements NodeQueries, HeadFeeds {
    @Override
    public ProbeAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException {
        String refusal = permits.await(node.id(), request.method(), timeout);
        if (refusal != null) return new ProbeAnswer.Spent(refusal);
        return switch (query.ask(node, request, timeout)) {
            case dev.fairlead.core.upstream.NodeQueryAnswer.Said(var result, var _) -> new ProbeAnswer.Said(result);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Objected(var error, var meaning, var _) ->
                new ProbeAnswer.Objected(error, meaning);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Unasked(var cause, var _) -> new ProbeAnswer.Unasked(cause);
            case dev.fairlead.core.upstream.NodeQueryAnswer.Silent(var cause, var _) ->
                unopened.at(node.endpoint().http())
                        .map(MonitorUpstreams::itself)
                        .orElseGet(() -> new ProbeAnswer.Silent(cause));
        };
    }

    private static ProbeAnswer itself(OwnListener listener) {
        return new ProbeAnswer.Objected(new RpcError(RpcError.INTERNAL, listener.refusal()), ErrorMeaning.LOOP);
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
}
