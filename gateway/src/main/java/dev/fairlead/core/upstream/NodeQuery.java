package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.upstream.NodeQueryAnswer.Unasked;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/// Asks a node one question and waits for the answer: how the control plane speaks to nodes, on virtual threads. Its
/// questions go before the clients' calls, so that a busy node does not look like a dead one.
public final class NodeQuery {
    private final Upstreams upstreams;

    public NodeQuery(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /// @param timeout for the whole answer
    /// @throws InterruptedException when the asking thread is interrupted; the attempt is cancelled then
    public NodeQueryAnswer ask(Node node, Request request, Duration timeout) throws InterruptedException {
        EventLoop loop = upstreams.anyLoop();
        var query = new RunningQuery(loop, upstreams.of(loop), node, request, timeout);
        try {
            loop.execute(query);
            return query.answer();
        } catch (InterruptedException interruption) {
            query.giveUp();
            throw interruption;
        } catch (RejectedExecutionException _) {
            return new Unasked("the gateway is shutting down", query.took());
        } catch (ExecutionException bug) {
            throw new IllegalStateException("an answer could not be read", bug);
        }
    }
}
