package dev.fairlead.core.upstream;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.net.Dialer;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// All connections to all nodes: one [Upstream] for each event loop, so that a call never changes its thread.
public final class Upstreams implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Dialer dialer;
    private final Supplier<UpstreamConfig> config;
    private final RequestMark mark = RequestMark.random();
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<LoopUpstream> upstreams = new ArrayList<>();

    /// @param loops whose transport is `transport`; they stay the caller's
    /// @param config read for every step, so that a reload takes effect at once; only the bound of connections
    /// per node is read once, here
    public Upstreams(Transport transport, EventLoopGroup loops, Supplier<UpstreamConfig> config) {
        this(transport, loops, config, Budgets.unbounded(), Faults.TO_LOG);
    }

    /// @param budgets bound what may be held of replies
    public Upstreams(
            Transport transport,
            EventLoopGroup loops,
            Supplier<UpstreamConfig> config,
            Budgets budgets,
            Faults faults) {
        this.dialer = new Dialer(transport, faults);
        this.config = config;
        for (EventExecutor loop : loops) this.loops.add((EventLoop) loop);
        int most = config.get().connectionsPerNode();
        for (int i = 0; i < this.loops.size(); i++) {
            int share = share(most, i, this.loops.size());
            upstreams.add(
                    new LoopUpstream(this.loops.get(i), dialer, config, share, MemoryShare.of(budgets.direct()), mark));
        }
    }

    /// The mark that requests to nodes bear.
    public RequestMark mark() {
        return mark;
    }

    /// The nodes as `loop` sees them.
    public Upstream on(EventLoop loop) {
        return of(loop);
    }

    /// Readable from any thread.
    public ConnectionCounts connections(NodeId node) {
        ConnectionCounts sum = ConnectionCounts.NONE;
        for (LoopUpstream upstream : upstreams) sum = sum.plus(upstream.connections(node));
        return sum;
    }

    /// How many connections there can be to that many nodes, head feeds included.
    public int mostConnections(int nodes) {
        long each = Math.max(loops.size(), config.get().connectionsPerNode())
                + (long) ConnectionPool.SPARE * loops.size()
                + 1;
        return (int) Math.min(Integer.MAX_VALUE, nodes * each);
    }

    /// Takes no more attempts, gives those under way a moment, and closes every connection. Blocks; not for event
    /// loops.
    @Override
    public void close() {
        var drained = CompletableFuture.allOf(
                upstreams.stream().map(LoopUpstream::drain).toArray(CompletableFuture[]::new));
        if (!within(GRACE, drained)) {
            upstreams.forEach(LoopUpstream::closeNow);
            within(GRACE, drained);
        }
        dialer.close();
    }

    LoopUpstream of(EventLoop loop) {
        int index = loops.indexOf(loop);
        if (index < 0) throw new IllegalArgumentException("not one of the event loops that connect to nodes: " + loop);
        return upstreams.get(index);
    }

    EventLoop anyLoop() {
        return loops.getFirst();
    }

    public Dialer dialer() {
        return dialer;
    }

    public Faults faults() {
        return dialer.faults();
    }

    public UpstreamConfig config() {
        return config.get();
    }

    private static int share(int most, int index, int loops) {
        return Math.max(1, most / loops + (index < most % loops ? 1 : 0));
    }

    private static boolean within(Duration time, CompletableFuture<?> done) {
        try {
            done.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
