package dev.fairlead.core.upstream;

import dev.fairlead.core.net.RequestPriority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one node, and the attempts that wait for one. Everything happens on the loop
/// except reading [#numbers()].
final class ConnectionPool implements NodeConnection.Pool, UpstreamRequest.Queue {
    private static final int MOST_WAITING = 1024;
    /// Connections for probes beyond the bound for calls: a node with many calls must not look like a dead
    /// one.
    static final int SPARE = 2;
    /// With fewer connections none is kept for quick calls.
    private static final int FEW = 4;
    /// When a call waits for a connection, a reply gives its own up if its client has taken next to nothing for longer
    /// than this; [NodeConnection#SHORT_PAUSE] is enough while such replies hold more than half of the connections.
    private static final long LONG_PAUSE = Duration.ofSeconds(2).toNanos();

    private final NodeContext node;
    private final int share;
    /// Most connections that slow calls may hold together, so that quick calls always find some free.
    private final int mostSlow;

    private final List<NodeConnection> all = new ArrayList<>();
    private final Deque<NodeConnection> idle = new ArrayDeque<>();
    private final UnreadReplyMethods unreadReplyMethods = new UnreadReplyMethods();
    private final WaitingCalls waiting = new WaitingCalls(unreadReplyMethods);
    private final Deque<UpstreamRequest> probes = new ArrayDeque<>();
    private int opening;
    private boolean retired;
    /// Since the last check of the clock.
    private boolean used;

    private long usedAt;
    private int busy;
    /// How many of the busy ones carry a client's call.
    private int calls;
    private final AtomicInteger openNow = new AtomicInteger();
    private final AtomicInteger busyNow = new AtomicInteger();
    private final AtomicInteger waitingNow = new AtomicInteger();

    /// @param share how many connections there may be for calls
    ConnectionPool(NodeContext node, int share) {
        this.node = node;
        this.share = share;
        this.mostSlow = share < FEW ? share : share - share / 4;
    }

    NodeContext node() {
        return node;
    }

    @Override
    public boolean isWanted() {
        return !waiting.isEmpty();
    }

    /// May be read from any thread; the numbers need not be of the very same moment.
    ConnectionCounts numbers() {
        int open = openNow.get();
        int inFlight = busyNow.get();
        return new ConnectionCounts(open, Math.max(0, open - inFlight), inFlight, waitingNow.get());
    }

    void take(UpstreamRequest request, RequestPriority priority) {
        used = true;
        boolean call = priority == RequestPriority.CALL;
        NodeConnection free = call && (calls >= share || isHeldBack(request)) ? null : freshestIdle();
        if (free != null) {
            carry(free, request, call);
        } else if (call && waiting.size() >= MOST_WAITING) {
            request.notSent("no free connection to " + node.address() + ": " + waiting.size() + " calls wait already");
        } else {
            if (call) waiting.add(request);
            else probes.addLast(request);
            open();
        }
        count();
    }

    @Override
    public void forget(UpstreamRequest request) {
        if (!waiting.remove(request)) probes.remove(request);
        count();
    }

    @Override
    public void opened(NodeConnection connection) {
        opening--;
        settle(connection);
    }

    @Override
    public void free(NodeConnection connection) {
        left(connection);
        settle(connection);
    }

    /// A waiting call learns it at once, unless open connections will serve it.
    @Override
    public void failed(NodeConnection connection, String cause) {
        if (!all.remove(connection)) return;
        opening--;
        if (all.size() > opening) {
            count();
            return;
        }
        List<UpstreamRequest> unserved = allWaiting();
        count();
        for (UpstreamRequest request : unserved) request.notSent(cause);
    }

    @Override
    public void gone(NodeConnection connection) {
        if (!all.remove(connection)) return;
        idle.remove(connection);
        if (connection.isBusy()) left(connection);
        serve();
        open();
        count();
    }

    /// The idle ones may be as old, so they are closed, and the call's next attempt gets a new one.
    @Override
    public void stale() {
        closeIdle();
    }

    @Override
    public void unused(NodeConnection connection) {
        idle.remove(connection);
        connection.close();
    }

    /// No attempts will come any more: idle connections close now, busy ones when they are done.
    void retire() {
        retired = true;
        closeIdle();
        count();
    }

    private void closeIdle() {
        for (NodeConnection connection = idle.poll(); connection != null; connection = idle.poll()) connection.close();
    }

    void closeNow() {
        retire();
        for (UpstreamRequest request : allWaiting()) request.notSent("the gateway is shutting down");
        for (NodeConnection connection : List.copyOf(all)) connection.close();
    }

    /// Whether an attempt waits or is being made, or a connection is being opened.
    boolean isUnderWay() {
        return busy > 0 || opening > 0 || isAwaited();
    }

    boolean isEmpty() {
        return all.isEmpty() && !isAwaited();
    }

    boolean isUnused(long now) {
        return isEmpty() && now - usedAt > node.config().idleTimeout().toNanos();
    }

