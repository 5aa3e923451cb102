package dev.fairlead.data.server;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.net.AbruptClose;
import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.access.CallerKeys;
import dev.fairlead.data.connection.LoopContext;
import dev.fairlead.data.connection.ServerState;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.rpc.LoopCalls;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The gateway's listeners for clients: accepts connections, and stops without losing a call.
public final class Server {
    /// How long answers may take to leave once the time for finishing calls is over.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final ServerState state;
    private final Map<EventLoop, LoopContext> sides;
    private final ChannelGroup connections;
    private final Listeners listeners;
    private final List<Future<?>> sweeping;
    private final @Nullable Supervised tlsWatch;

    private Server(
            ServerState state,
            Map<EventLoop, LoopContext> sides,
            ChannelGroup connections,
            Listeners listeners,
            List<Future<?>> sweeping,
            @Nullable Supervised tlsWatch) {
        this.state = state;
        this.sides = sides;
        this.connections = connections;
        this.listeners = listeners;
        this.sweeping = sweeping;
        this.tlsWatch = tlsWatch;
    }

    /// Listens on every address of the configuration. A reload changes everything else but the addresses and
    /// whether there is TLS. Returns when all are bound.
    ///
    /// @param budgets what may be held for clients
    /// @param loops event loops of `transport`; they stay the caller's
    /// @param mark the mark of the gateway's own requests, which are refused when they come back
    /// @param keys by which callers are told apart
    /// @param fault why the process should be started again, for `/healthz`
    /// @param supervisor keeps the loops going
    /// @param descriptors how many connections the process can have
    /// @param calls called once for each loop, here
    /// @throws IllegalStateException when an address or the certificate cannot be used; says what to do
    public static Server start(
            Supplier<ServerConfig> config,
            Budgets budgets,
            Transport transport,
            EventLoopGroup loops,
            Function<EventLoop, LoopCalls> calls,
            RequestMark mark,
            CallerKeys keys,
            Supplier<DescriptorShares> descriptors,
            Supplier<Optional<String>> fault,
            Supervisor supervisor,
            Events events) {
        var state = new ServerState(config, budgets, mark, keys, fault, events);
        ServerCertificate tls = ServerCertificate.read(config);
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Map<EventLoop, LoopContext> sides = sides(state, loops, calls);
        var acceptor = new Acceptor(state, sides, connections, tls, descriptors);
        Listeners listeners = Listeners.bind(
                config.get().listen(), transport, loops, () -> new AcceptPause(descriptors, events), acceptor);
        Supervised watch = tls == null
                ? null
                : supervisor.loop(Part.TLS_FILES, Thread.ofVirtual().name("tls-files"), tls::watch);
        if (watch != null) watch.start();
        return new Server(state, sides, connections, listeners, sweep(state, sides), watch);
    }

    private static Map<EventLoop, LoopContext> sides(
            ServerState state, EventLoopGroup loops, Function<EventLoop, LoopCalls> calls) {
        Map<EventLoop, LoopContext> sides = new HashMap<>();
        for (EventExecutor executor : loops) {
            var loop = (EventLoop) executor;
            sides.put(loop, new LoopContext(state, calls.apply(loop)));
        }
        return sides;
    }

    private static List<Future<?>> sweep(ServerState state, Map<EventLoop, LoopContext> sides) {
        long period = TimeoutSweep.PERIOD.toMillis();
        List<Future<?>> sweeping = new ArrayList<>();
        sides.forEach((loop, context) -> {
            Runnable sweep = state.faults().guarded(Part.CLIENTS, "connections could not be watched", context.sweep());
            sweeping.add(loop.scheduleAtFixedRate(sweep, period, period, TimeUnit.MILLISECONDS));
        });
        return sweeping;
    }

    /// Where clients connect, including ports that the system chose.
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /// Connections that are open now.
    public int connections() {
        return state.connections();
    }

    /// Reports at once that it is not ready, accepts no more connections, lets calls finish, and returns when
    /// all connections are closed. Calls without an answer after `bound` are refused, and the remaining
    /// connections closed. The event loops go on.
    public void stop(Duration bound) {
        long until = System.nanoTime() + bound.toNanos();
        state.stop();
        listeners.close();
        state.closed();
        // connections that were accepted last are on their way to their loops
        for (EventLoop loop : sides.keySet()) onLoop(loop, () -> {}).awaitUninterruptibly(LAST_WORDS.toMillis());
        if (!isEmptyBy(until)) giveUp();
        sweeping.forEach(sweep -> sweep.cancel(false));
        if (tlsWatch != null) tlsWatch.stop();
    }

    private void giveUp() {
        sides.forEach((loop, context) -> onLoop(loop, context.sweep()::giveUp));
        if (!isEmptyBy(System.nanoTime() + LAST_WORDS.toNanos())) {
            connections.forEach(AbruptClose::on);
            isEmptyBy(System.nanoTime() + LAST_WORDS.toNanos());
        }
    }

    /// A loop that has ended takes its connections with it.
    private static Future<?> onLoop(EventLoop loop, Runnable task) {
        try {
            return loop.submit(task);
        } catch (RejectedExecutionException ended) {
            return GlobalEventExecutor.INSTANCE.newFailedFuture(ended);
        }
    }

    private boolean isEmptyBy(long until) {
        long left = until - System.nanoTime();
        while (state.connections() > 0 && left > 0) {
            connections.newCloseFuture().awaitUninterruptibly(Math.min(left / 1_000_000 + 1, 100));
            left = until - System.nanoTime();
        }
        return state.connections() == 0;
    }
}
