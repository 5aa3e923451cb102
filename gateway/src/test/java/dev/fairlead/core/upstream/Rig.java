package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One event loop with everything that this package puts on it.
public final class Rig implements AutoCloseable {
    private static final Peer PEER = new Peer("127.0.0.1", 1);

    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MultiThreadIoEventLoopGroup loops;
    private final Upstreams upstreams;
    private volatile UpstreamConfig config;

    public Rig() {
        this(Transport.best());
    }

    public Rig(Transport transport) {
        this(transport, UpstreamConfig.DEFAULT);
    }

    Rig(Transport transport, UpstreamConfig first) {
        config = first;
        loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        upstreams = new Upstreams(transport, loops, () -> config);
    }

    /// How an attempt ended, its bytes read and released.
    ///
    /// @param text of the whole reply
    /// @param cut why a large reply broke off, or null
    public record Got(
            Outcome outcome,
            String text,
            int valueAt,
            long length,
            @Nullable String cut) {
        public String cause() {
            return switch (outcome) {
                case Answered _ -> "answered: " + text;
                case Declined declined -> declined.cause();
                case NotSent(var _, var cause) -> cause;
                case Unanswered(var _, var cause) -> cause;
            };
        }

        public String value() {
            return text.substring(valueAt);
        }
    }

    public void config(UpstreamConfig next) {
        config = next;
    }

    public Upstreams upstreams() {
        return upstreams;
    }

    public EventLoop loop() {
        return loops.iterator().next() instanceof EventLoop loop ? loop : loops.next();
    }

    public static Node node(String url) {
        return node(Endpoint.of(url));
    }

    public static Node node(Endpoint endpoint) {
        return Node.of(new NodeId("test", "n1"), endpoint);
    }

    public static Request request(String id) {
        return new Request(Slice.of(id), "eth_call", Slice.of("[1]"));
    }

    public Got ask(String url) {
        return ask(node(url), request("7777777777"), PATIENCE);
    }

    public Got ask(String url, String id) {
        return ask(node(url), request(id), PATIENCE);
    }

    public Got ask(Node node, Request request, Duration timeout) {
        return get(start(node, request, timeout));
    }

    public CompletableFuture<Got> start(Node node, Request request, Duration timeout) {
        var got = new CompletableFuture<Got>();
        attempt(node, request, timeout, outcome -> collect(outcome, got));
        return got;
    }

    /// Makes an attempt on the loop and waits until it is under way.
    public Upstream.Attempt attempt(Node node, Request request, Duration timeout, Consumer<Outcome> ended) {
        var attempt = new CompletableFuture<Upstream.Attempt>();
        loop().execute(() -> {
            Upstream upstream = upstreams.on(loop());
            attempt.complete(upstream.attempt(node, request, PEER, null, System.nanoTime(), timeout, ended));
        });
        return get(attempt);
    }

    public void onLoop(Runnable action) {
        var done = new CompletableFuture<Boolean>();
        loop().execute(() -> {
            action.run();
            done.complete(true);
        });
        get(done);
    }

    public static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no outcome", e);
        }
    }

    private static void collect(Outcome outcome, CompletableFuture<Got> got) {
        if (!(outcome instanceof Answered(var reply))) {
            got.complete(new Got(outcome, "", 0, 0, null));
            return;
        }
        var text = new StringBuilder();
        take(text, reply.body());
        if (reply.rest() == null) {
            got.complete(new Got(outcome, text.toString(), reply.valueAt(), reply.length(), null));
            return;
        }
        reply.rest().into(new Reply.Sink() {
            @Override
            public void part(ByteBuf part) {
                take(text, part);
            }

            @Override
            public void end() {
                got.complete(new Got(outcome, text.toString(), reply.valueAt(), reply.length(), null));
            }

            @Override
            public void cut(String cause) {
                got.complete(new Got(outcome, text.toString(), reply.valueAt(), reply.length(), cause));
            }
        });
    }

    private static void take(StringBuilder text, ByteBuf part) {
        text.append(part.toString(StandardCharsets.ISO_8859_1));
        part.release();
    }

    public ConnectionCounts connections() {
        return upstreams.connections(new NodeId("test", "n1"));
    }

    @Override
    public void close() {
        upstreams.close();
        Transport.end(loops);
    }
}