    /// Checks every timeout of this pool.
    void watch(long now) {
        if (used) usedAt = now;
        used = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (i < all.size()) all.get(i).watch(now, node.config());
        }
        boundMethods(now);
        if (!isAwaited()) return;
        giveUpLate(now);
        if (calls >= share) endPauses(waiting.usual(), share, now);
        if (waiting.slow() > 0 && maySlow() <= 0) endPauses(waiting.slow(), mostSlow, now);
        if (mayBounded() <= 0) endPauses(waiting.bounded(), most(), now);
        serve();
        open();
        count();
    }

    private void giveUpLate(long now) {
        for (UpstreamRequest probe : List.copyOf(probes)) {
            if (probe.isLate(now) && probes.remove(probe)) probe.notSent(noConnection(probe));
        }
        for (UpstreamRequest call : waiting.all()) {
            if (call.isLate(now) && waiting.remove(call)) call.notSent(noConnection(call));
        }
    }

    /// Clients that do not read may hold half of the connections: calls of the same methods leave the other
    /// half alone.
    private void boundMethods(long now) {
        boolean changed = unreadReplyMethods.forget(now);
        int held = held(now);
        if (held == 0 && !changed) return;
        for (NodeConnection each : all) {
            String method = each.isPaused(now) ? each.method() : null;
            if (method != null) changed |= unreadReplyMethods.note(method, held > most(), now);
        }
        if (changed) waiting.sort();
    }

    /// The replies that have stood still longest give their connections to calls that wait.
    ///
    /// @param of connections that the calls which wait may take
    private void endPauses(int wanted, int of, long now) {
        int held = held(now);
        for (int i = wanted; i > 0 && !all.isEmpty(); i--) {
            NodeConnection longest = all.getFirst();
            for (NodeConnection each : all) {
                if (each.pausedFor(now) > longest.pausedFor(now)) longest = each;
            }
            if (longest.pausedFor(now) <= (2 * held > of ? NodeConnection.SHORT_PAUSE : LONG_PAUSE)) return;
            longest.reclaim("its client took next to nothing while calls waited for the connection");
            held--;
        }
    }

    private int held(long now) {
        int held = 0;
        for (NodeConnection each : all) {
            if (each.isPaused(now)) held++;
        }
        return held;
    }

    /// Connections that calls of bounded methods may take together.
    private int most() {
        return Math.max(1, share / 2);
    }

    private boolean isHeldBack(UpstreamRequest call) {
        if (!unreadReplyMethods.isEmpty() && waiting.isBounded(call)) return mayBounded() <= 0;
        return calls >= mostSlow && WaitingCalls.isSlow(call.method()) && maySlow() <= 0;
    }

    /// How many more connections slow calls may take.
    private int maySlow() {
        int more = mostSlow;
        for (NodeConnection each : all) {
            String method = each.carriesCall() ? each.method() : null;
            if (method != null && WaitingCalls.isSlow(method)) more--;
        }
        return more;
    }

    /// How many more connections calls of bounded methods may take.
    private int mayBounded() {
        if (unreadReplyMethods.isEmpty()) return share;
        int more = most();
        for (NodeConnection each : all) {
            String method = each.carriesCall() ? each.method() : null;
            if (method != null && unreadReplyMethods.has(method)) more--;
        }
        return more;
    }

    private boolean isAwaited() {
        return !waiting.isEmpty() || !probes.isEmpty();
    }

    private List<UpstreamRequest> allWaiting() {
        List<UpstreamRequest> left = new ArrayList<>(probes);
        left.addAll(waiting.all());
        probes.clear();
        waiting.clear();
        return left;
    }

    private String noConnection(UpstreamRequest request) {
        String kind = all.size() == opening ? "no connection to " : "no free connection to ";
        return kind + node.address() + " within " + request.patience();
    }

    private void settle(NodeConnection connection) {
        connection.rest();
        UpstreamRequest probe = probes.poll();
        UpstreamRequest call = probe == null ? nextCall() : null;
        if (probe != null) carry(connection, probe, false);
        else if (call != null) carry(connection, call, true);
        else if (retired) connection.close();
        else idle.push(connection);
        count();
    }

    private void carry(NodeConnection connection, UpstreamRequest request, boolean call) {
        busy++;
        if (call) calls++;
        connection.carry(request, call);
    }

    private void left(NodeConnection connection) {
        busy--;
        if (connection.carriesCall()) calls--;
    }

    /// One call fewer is under way, so an idle connection that was kept for probes may carry a waiting call.
    private void serve() {
        while (!waiting.isEmpty() && calls < share) {
            NodeConnection free = freshestIdle();
            if (free == null) return;
            UpstreamRequest next = nextCall();
            if (next == null) {
                idle.push(free);
                return;
            }
            carry(free, next, true);
        }
    }

    private @Nullable UpstreamRequest nextCall() {
        if (waiting.isEmpty() || calls >= share) return null;
        return waiting.poll(waiting.slow() > 0 && maySlow() > 0, waiting.bounded() > 0 && mayBounded() > 0);
    }

    /// The one that was used last, so that surplus ones stay idle and close.
    private @Nullable NodeConnection freshestIdle() {
        for (NodeConnection next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isAlive()) return next;
        }
        return null;
    }

    private void open() {
        int wanted = probes.size() + Math.min(startable(), Math.max(0, share - calls));
        while (opening < wanted && all.size() < share + SPARE) {
            var connection = new NodeConnection(node, this, System.nanoTime());
            all.add(connection);
            opening++;
            connection.dial();
        }
    }

    private int startable() {
        int startable = waiting.usual();
        if (waiting.slow() > 0) startable += Math.clamp(maySlow(), 0, waiting.slow());
        if (waiting.bounded() > 0) startable += Math.clamp(mayBounded(), 0, waiting.bounded());
        return startable;
    }

    /// Twice for every call, and so without the barriers of a volatile write: only this loop writes.
    private void count() {
        openNow.setRelease(all.size());
        busyNow.setRelease(busy);
        waitingNow.setRelease(waiting.size() + probes.size());
    }
}
