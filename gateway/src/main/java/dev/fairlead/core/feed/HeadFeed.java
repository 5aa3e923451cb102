package dev.fairlead.core.feed;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The heads that one node announces over one WebSocket connection, from `eth_subscribe` until it is lost or
/// closed. The opener is the one that tries again.
///
/// ```
/// dialling ──▶ subscribing ──▶ following ──▶ lost
///     └────────────┴────── failed ────────────┘
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
    private boolean over;

    /// Told on the event loop; must not block.
    public interface Listener {
        /// From now on heads come.
        default void following() {}

        /// @param header the block header as the node wrote it, raw JSON
        void head(Slice header);

        /// The connection did not come about, or has ended; told once, and nothing after it.
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
            over = true;
            if (socket != null) socket.close();
        });
    }

    private void connect() {
        if (over) return;
        try {
            dial();
        } catch (RuntimeException | Error fault) {
            upstreams.faults().fault(Part.UPSTREAM, "a head feed could not be opened", fault);
            lost("a head feed could not be opened: " + fault.getClass().getSimpleName());
        }
    }

    private void dial() {
        socket = new HeadSocket(
                new SocketOwner(),
                loop,
                node.endpoint(),
                url,
                ping,
                upstreams.config().connectTimeout(),
                upstreams.faults());
        socket.dial(upstreams.dialer(), upstreams.config().allowLinkLocal());
    }

    private void lost(String cause) {
        if (over) return;
        over = true;
        listener.lost(cause);
    }

    private final class SocketOwner implements HeadSocket.Owner {
        @Override
        public void following() {
            if (!over) listener.following();
        }

        @Override
        public void head(Slice header) {
            if (!over) listener.head(header);
        }

        @Override
        public void lost(String cause) {
            HeadFeed.this.lost(cause);
        }
    }
}
