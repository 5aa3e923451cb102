package dev.fairlead.core.feed;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Backoff;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The heads that one node announces over WebSocket, from `eth_subscribe` until closed: connects, subscribes, and does
/// both again, ever more patiently, whenever the connection is lost.
///
/// ```
/// dialling ──▶ subscribing ──▶ following ── lost ──▶ resting ──▶ dialling
///     └────────────┴── failed ──────────────────────────┘
/// ```
public final class HeadFeed implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(20);

    private final Upstreams upstreams;
    private final EventLoop loop;
    private final Node node;
    private final URI url;
    private final Listener listener;
    private final Duration ping;

    private @Nullable HeadSocket socket;
    private int failures;
    private boolean closed;

    /// Told on the event loop; must not block.
    public interface Listener {
        /// Heads of this connection come from now on; what was announced before was missed.
        default void following() {}

        /// @param header the block header as the node wrote it, raw JSON
        void head(Slice header);

        /// No heads come until [#following()]; told for every connection that ends or does not come about.
        void lost(String cause);
    }

    private HeadFeed(Upstreams upstreams, EventLoop loop, Node node, URI url, Listener listener, Duration ping) {
        this.upstreams = upstreams;
        this.loop = loop;
        this.node = node;
        this.url = url;
        this.listener = listener;
        this.ping = ping;
    }

    /// @param loop one of the loops of `upstreams`
    /// @param node which must have a `ws` URL
    public static HeadFeed open(Upstreams upstreams, EventLoop loop, Node node, Listener listener) {
        return open(upstreams, loop, node, listener, PING);
    }

    static HeadFeed open(Upstreams upstreams, EventLoop loop, Node node, Listener listener, Duration ping) {
        URI url = node.endpoint().ws();
        if (url == null) throw new IllegalArgumentException(node.id() + " has no WebSocket URL to follow heads on");
        var feed = new HeadFeed(upstreams, loop, node, url, listener, ping);
        loop.execute(feed::connect);
        return feed;
    }

    @Override
    public void close() {
        if (loop.isShuttingDown()) return;
        loop.execute(() -> {
            closed = true;
            if (socket != null) socket.close();
        });
    }

    private void connect() {
        if (closed) return;
        try {
            dial();
        } catch (RuntimeException | Error fault) {
            upstreams.faults().fault(Part.UPSTREAM, "a head feed could not be opened", fault);
            socket = null;
            again();
        }
    }

    private void dial() {
        var next = new HeadSocket(
                this, loop, node.endpoint(), url, ping, upstreams.config().connectTimeout(), upstreams.faults());
        socket = next;
        next.dial(upstreams.dialer(), upstreams.config().allowLinkLocal());
    }

    void following(HeadSocket from) {
        if (!closed && from == socket) listener.following();
    }

    void head(HeadSocket from, Slice header) {
        if (closed || from != socket) return;
        failures = 0;
        listener.head(header);
    }

    void lost(HeadSocket from, String cause) {
        if (closed || from != socket) return;
        socket = null;
        try {
            listener.lost(cause);
        } finally {
            again();
        }
    }

    private void again() {
        failures++;
        long delay = Backoff.after(failures, ThreadLocalRandom.current().nextDouble())
                .toNanos();
        loop.schedule(this::connect, delay, TimeUnit.NANOSECONDS);
    }
}
