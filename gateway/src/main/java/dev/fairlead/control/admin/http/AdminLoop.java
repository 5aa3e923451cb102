package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.AdminConnection.Asked;
import dev.fairlead.control.admin.http.AdminRoute.Lane;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.memory.MemoryShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop of the admin API: one thread for all connections, and one for each [Lane] while it has work. What
/// clients do, or leave undone, costs places and bytes, both bounded, and never a thread.
public final class AdminLoop implements Supervised.Body {
    private static final int SCRATCH = 64 * 1024;
    /// Connections accepted before those that are there have their turn.
    private static final int ACCEPTED_AT_ONCE = 64;

    private static final Duration ROUND = Duration.ofMillis(50);
    private static final Duration QUIET_ROUND = Duration.ofSeconds(1);
    /// After a connection could not be accepted: there is nothing left to accept it with.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(AdminLoop.class);

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final SelectionKey listening;
    private final MemoryShare memory;
    private final Faults faults;
    private final AdminConnection.Loop seenByConnections;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private final AdminConnections connections;
    private final Map<Lane, LaneQueue> lanes;
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("admin-work-", 1).factory());
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private long counted;
    private long nextRound = System.nanoTime();
    private long acceptsAgainAt = nextRound;
    private boolean told;

    /// @param answer null when even telling of a fault failed
    private record Done(
            LaneQueue lane, List<Asked> asked, @Nullable AdminAnswer answer, AnswerBytes body, long took) {}

    private record SeenByConnections(
            Supplier<AdminRouter> current,
            BooleanSupplier awaited,
            Map<Lane, LaneQueue> lanes,
            AdminConnections connections,
            int mostOrders)
            implements AdminConnection.Loop {
        @Override
        public AdminRouter router() {
            return current.get();
        }

        @Override
        public boolean isAwaited() {
            return awaited.getAsBoolean();
        }

        @Override
        public boolean takes(Asked asked) {
            Lane lane = asked.found().route().lane();
            // orders wait for the store, which may hang
            int most = lane == Lane.ORDER ? mostOrders : Integer.MAX_VALUE;
            return connections.haveMemory(asked.body().remaining())
                    && Objects.requireNonNull(lanes.get(lane)).takes(asked, most);
        }
    }

    private AdminLoop(
            ServerSocketChannel listener,
            Selector selector,
            AdminLimits limits,
            MemoryShare memory,
            Supplier<AdminRouter> router,
            Faults faults)
            throws IOException {
        this.listener = listener;
        this.selector = selector;
        this.memory = memory;
        this.faults = faults;
        this.connections = new AdminConnections(limits, scratch);
        this.lanes = Stream.of(Lane.values())
                .collect(Collectors.toMap(
                        lane -> lane,
                        lane -> new LaneQueue(lane, nextRound),
                        (one, _) -> one,
                        () -> new EnumMap<>(Lane.class)));
        listener.configureBlocking(false);
        this.listening = listener.register(selector, SelectionKey.OP_ACCEPT);
        BooleanSupplier awaited = () -> listening.interestOps() == 0;
        this.seenByConnections = new SeenByConnections(router, awaited, lanes, connections, limits.connections() / 2);
    }

    /// @param listener bound already
    /// @param memory where what is held is counted
    public static AdminLoop of(
            ServerSocketChannel listener,
            AdminLimits limits,
            MemoryShare memory,
            Supplier<AdminRouter> router,
            Faults faults)
            throws IOException {
        return new AdminLoop(listener, Selector.open(), limits, memory, router, faults);
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (listener.isOpen()) {
                select(System.nanoTime());
                if (Thread.interrupted()) throw new InterruptedException();
                turn(System.nanoTime());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// When the loop has ended.
    public void close() {
        connections.endAll();
        workers.shutdownNow();
        try {
            listener.close();
            selector.close();
        } catch (IOException cannot) {
            log.debug("the admin API's listener did not close", cannot);
        }
    }

    private void select(long now) throws IOException {
        long nanos = untilNext(now);
        if (nanos <= 0) selector.selectNow(this::selected);
        else if (nanos == Long.MAX_VALUE) selector.select(this::selected);
        else selector.select(this::selected, (nanos + 999_999) / 1_000_000);
    }

    /// In nanoseconds; never when nobody is connected.
    private long untilNext(long now) {
        if (!done.isEmpty() || !connections.ready().isEmpty()) return 0;
        boolean accepts = listening.interestOps() != 0;
        if (connections.isEmpty() && accepts) return Long.MAX_VALUE;
        long nanos = (accepts && connections.areIdle() ? QUIET_ROUND : ROUND).toNanos();
        for (LaneQueue lane : lanes.values()) nanos = Math.min(nanos, lane.untilNext(now));
        return nanos;
    }

    private void selected(SelectionKey ready) {
        if (ready.attachment() instanceof AdminConnection connection) advance(connection);
        else accept(System.nanoTime());
    }

    private void turn(long now) {
        for (Done one = done.poll(); one != null; one = done.poll()) finished(one, now);
        connections.ready().forEach(this::advance);
        lanes.values().forEach(lane -> work(lane, now));
        if (now - nextRound >= 0) {
            nextRound = now + ROUND.toNanos();
            connections.round(
                    now, lane -> Objects.requireNonNull(lanes.get(lane)).isFull());
        }
        if (now - acceptsAgainAt >= 0 && connections.haveRoom(now)) listening.interestOps(SelectionKey.OP_ACCEPT);
        count();
    }

    /// One that has no room for more leaves them in the kernel's queue for a moment.
    private void accept(long now) {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE && connections.haveRoom(now); i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) return;
                told = false;
                welcome(channel, now);
            }
            if (!connections.haveRoom(now)) listening.interestOps(0);
        } catch (IOException cannot) {
            if (!listener.isOpen()) return;
            if (!told) log.warn("the admin API cannot accept a connection: {}", cannot.getMessage());
            told = true;
            listening.interestOps(0);
            acceptsAgainAt = now + PAUSE.toNanos();
        }
    }

    /// A connection that nobody serves must not stay open.
    private void welcome(SocketChannel channel, long now) throws IOException {
        boolean served = false;
        try {
            served = isServed(channel, now);
        } catch (IOException gone) {
            log.debug("a client of the admin API is gone", gone);
        } finally {
            if (!served) channel.close();
        }
    }

    private boolean isServed(SocketChannel channel, long now) throws IOException {
        if (!(channel.getRemoteAddress() instanceof InetSocketAddress remote)) return false;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var connection = new AdminConnection(channel, remote.getAddress(), now, seenByConnections);
        AdminAnswer refused = connections.add(connection, now);
        if (refused != null) {
            connection.refuse(refused, scratch, now);
            return false;
        }
        connection.watchedBy(channel.register(selector, SelectionKey.OP_READ, connection));
        advance(connection); // its request is there already, mostly
        return true;
    }

    private void advance(AdminConnection connection) {
        long now = System.nanoTime();
        try {
            connection.advance(scratch, now);
            connections.moved(connection, now);
        } catch (IOException gone) {
            log.debug("a client of the admin API is gone", gone);
            connections.end(connection);
        } catch (RuntimeException | Error fault) {
            connections.end(connection);
            faults.fault(Part.ADMIN, "a connection of the admin API broke", fault);
        }
    }

    private void work(LaneQueue lane, long now) {
        List<Asked> asked = lane.next(now);
        if (asked.isEmpty()) return;
        AdminRouter router = seenByConnections.router();
        workers.execute(
                faults.guarded(Part.ADMIN, "a request to the admin API broke", () -> answer(router, lane, asked)));
    }

    /// On a thread of its own.
    private void answer(AdminRouter router, LaneQueue lane, List<Asked> asked) {
        long startedAt = System.nanoTime();
        AdminAnswer answer = null;
        var body = AnswerBytes.few(new byte[0]);
        try {
            Asked first = asked.getFirst();
            AdminAnswer made = router.answer(first.found(), first.head(), first.body());
            body = new AnswerBytes(made.body().getBytes(StandardCharsets.UTF_8), lane::count);
            answer = made;
        } finally {
            done.add(new Done(lane, asked, answer, body, System.nanoTime() - startedAt));
            selector.wakeup();
        }
    }

    private void finished(Done one, long now) {
        one.lane().finished(now, one.took());
        AnswerBytes body = one.body();
        body.hold(); // until all have theirs
        for (Asked asked : one.asked()) {
            if (one.answer() == null) connections.end(asked.by());
            else give(asked.by(), one.answer(), body, one.lane().lane(), now);
        }
        body.letGo();
    }

    private void give(AdminConnection connection, AdminAnswer answer, AnswerBytes body, Lane lane, long now) {
        try {
            connection.answered(answer, body, lane, scratch, now);
            connections.moved(connection, now);
        } catch (IOException gone) {
            log.debug("a client of the admin API is gone", gone);
            connections.end(connection);
        }
    }

    private void count() {
        long held = connections.requestBytes();
        for (LaneQueue lane : lanes.values()) held += lane.unread();
        memory.change(counted, held);
        counted = held;
    }
}
