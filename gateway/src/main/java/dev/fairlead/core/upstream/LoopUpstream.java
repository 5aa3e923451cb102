package dev.fairlead.core.upstream;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.upstream.Outcome.NotSent;
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

/// The pools of one event loop, and the clock that watches them all.
final class LoopUpstream implements Upstream {
    /// How exactly timeouts are kept.
    private static final Duration TICK = Duration.ofMillis(100);
    /// Pools in which nothing is under way are looked at now and then only: of many nodes most are.
    private static final int TICKS_OF_REST = 5;

    private static final Peer NOBODY = new Peer("", 0);

    private final EventLoop loop;
    private final Dialer dialer;
    private final Supplier<UpstreamConfig> config;
    private final int share;
    private final MemoryShare memory;
    private final Hop hop;
    private final Scratch scratch = new Scratch();
    private final MethodNames names = new MethodNames();

    /// Changed on the loop only; the numbers are read from elsewhere.
    private final Map<NodeId, Pool> pools = new ConcurrentHashMap<>();
    /// Those of endpoints that were changed or removed, while they finish.
    private final Set<Pool> retired = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private @Nullable Future<?> ticking;
    private int ticks;
    private boolean closing;

    /// @param share connections to one node that this loop may open
    /// @param memory for what is held of replies
    LoopUpstream(
            EventLoop loop, Dialer dialer, Supplier<UpstreamConfig> config, int share, MemoryShare memory, Hop hop) {
        this.loop = loop;
        this.dialer = dialer;
        this.config = config;
        this.share = share;
        this.memory = memory;
        this.hop = hop;
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
        return attempt(node, request, peer, past, now, timeout, Urgency.CALL, ended);
    }

    /// A question of the health monitor's.
    Attempt probe(Node node, Request request, Duration timeout, Consumer<Outcome> ended) {
        return attempt(node, request, NOBODY, null, System.nanoTime(), timeout, Urgency.PROBE, ended);
    }

    private Attempt attempt(
            Node node,
            Request request,
            Peer peer,
            @Nullable String past,
            long now,
            Duration timeout,
            Urgency urgency,
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
        Pool pool = pool(node);
        var exchange = new Exchange(pool, pool.wanted(request, past), peer, timeout, now, ended);
        pool.take(exchange, urgency);
        return exchange;
    }

    Secrets secrets(Node node) {
        Pool known = pools.get(node.id());
        return known != null && known.isAt(node.endpoint()) ? known.secrets() : Secrets.of(node.endpoint());
    }

    Connections connections(NodeId node) {
        Pool pool = pools.get(node);
        return pool == null ? Connections.NONE : pool.numbers();
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
            for (Pool pool : retired) pool.closeNow();
        });
    }

    private Pool pool(Node node) {
        Pool known = pools.get(node.id());
        if (known != null && known.isAt(node.endpoint())) return known;
        if (known != null) retire(node.id());
        var made = new Pool(loop, node.endpoint(), dialer, config, share, scratch, names, memory, hop);
        pools.put(node.id(), made);
        return made;
    }

    private void retire(NodeId node) {
        Pool pool = pools.remove(node);
        if (pool == null) return;
        pool.retire();
        retired.add(pool);
    }

    private void tick() {
        long now = System.nanoTime();
        boolean everybody = ++ticks % TICKS_OF_REST == 0;
        for (Pool pool : pools.values()) {
            if (everybody || pool.isUnderWay()) watch(pool, now);
        }
        for (Pool pool : retired) watch(pool, now);
        if (everybody) pools.values().removeIf(pool -> pool.isUnused(now));
        retired.removeIf(Pool::isEmpty);
        finishIfEmpty();
    }

    /// The clock goes on whatever happens to one pool: without it no attempt would end in time any more.
    private void watch(Pool pool, long now) {
        try {
            pool.watch(now);
        } catch (RuntimeException | Error bug) {
            dialer.faults().fault(Part.UPSTREAM, "the connections to " + pool.place() + " could not be watched", bug);
        }
    }

    private Runnable guarded(Runnable task) {
        return dialer.faults().guarded(Part.UPSTREAM, "the clock of the connections to nodes failed", task);
    }

    private void finishIfEmpty() {
        retired.removeIf(Pool::isEmpty);
        if (!closing || !retired.isEmpty()) return;
        if (ticking != null) ticking.cancel(false);
        drained.complete(null);
    }
}
