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
    /// Smaller parts of a reply take more memory than their bytes, but only the bytes are counted.
    private static final int WORTH_KEEPING = 1024;

    /// What is written counts as taken once all of it is: of larger parts, a client that reads would seem to take
    /// nothing for seconds.
    private static final int SLICE = 16 * 1024;

    /// The usual size of a part is an average over about so many parts.
    private static final int MEMORY = 8;

    private final Owner owner;
    private final LoopContext context;
    private final Channel channel;
    private final AnswerRest answer;
    private final @Nullable GzipEncoder gzip;
    private boolean flowing;
    private boolean paused;
    private boolean over;
    private final Standstill standstill = new Standstill();
    private int usual = MEMORY * WORTH_KEEPING;

    /// The connection that it leaves by.
    interface Owner {
        /// So many bytes were written.
        void wrote(int bytes);

        void flushSoon();

        /// Counts what waits for the client.
        void count();

        /// Bytes in the channel that the client has not taken.
        long unread();

        /// Whether the client has much to read before a new answer.
        boolean isBehind();

        /// Whether this client holds as much as one client may.
        boolean hasItsShare();

        /// The reply that was streamed is complete.
        void streamed();

        /// The client must see that its answer is incomplete.
        void breakOff();
    }

    /// @param gzip null relays the bytes as they are
    StreamedAnswer(Owner owner, LoopContext context, Channel channel, AnswerRest rest, @Nullable GzipEncoder gzip) {
        this.owner = owner;
        this.context = context;
        this.channel = channel;
        this.answer = rest;
        this.gzip = gzip;
    }

    void begin(ByteBuf beginning) {
        answer.rest().taken(); // it did not wait for its client until now
        write(beginning);
        if (channel.isWritable()) flow();
    }

    /// The client has read enough to be sent more.
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
        owner.count();
        if (!paused && mustWait()) {
            paused = true;
            answer.rest().pause();
        }
    }

    /// Whether the node must wait as soon as something waits for the client: so while memory is short, because
    /// many streams may have begun while there was plenty, and while parts are so small that they take more
    /// memory than is counted.
    private boolean mustWait() {
        if (context.direct().isShort() || usual < WORTH_KEEPING) return owner.isBehind();
        return !channel.isWritable() && !mayRunAhead();
    }

    /// While there is plenty, a node is not kept waiting for the last bytes of its reply.
    private boolean mayRunAhead() {
        return owner.unread() < context.state().memory().unread() && !owner.hasItsShare();
    }

    void taken() {
        if (!over) answer.rest().taken();
    }

    /// Whether calls wait for the connection that this answer holds.
    boolean isWanted() {
        return !over && answer.rest().isWanted();
    }

    /// Whether it does not go on although neither its client nor a node nor a call holds it up.
    boolean standsStill(long now, long written) {
        return standstill.look(
                now, written, over || owner.unread() > 0 || answer.rest().isAwaited());
    }

    /// Ends it in the middle.
    void giveUp(String cause) {
        cut(cause);
        answer.rest().abort();
    }

    private void write(ByteBuf part) {
        ByteBuf bytes = gzip == null ? part : gzip.part(context.buffers(), part, false);
        owner.wrote(bytes.readableBytes());
        while (bytes.readableBytes() > SLICE) channel.write(new DefaultHttpContent(bytes.readRetainedSlice(SLICE)));
        if (bytes.isReadable()) channel.write(new DefaultHttpContent(bytes));
        else bytes.release();
    }

    @Override
    public void lull() {
        if (!over) owner.flushSoon();
    }

    @Override
    public void end() {
        if (over) return;
        if (gzip != null)
            channel.write(new DefaultHttpContent(gzip.part(context.buffers(), Unpooled.EMPTY_BUFFER, true)));
        close();
        channel.write(LastHttpContent.EMPTY_LAST_CONTENT);
        answer.completion().whole();
        owner.streamed();
    }

    @Override
    public void cut(String cause) {
        if (over) return;
        close();
        answer.completion().brokenOff(cause);
        owner.breakOff();
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
