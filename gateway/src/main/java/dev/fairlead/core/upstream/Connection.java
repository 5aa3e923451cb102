package dev.fairlead.core.upstream;

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
final class Connection implements Arrivals, Dialer.Caller, LargeReply.Flow {
    private final Pool pool;
    private final long dialledAt;
    private final FutureListener<@Nullable Void> done = this::wrote;

    private @Nullable Dial dial;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private @Nullable ChannelFuture written;
    private boolean busy;
    private boolean carriesCall;
    private boolean lasting;
    private boolean finished;
    private boolean fresh = true;
    /// Not since the clock was last looked at.
    private boolean rested;

    private long idleSince;

    Connection(Pool pool, long now) {
        this.pool = pool;
        this.dialledAt = now;
    }

    void dial(Dialer dialer) {
        Dial begun = dialer.dial(
                pool.loop(),
                pool.endpoint().http(),
                pool.endpoint().tls(),
                pool.config().allowLinkLocal(),
                this);
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
        return exchange == null ? 0 : exchange.pausedFor(now);
    }

    boolean isPaused(long now) {
        return pausedFor(now) > Pool.SHORT_PAUSE;
    }

    /// What it is asked for, or null.
    @Nullable
    String method() {
        return exchange == null ? null : exchange.method();
    }

    void giveUp(String cause) {
        if (exchange != null) exchange.giveUpFlow(cause);
    }

    boolean isAlive() {
        return channel != null && channel.isActive();
    }

    /// @param call whether a client waits for it, and not the control plane
    void carry(Exchange next, boolean call) {
        Channel open = channel;
        if (open == null) throw new IllegalStateException("not connected yet");
        busy = true;
        carriesCall = call;
        exchange = next;
        finished = false;
        lasting = false;
        next.sent(this);
        ChannelFuture writing = open.writeAndFlush(pool.draft().request(open.alloc(), next.wanted()));
        written = writing;
        if (!writing.isDone()) writing.addListener(done);
        else if (!writing.isSuccess()) wrote(writing);
    }

    void rest() {
        busy = false;
        rested = false;
    }

    /// Closes the connection because its exchange is given up.
    void drop(Exchange given) {
        if (exchange != given) return;
        exchange = null;
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
        if (exchange != null) exchange.taken();
    }

    @Override
    public void reading(boolean on) {
        if (channel != null) channel.config().setAutoRead(on);
    }

    void watch(long now, UpstreamConfig config) {
        if (channel == null) {
            if (now - dialledAt > config.connectTimeout().toNanos()) giveUpDialling(config.connectTimeout());
        } else if (exchange != null) {
            exchange.watch(now);
        } else if (!busy) {
            if (!rested) idleSince = now;
            rested = true;
            if (now - idleSince > config.idleTimeout().toNanos()) pool.close(this);
        }
    }

    @Override
    public void connected(Channel open) {
        dial = null;
        channel = open;
        var appetite = open.config().getRecvByteBufAllocator() instanceof Appetite own ? own : new Appetite();
        HttpReplies.install(open.pipeline(), this, appetite, pool.scratch(), pool.faults());
        pool.opened(this);
    }

    @Override
    public void failed(String cause) {
        pool.failed(this, cause);
    }

    @Override
    public void early() {
        if (exchange == null) close();
    }

    @Override
    public void begun(int status, long length, boolean mayLast, @Nullable String retryAfter) {
        if (exchange == null) {
            close(); // nobody asked; whatever it is, it is not the answer to the next call
            return;
        }
        lasting = mayLast;
        exchange.begun(status, length, retryAfter);
    }

    @Override
    public void part(ByteBuf part) {
        if (exchange == null) part.release();
        else exchange.part(part);
    }

    @Override
    public void ended() {
        Exchange done = exchange;
        if (done == null) return;
        exchange = null;
        finished = true;
        fresh = false;
        reading(true);
        boolean inStep = done.whole();
        lasting &= inStep && written != null && written.isSuccess();
    }

    @Override
    public void garbled(String cause) {
        Exchange done = exchange;
        exchange = null;
        close();
        if (done != null) done.lost(cause, false, false);
    }

    @Override
    public void lull() {
        if (exchange != null) exchange.lull();
    }

    /// Only now is it sure that nothing else came with the reply, and the next call cannot get a stray second one.
    @Override
    public void drained() {
        if (!finished) {
            lull();
            return;
        }
        finished = false;
        if (lasting && exchange == null && isAlive()) pool.free(this);
        else close();
    }

    @Override
    public void gone(@Nullable Throwable failure) {
        Exchange lost = exchange;
        exchange = null;
        pool.gone(this);
        if (lost == null) return;
        // Before its last byte has left us, and before the handshake is over, a node cannot have acted on a request.
        boolean unsent = written == null || !written.isSuccess();
        boolean rejected = fresh && failure instanceof SSLHandshakeException;
        if (!fresh) pool.closeIdle();
        lost.lost(Causes.breaking(pool.place(), failure), unsent || rejected, !fresh);
    }

    private void wrote(Future<?> writing) {
        Exchange sent = exchange;
        if (writing.isSuccess() || !writing.equals(written) || sent == null) return;
        exchange = null;
        close();
        sent.notSent(Causes.breaking(pool.place(), writing.cause()));
    }

    private void giveUpDialling(Duration patience) {
        if (dial != null) dial.giveUp();
        pool.failed(this, "no connection to " + pool.place() + " within " + Causes.seconds(patience));
    }
}
