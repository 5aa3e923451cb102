package dev.fairlead.core.upstream;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.net.Dialer;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.net.RequestPriority;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.ScratchBuffer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pools of one event loop, and the timer that checks them all.
final class LoopUpstream implements Upstream {
    /// The precision of timeouts.
    private static final Duration TICK = Duration.ofMillis(100);
    /// Pools in which nothing is under way, as most are when there are many nodes, are checked less often.
    private static final int TICKS_OF_REST = 5;

    private static final Peer NOBODY = new Peer("", 0);

    private final EventLoop loop;
    private final Dialer dialer;
    private final Supplier<UpstreamConfig> config;
    private final int share;
    private final MemoryShare memory;
    private final RequestMark mark;
    private final ScratchBuffer scratch = new ScratchBuffer();
    private final MethodNameBytes names = new MethodNameBytes();

    /// Changed on the loop only; the numbers are read from elsewhere.
    private final Map<NodeId, ConnectionPool> pools = new ConcurrentHashMap<>();
    /// Pools of endpoints that were changed or removed, until their last call has ended.
    private final Set<ConnectionPool> retired = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private @Nullable Future<?> ticking;
    private int ticks;
    private boolean closing;

    /// @param share connections to one node that this loop may open
    /// @param memory for what is held of replies
    LoopUpstream(
            EventLoop loop,
            Dialer dialer,
            Supplier<UpstreamConfig> config,
            int share,
            MemoryShare memory,
            RequestMark mark) {
        this.loop = loop;
        this.dialer = dialer;
        this.config = config;
        this.share = share;
        this.memory = memory;
        this.mark = mark;
    }

    @Override
    public Attempt attempt(
            Node node,
            Request request,
            Peer peer,
            @Nullable String past,
            long now,
            Duration timeout,
            Consumer<Outcome> ended) {
        return attempt(node, request, peer, past, now, timeout, RequestPriority.CALL, ended);
    }

    /// An attempt for the health monitor.
    Attempt probe(Node node, Request request, Duration timeout, Consumer<Outcome> ended) {
        return attempt(node, request, NOBODY, null, System.nanoTime(), timeout, RequestPriority.PROBE, ended);
    }

    private Attempt attempt(
            Node node,
            Request request,
            Peer peer,
            @Nullable String past,
            long now,
            Duration timeout,
            RequestPriority priority,
            Consumer<Outcome> ended) {
        if (!loop.inEventLoop()) throw new IllegalStateException("an attempt must be made on its own event loop");
        if (closing) {
            ended.accept(new NotSent("the gateway is shutting down"));
            return () -> {};
        }
        if (ticking == null) {
            ticking =
                    loop.scheduleAtFixedRate(guarded(this::tick), TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
        ConnectionPool pool = pool(node);
        NodeContext to = pool.node();
        var exchange = new UpstreamRequest(to, pool, to.wanted(request, past), peer, timeout, now, ended);
        pool.take(exchange, priority);
        return exchange;
    }

    Secrets secrets(Node node) {
        ConnectionPool known = pools.get(node.id());
        return known != null && known.node().isAt(node.endpoint())
                ? known.node().secrets()
                : Secrets.of(node.endpoint());
    }

    ConnectionCounts connections(NodeId node) {
        ConnectionPool pool = pools.get(node);
        return pool == null ? ConnectionCounts.NONE : pool.numbers();
    }

    /// Lets what is under way finish; done when no connection is left.
    CompletableFuture<@Nullable Void> drain() {
        try {
            loop.execute(() -> {
                closing = true;
                for (NodeId node : pools.keySet()) retire(node);
                finishIfEmpty();
            });
        } catch (RejectedExecutionException _) {
            drained.complete(null); // the loop is gone, and its connections with it
        }
        return drained;
    }

    void closeNow() {
        loop.execute(() -> {
            for (ConnectionPool pool : retired) pool.closeNow();
        });
    }

    private ConnectionPool pool(Node node) {
        ConnectionPool known = pools.get(node.id());
        if (known != null && known.node().isAt(node.endpoint())) return known;
        if (known != null) retire(node.id());
        var context = new NodeContext(loop, node.endpoint(), dialer, config, scratch, names, memory, mark);
        var made = new ConnectionPool(context, share);
        pools.put(node.id(), made);
        return made;
    }

    private void retire(NodeId node) {
        ConnectionPool pool = pools.remove(node);
        if (pool == null) return;
        pool.retire();
        retired.add(pool);
    }

    private void tick() {
        long now = System.nanoTime();
        boolean everybody = ++ticks % TICKS_OF_REST == 0;
        for (ConnectionPool pool : pools.values()) {
            if (everybody || pool.isUnderWay()) watch(pool, now);
        }
        for (ConnectionPool pool : retired) watch(pool, now);
        if (everybody) pools.values().removeIf(pool -> pool.isUnused(now));
        retired.removeIf(ConnectionPool::isEmpty);
        finishIfEmpty();
    }

    /// A fault in one pool must not stop the timer: without it no attempt would end in time any more.
    private void watch(ConnectionPool pool, long now) {
        try {
            pool.watch(now);
        } catch (RuntimeException | Error bug) {
            dialer.faults()
                    .fault(Part.UPSTREAM, "the connections to " + pool.node().address() + " could not be watched", bug);
        }
    }

    private Runnable guarded(Runnable task) {
        return dialer.faults().guarded(Part.UPSTREAM, "the clock of the connections to nodes failed", task);
    }

    private void finishIfEmpty() {
        retired.removeIf(ConnectionPool::isEmpty);
        if (!closing || !retired.isEmpty()) return;
        if (ticking != null) ticking.cancel(false);
        drained.complete(null);
    }
}
