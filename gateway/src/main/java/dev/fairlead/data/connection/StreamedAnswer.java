package dev.fairlead.data.connection;

import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.http.GzipEncoder;
import dev.fairlead.data.rpc.AnswerRest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// Relays a large reply to its client as it comes, no faster than the client takes it: the node is only read while
/// the client's channel is writable.
final class StreamedAnswer implements Reply.Sink {
    /// A reply that comes in smaller parts takes more memory than its bytes, which alone are counted.
    private static final int WORTH_KEEPING = 1024;

    /// How many parts back the size of the usual one is remembered.
    private static final int MEMORY = 8;

    private final ResponseOrderer responses;
    private final LoopContext context;
    private final Channel channel;
    private final AnswerRest answer;
    private final @Nullable GzipEncoder gzip;
    private boolean flowing;
    private boolean paused;
    private boolean over;
    private final Standstill standstill = new Standstill();
    private int usual = MEMORY * WORTH_KEEPING;

    /// @param gzip null relays the bytes as they are
    StreamedAnswer(
            ResponseOrderer responses,
            LoopContext context,
            Channel channel,
            AnswerRest rest,
            @Nullable GzipEncoder gzip) {
        this.responses = responses;
        this.context = context;
        this.channel = channel;
        this.answer = rest;
        this.gzip = gzip;
    }

    void begin(ByteBuf beginning) {
        write(beginning);
        if (channel.isWritable()) flow();
    }

    /// The client has taken enough for more.
    void flow() {
        if (over) return;
        if (!flowing) {
            flowing = true;
            answer.rest().into(this);
        } else if (paused) {
            paused = false;
            answer.rest().resume();
        }
    }

    @Override
    public void part(ByteBuf part) {
        if (over) {
            part.release();
            return;
        }
        usual += (part.readableBytes() - usual) / MEMORY;
        write(part);
        responses.count();
        if (!paused && mustWait()) {
            paused = true;
            answer.rest().pause();
        }
    }

    /// While memory is short, or what waits takes more of it than is counted, as soon as something waits: many streams
    /// may have begun while there was plenty.
    private boolean mustWait() {
        if (context.direct().isShort() || usual < WORTH_KEEPING) return responses.isBehind();
        return !channel.isWritable() && !mayRunAhead();
    }

    /// While there is plenty, a node is not kept waiting for the last bytes of its reply.
    private boolean mayRunAhead() {
        return responses.unread() < context.state().memory().unread() && !responses.hasItsShare();
    }

    void taken() {
        if (!over) answer.rest().taken();
    }

    /// Whether others wait for what this takes from its node.
    boolean isWanted() {
        return !over && answer.rest().isWanted();
    }

    /// Whether neither its client nor a node nor a call keeps it, and it does not go on all the same.
    boolean standsStill(long now, long written) {
        return standstill.look(
                now, written, over || responses.unread() > 0 || answer.rest().isAwaited());
    }

    /// Ends it in the middle.
    void giveUp(String cause) {
        cut(cause);
        answer.rest().abort();
    }

    private void write(ByteBuf part) {
        ByteBuf bytes = gzip == null ? part : gzip.part(context.buffers(), part, false);
        responses.wrote(bytes.readableBytes());
        if (bytes.isReadable()) channel.write(new DefaultHttpContent(bytes));
        else bytes.release();
    }

    @Override
    public void lull() {
        if (!over) responses.flushSoon();
    }

    @Override
    public void end() {
        if (over) return;
        if (gzip != null)
            channel.write(new DefaultHttpContent(gzip.part(context.buffers(), Unpooled.EMPTY_BUFFER, true)));
        close();
        channel.write(LastHttpContent.EMPTY_LAST_CONTENT);
        answer.completion().whole();
        responses.streamed();
    }

    @Override
    public void cut(String cause) {
        if (over) return;
        close();
        answer.completion().brokenOff(cause);
        responses.breakOff();
    }

    /// The client is gone.
    void abandon() {
        if (over) return;
        close();
        answer.rest().abort();
        answer.completion().abandoned();
    }

    private void close() {
        over = true;
        if (gzip != null) context.giveBack(gzip);
    }
}
