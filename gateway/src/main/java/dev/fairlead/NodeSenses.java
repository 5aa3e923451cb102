package dev.fairlead;

import dev.fairlead.control.health.Asks;
import dev.fairlead.control.health.Feeds;
import dev.fairlead.control.health.Told;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Enquiry;
import dev.fairlead.core.upstream.HeadFeed;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// The monitor's eyes and ears: its questions and its head feeds go over the same connections as calls do.
record NodeSenses(Upstreams upstreams, EventLoopGroup loops, Enquiry enquiry, UnopenedListeners unopened)
        implements Asks, Feeds {
    @Override
    public Told ask(Node node, Request request, Duration timeout) throws InterruptedException {
        return switch (enquiry.ask(node, request, timeout)) {
            case dev.fairlead.core.upstream.EnquiryAnswer.Said(var result, var _) -> new Told.Said(result);
            case dev.fairlead.core.upstream.EnquiryAnswer.Objected(var error, var complaint, var _) ->
                new Told.Objected(error, complaint);
            case dev.fairlead.core.upstream.EnquiryAnswer.Unasked(var cause, var _) -> new Told.Unasked(cause);
            case dev.fairlead.core.upstream.EnquiryAnswer.Silent(var cause, var _) ->
                unopened.at(node.endpoint().http()).map(NodeSenses::itself).orElseGet(() -> new Told.Silent(cause));
        };
    }

    private static Told itself(OwnListener listener) {
        return new Told.Objected(new RpcError(RpcError.INTERNAL, listener.refusal()), Complaint.LOOP);
    }

    @Override
    public Feed open(Node node, Listener listener) {
        var lost = new AtomicBoolean();
        HeadFeed feed = HeadFeed.open(upstreams, loops.next(), node, new HeadFeed.Listener() {
            @Override
            public void head(Slice header) {
                listener.head(header);
            }

            @Override
            public void lost(String cause) {
                if (lost.compareAndSet(false, true)) listener.lost(cause);
            }
        });
        return feed::close;
    }
}
