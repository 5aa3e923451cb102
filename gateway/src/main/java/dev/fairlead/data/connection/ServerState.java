package dev.fairlead.data.connection;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.access.CallerKeys;
import dev.fairlead.data.http.ServerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What all connections of one server share.
public final class ServerState {
    /// How long a quiet connection is still listened to at shutdown: a client that has just sent its next call
    /// on it gets an answer, and is told to go.
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<ServerConfig> config;
    private final Budgets budgets;
    private final RequestMark mark;
    private final CallerKeys keys;
    private final Events events;
    private final Faults faults;
    private final Supplier<Optional<String>> fault;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile long closedSince;

    public ServerState(
            Supplier<ServerConfig> config,
            Budgets budgets,
            RequestMark mark,
            CallerKeys keys,
            Supplier<Optional<String>> fault,
            Events events) {
        this.config = config;
        this.budgets = budgets;
        this.mark = mark;
        this.keys = keys;
        this.events = events;
        this.faults = events::fault;
        this.fault = fault;
    }

    public ServerConfig config() {
        return config.get();
    }

    /// By which callers are told apart.
    CallerKeys keys() {
        return keys;
    }

    /// How callers are told of errors before it is known who calls.
    public ErrorPolicy errors() {
        return keys.policy().errors();
    }

    Budgets budgets() {
        return budgets;
    }

    MemoryConfig memory() {
        return budgets.config().get();
    }

    /// Whether this very process sent a request that came through these gateways.
    boolean isLoop(String past) {
        return mark.isLoop(past);
    }

    /// Why the process should be started again, if that is so.
    Optional<String> fault() {
        return fault.get();
    }

    public Faults faults() {
        return faults;
    }

    /// @return how many connections are open, the new one among them
    public int connected() {
        events.connections(1);
        return connections.incrementAndGet();
    }

    public void disconnected() {
        events.connections(-1);
        connections.decrementAndGet();
    }

    public int connections() {
        return connections.get();
    }

    /// From now on it is not ready, and answers are the last of their connections.
    public void stop() {
        stopping = true;
    }

    /// From now on nobody connects any more.
    public void closed() {
        closedSince = System.nanoTime();
        closed = true;
    }

    boolean stopping() {
        return stopping;
    }

    /// Whether quiet connections are to be closed.
    boolean graceIsOver(long now) {
        return closed && now - closedSince > GRACE.toNanos();
    }
}
