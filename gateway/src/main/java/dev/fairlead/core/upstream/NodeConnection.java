package dev.fairlead.core.upstream;

import dev.fairlead.core.net.Dial;
import dev.fairlead.core.net.NetworkErrors;
import dev.fairlead.core.net.ReceiveBufferSize;
import dev.fairlead.core.reply.PlainReplies;
import dev.fairlead.core.reply.ReplyEvents;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// One connection to a node, carrying one exchange at a time.
///
/// ```
/// dialling ──▶ idle ── carry ──▶ busy ── reply ended, all that came with it read ──▶ idle
///    └── failed ──▶ gone ◀── closed by either side, at any time
/// ```
final class NodeConnection implements ReplyEvents, Dial.Caller, UpstreamRequest.Carrier {
    /// A reply whose client takes next to nothing for longer is paused.
    static final long SHORT_PAUSE = Duration.ofMillis(500).toNanos();

    private final NodeContext node;
    private final Pool pool;
    private final long dialledAt;
    private final FutureListener<@Nullable Void> done = this::wrote;

    private @Nullable Dial dial;
    private @Nullable Channel channel;
    private @Nullable UpstreamRequest request;
    private @Nullable ChannelFuture written;
    private boolean busy;
    private boolean carriesCall;
    private boolean lasting;
    private boolean finished;
    private boolean fresh = true;
    /// Whether it has been idle since the last check of the clock.
    private boolean rested;

    private long idleSince;

    /// What lends it to attempts, and hears of it on the event loop.
    interface Pool {
        /// It may carry its first attempt.
        void opened(NodeConnection connection);

        /// It did not come about.
        void failed(NodeConnection connection, String cause);

        /// Its exchange is over, and it may carry the next attempt.
        void free(NodeConnection connection);

        /// It idled for too long.
        void unused(NodeConnection connection);

        /// It had carried others before, and ended with an attempt on its way.
        void stale();

        /// It is closed.
        void gone(NodeConnection connection);

        /// Whether calls wait for a connection.
        boolean isWanted();
    }

    NodeConnection(NodeContext node, Pool pool, long now) {
        this.node = node;
        this.pool = pool;
        this.dialledAt = now;
    }

    void dial() {
        Dial begun = node.dial(this);
        if (channel == null) dial = begun;
    }

    boolean isReady() {
        return channel != null;
    }

    boolean isBusy() {
        return busy;
    }

    boolean carriesCall() {
        return carriesCall;
    }

    /// Nanoseconds for which the reader of a large reply has taken next to nothing.
    long pausedFor(long now) {
        return request == null ? 0 : request.pausedFor(now);
    }

    boolean isPaused(long now) {
        return pausedFor(now) > SHORT_PAUSE;
    }

    /// The request under way, or null.
    @Nullable
    String method() {
        return request == null ? null : request.method();
    }

    void reclaim(String cause) {
        if (request != null) request.reclaim(cause);
    }

    boolean isAlive() {
        return channel != null && channel.isActive();
    }

    /// @param call whether a client waits for it, and not the control plane
    void carry(UpstreamRequest next, boolean call) {
        Channel open = channel;
        if (open == null) throw new IllegalStateException("not connected yet");
        busy = true;
        carriesCall = call;
        request = next;
        finished = false;
        lasting = false;
        next.sent(this);
        ChannelFuture writing = open.writeAndFlush(node.written(next.request(), open.alloc()));
        written = writing;
        if (!writing.isDone()) writing.addListener(done);
        else if (!writing.isSuccess()) wrote(writing);
    }

    void rest() {
        busy = false;
        rested = false;
    }

    @Override
    public void drop(UpstreamRequest given) {
        if (request != given) return;
        request = null;
        close();
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.close();
        } else if (dial != null) {
            dial.giveUp();
            pool.failed(this, "given up");
        }
    }

    @Override
    public boolean isWanted() {
        return pool.isWanted();
    }

    @Override
    public void taken() {
        if (request != null) request.taken();
    }

    @Override
    public void reading(boolean on) {
        if (channel != null) channel.config().setAutoRead(on);
    }

    void watch(long now, UpstreamConfig config) {
        if (channel == null) {
            if (now - dialledAt > config.connectTimeout().toNanos()) giveUpDialling(config.connectTimeout());
        } else if (request != null) {
            request.watch(now);
        } else if (!busy) {
            if (!rested) idleSince = now;
            rested = true;
            if (now - idleSince > config.idleTimeout().toNanos()) pool.unused(this);
        }
    }

    @Override
    public void connected(Channel open) {
        dial = null;
        channel = open;
        var bufferSize = open.config().getRecvByteBufAllocator() instanceof ReceiveBufferSize own
                ? own
                : new ReceiveBufferSize();
        PlainReplies.install(open.pipeline(), this, bufferSize, node.scratch(), node.faults());
        pool.opened(this);
    }

    @Override
    public void failed(String cause) {
        pool.failed(this, cause);
    }

    @Override
    public void early() {
        if (request == null) close();
    }

    @Override
    public void begun(int status, long length, boolean mayLast, @Nullable String retryAfter) {
        if (request == null) {
            close(); // nobody asked; whatever it is, it is not the answer to the next call
            return;
        }
        lasting = mayLast;
        request.begun(status, length, retryAfter);
    }

    @Override
    public void part(ByteBuf part) {
        if (request == null) part.release();
        else request.part(part);
    }

    @Override
    public void ended() {
        UpstreamRequest done = request;
        if (done == null) return;
        request = null;
        finished = true;
        fresh = false;
        reading(true);
        boolean inStep = done.whole();
        lasting &= inStep && written != null && written.isSuccess();
    }

    @Override
    public void garbled(String cause) {
        UpstreamRequest done = request;
        request = null;
        close();
        if (done != null) done.lost(cause, false, false);
    }

    @Override
    public void lull() {
        if (request != null) request.lull();
    }

    /// Only now is it sure that nothing else came with the reply, and the next call cannot get a stray second one.
    @Override
    public void drained() {
        if (!finished) {
            lull();
            return;
        }
        finished = false;
        if (lasting && request == null && isAlive()) pool.free(this);
        else close();
    }

    @Override
    public void gone(@Nullable Throwable failure) {
        UpstreamRequest lost = request;
        request = null;
        pool.gone(this);
        if (lost == null) return;
        // Before its last byte has left us, and before the handshake is over, a node cannot have acted on a request.
        boolean unsent = written == null || !written.isSuccess();
        boolean rejected = fresh && failure instanceof SSLHandshakeException;
        if (!fresh) pool.stale();
        lost.lost(NetworkErrors.breaking(node.address(), failure), unsent || rejected, !fresh);
    }

    private void wrote(Future<?> writing) {
        UpstreamRequest sent = request;
        if (writing.isSuccess() || !writing.equals(written) || sent == null) return;
        request = null;
        close();
        sent.notSent(NetworkErrors.breaking(node.address(), writing.cause()));
    }

    private void giveUpDialling(Duration patience) {
        String cause = dial == null ? "no connection to " + node.address() : dial.unfinished(patience);
        if (dial != null) dial.giveUp();
        pool.failed(this, cause);
    }
}
