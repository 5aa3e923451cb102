package dev.fairlead.core.upstream;

import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Puts a large answer to a [RunningQuery] together in memory, up to a bound and for a while.
final class QueryReplyCollector implements Reply.Sink {
    /// Answers beyond this are given up; the control plane keeps them in memory.
    private static final int LARGEST = 8 * 1024 * 1024;

    /// What gets the answer, or the reason why there is none.
    interface Receiver {
        void said(byte[] body, int size, int valueAt);

        void silent(String cause);

        /// Whether the answer is no longer wanted.
        boolean isOver();

        /// The words for an answer that did not come in time.
        String late();
    }

    private final Receiver query;
    private final Reply.Rest rest;
    private final int valueAt;
    private byte[] body;
    private int size;
    private @Nullable Future<?> clock;

    QueryReplyCollector(Receiver query, Reply.Rest rest, byte[] first, int valueAt) {
        this.query = query;
        this.rest = rest;
        this.body = first;
        this.size = first.length;
        this.valueAt = valueAt;
    }

    void begin(EventLoop loop, Duration left) {
        clock = loop.schedule(() -> giveUp(query.late()), left.toNanos(), TimeUnit.NANOSECONDS);
        rest.into(this);
    }

    @Override
    public void part(ByteBuf part) {
        int more = part.readableBytes();
        boolean tooMuch = size + more > LARGEST;
        if (!query.isOver() && !tooMuch) keep(part, more);
        part.release();
        if (query.isOver()) giveUp("nobody waits");
        else if (tooMuch) giveUp("answer of more than " + LARGEST + " bytes");
    }

    private void keep(ByteBuf part, int more) {
        if (size + more > body.length) body = Arrays.copyOf(body, Math.min(LARGEST, 2 * (size + more)));
        part.readBytes(body, size, more);
        size += more;
    }

    @Override
    public void end() {
        stopClock();
        query.said(body, size, valueAt);
    }

    @Override
    public void cut(String cause) {
        stopClock();
        query.silent(cause);
    }

    private void giveUp(String cause) {
        try {
            rest.abort();
        } finally {
            cut(cause);
        }
    }

    private void stopClock() {
        if (clock != null) clock.cancel(false);
    }
}
