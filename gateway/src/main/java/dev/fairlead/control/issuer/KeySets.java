package dev.fairlead.control.issuer;

import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// All sets of keys that tenants' tokens need and that are fetched: one loop for each URL, as long as a tenant needs
/// it.
/// May be used from any thread.
public final class KeySets implements AutoCloseable {
    private final KeySetFetch fetch;
    private final BiConsumer<KeySetUrl, List<TokenKey>> fetched;
    private final Events events;
    private final InstantSource clock;
    private final Supervisor supervisor;
    private final Map<KeySetUrl, KeySetLoop> loops = new ConcurrentHashMap<>();
    private boolean closed;

    /// @param fetched is told of keys that are other ones than before; may block
    public KeySets(
            KeySetFetch fetch,
            BiConsumer<KeySetUrl, List<TokenKey>> fetched,
            Events events,
            InstantSource clock,
            Supervisor supervisor) {
        this.fetch = fetch;
        this.fetched = fetched;
        this.events = events;
        this.clock = clock;
        this.supervisor = supervisor;
    }

    /// From now on those are fetched that these tenants need, and no others. Does not block.
    public synchronized void declare(List<TenantPlan> tenants) {
        if (closed) return;
        Map<KeySetUrl, KeySetNeed> needs = KeySetNeed.of(tenants);
        loops.forEach((from, loop) -> {
            if (!needs.containsKey(from)) end(from, loop);
        });
        needs.forEach((from, need) -> {
            KeySetLoop known = loops.get(from);
            if (known == null) begin(from, need);
            else known.need(need);
        });
    }

    private void begin(KeySetUrl from, KeySetNeed need) {
        var loop = new KeySetLoop(from, need, fetch, fetched, events, clock, supervisor);
        loops.put(from, loop);
        loop.start();
    }

    private void end(KeySetUrl from, KeySetLoop loop) {
        loop.stop();
        loops.remove(from);
    }

    /// A token names a key that is not in that set. May be called for every call there is.
    public void unknownKid(KeySetUrl from) {
        KeySetLoop loop = loops.get(from);
        if (loop != null) loop.unknownKid();
    }

    /// What came of fetching that set so far.
    public KeySetState state(KeySetUrl from) {
        KeySetLoop loop = loops.get(from);
        return loop == null ? KeySetState.NEW : loop.state();
    }

    /// The same for every tenant that needs one, by name.
    public Map<String, KeySetState> byTenant() {
        var states = new TreeMap<String, KeySetState>();
        for (KeySetLoop loop : loops.values()) {
            for (String tenant : loop.tenants()) states.put(tenant, loop.state());
        }
        return states;
    }

    /// Waits until each was tried once, so that a gateway that has just started knows the tokens of its callers.
    public void awaitFirst(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (KeySetLoop loop : loops.values()) {
            if (!loop.awaitFirst(Math.max(0, until - System.nanoTime()))) return;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        loops.forEach(this::end);
        fetch.close();
    }
}
