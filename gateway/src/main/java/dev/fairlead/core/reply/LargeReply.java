package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.ParsedReply.Spoken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A reply that is passed on while it comes in. What stands behind its value is kept back until the end is known,
/// because an id, or a null error, may stand there that the client must not see, and because a reply that turns out to
/// be broken must not reach its client as a whole one.
///
/// ```
/// quiet ── into ──▶ flowing ◀── pause/resume ──▶ paused
///   └── ended or cut, once everything before it has been passed on ──▶ told
/// ```
public final class LargeReply implements Reply.Rest {
    private static final String BROKEN = "reply is broken JSON";
    private static final int NONE = -1;
    /// Smaller parts are copied together, because each part that waits for a client takes far more memory than
    /// its bytes.
    private static final int SMALL = 1024;

    private static final int JOINED = 4 * 1024;

    private final Spoken beginning;
    private final WireId id;
    private final ByteBufAllocator buffers;
    private final MemoryShare memory;
    private final StreamedValueScan value;
    private final TrailingMembers behind;
    /// Whether everything but the id may stay as the node wrote it.
    private boolean asItIs;
    private final Queue<ByteBuf> ready = new ArrayDeque<>();
    /// Small parts behind those that are ready, collected until nothing more comes for now.
    private @Nullable ByteBuf joined;
    /// The first part, until it is used.
    private ByteBuf first = Unpooled.EMPTY_BUFFER;
    private int valueTo;
    /// Spaces at the end that are not kept back.
    private int spaces;

    /// The last byte of a value that goes on is kept back, so that a broken reply never reaches its announced
    /// length.
    private int back = NONE;
    /// Bytes that the budget counts for what is kept back.
    private int counted;

    private @Nullable Flow flow;
    private Reply.@Nullable Sink sink;
    private boolean paused;
    private @Nullable Runnable last;
    private @Nullable String brokenOff;
    private @Nullable Consumer<String> faulty;
    private @Nullable BooleanSupplier reclaimed;
    private boolean over;

    /// The connection that the rest comes over.
    public interface Flow {
        /// Whether attempts wait for this connection.
        default boolean isWanted() {
            return false;
        }

        void reading(boolean on);

        /// The client goes on reading what it was given.
        default void taken() {}

        void close();
    }

    /// @param scratch used up by [#first] and [#part]
    public LargeReply(
            Spoken beginning, WireId id, Flow flow, ByteBufAllocator buffers, MemoryShare memory, byte[] scratch) {
        this.beginning = beginning;
        this.asItIs = beginning.asItIs() && beginning.from() <= ParsedReply.BEGINNING;
        this.id = id;
        this.flow = flow;
        this.buffers = buffers;
        this.memory = memory;
        this.value = new StreamedValueScan(scratch);
        this.behind = new TrailingMembers(scratch);
    }

    /// Reads what has come so far.
    ///
    /// @param body stays the caller's when something is wrong with it; otherwise this reply owns it
    /// @return what is wrong with it, or null
    @Nullable
    public String first(ByteBuf body) {
        int end = value.end(body, body.readerIndex() + beginning.from());
        if (end < 0) return BROKEN;
        ByteBuf rest = body.slice(end, body.writerIndex() - end);
        String fault = behind.read(rest);
        if (fault != null) return fault;
        first = body;
        valueTo = end;
        spaces = rest.readableBytes();
        return null;
    }

    /// The beginning for the client: everything that has come, without what is kept back.
    ///
    /// @param length of the whole body, or -1
    /// @param scratch begins with the first bytes of the body; used up
    public Reply begin(long length, byte[] scratch) {
        ByteBuf body = first;
        first = Unpooled.EMPTY_BUFFER;
        int valueAt = beginning.from();
        if (asItIs && beginning.named()) valueAt = ReplyIdRewriter.putBack(body, beginning, id.clients(), scratch);
        asItIs &= valueAt >= 0;
        if (!asItIs) body.skipBytes(beginning.from());
        boolean goesOn = valueTo == body.writerIndex();
        ByteBuf shown = body.readRetainedSlice(valueTo - body.readerIndex() - (goesOn ? 1 : 0));
        if (goesOn) back = body.readUnsignedByte();
        count(behind.size());
        if (spaces > 0) pass(body.retainedSlice(body.writerIndex() - spaces, spaces));
        body.release();
        if (asItIs) return new Reply(shown, valueAt, null, announced(length), this);
        ByteBuf opening = ReplyIdRewriter.opening(buffers, id.clients(), Kind.RESULT, 0);
        int before = opening.readableBytes();
        ByteBuf patched =
                buffers.compositeDirectBuffer(2).addComponent(true, opening).addComponent(true, shown);
        return new Reply(patched, before, null, -1, this);
    }

    /// How long the reply is with the client's id. Where the id stands at the end, a longer one does not fit
    /// into the announced length.
    private long announced(long length) {
        int growth = id.clients().size() - WireId.DIGITS;
        if (length < 0) return -1;
        if (!beginning.named()) return growth > 0 ? -1 : length;
        return length + growth;
    }

    public boolean isFlowing() {
        return sink != null && !paused && !over;
    }

    /// @param part taken over
    public void part(ByteBuf part) {
        if (over || last != null) {
            part.release();
            return;
        }
        int end = value.end(part, part.readerIndex());
        if (end == part.writerIndex()) {
            goOn(part);
        } else {
            String fault = end < 0 ? BROKEN : behind(part, end - part.readerIndex());
            part.release();
            if (fault != null) {
                breakOff(fault);
                return;
            }
        }
        flush();
    }

    /// @param part of the value; taken over
    private void goOn(ByteBuf part) {
        if (part.isReadable()) {
            passBack();
            back = part.getUnsignedByte(part.writerIndex() - 1);
            part.writerIndex(part.writerIndex() - 1);
        }
        pass(part);
    }

    private void passBack() {
        if (back == NONE) return;
        pass(buffers.directBuffer(1).writeByte(back));
        back = NONE;
    }

    /// @param ofValue how many bytes of `part` are the value's
    private @Nullable String behind(ByteBuf part, int ofValue) {
        passBack();
        if (ofValue > 0) pass(part.readRetainedSlice(ofValue));
        String fault = behind.read(part);
        count(behind.size());
        if (fault == null && part.isReadable()) pass(part.retainedSlice());
        return fault;
    }

    /// Nothing more has come for now.
    public void lull() {
        if (isFlowing()) {
            settle();
            flush();
        }
        if (sink != null && !over) sink.lull();
    }

    /// The reply has come to its end.
    ///
    /// @return what is wrong with it, or null
    @Nullable
    public String end() {
        if (over || last != null) return null;
        String fault = behind.end(beginning.named(), id);
        if (fault != null) {
            breakOff(fault);
            return fault;
        }
        flow = null;
        pass(behind.ending(buffers, asItIs, beginning.named(), id.clients()));
        count(0);
        settle();
        last = () -> told().end();
        flush();
        lull();
        return null;
    }

    /// The node is at fault, and what it still sends is not used.
    private void breakOff(String cause) {
        Flow open = flow;
        cut(cause);
        if (faulty != null) faulty.accept(cause);
        if (open != null) open.close();
    }

    public void cut(String cause) {
        flow = null;
        if (over || last != null) return;
        count(0);
        settle();
        brokenOff = cause;
        last = () -> told().cut(cause);
        flush();
        lull();
    }

    /// Its connection is taken away for the sake of calls that wait for one.
    public void reclaim(String cause) {
        if (over) return;
        if (reclaimed == null || !reclaimed.getAsBoolean()) cut(cause);
    }

    @Override
    public void onReclaim(BooleanSupplier isGivenUp) {
        reclaimed = isGivenUp;
    }

    @Override
    public void into(Reply.Sink taker) {
        sink = taker;
        if (!paused) resume();
    }

    @Override
    public void pause() {
        paused = true;
        if (flow != null) flow.reading(false);
    }

    @Override
    public void resume() {
        paused = false;
        if (sink == null || over) return;
        lull();
        if (flow != null && isFlowing()) flow.reading(true);
    }

    @Override
    public void taken() {
        if (flow != null) flow.taken();
    }

    @Override
    public boolean isWanted() {
        return flow != null && flow.isWanted();
    }

    @Override
    public boolean isAwaited() {
        return flow != null && isFlowing();
    }

    @Override
    public @Nullable String brokenOff() {
        return brokenOff;
    }

    @Override
    public void onFault(Consumer<String> told) {
        faulty = told;
    }

    @Override
    public void abort() {
        over = true;
        count(0);
        settle();
        for (ByteBuf part = ready.poll(); part != null; part = ready.poll()) {
            memory.give(part.readableBytes());
            part.release();
        }
        Flow open = flow;
        flow = null;
        if (open != null) open.close();
    }

    private Reply.Sink told() {
        over = true;
        Reply.Sink taker = sink;
        if (taker == null) throw new IllegalStateException("nobody takes the rest of this reply");
        return taker;
    }

    /// @param part taken over
    private void pass(ByteBuf part) {
        if (!part.isReadable()) {
            part.release();
            return;
        }
        memory.add(part.readableBytes());
        if (part.readableBytes() < SMALL) {
            join(part);
        } else {
            settle();
            ready.add(part);
        }
    }

    private void join(ByteBuf part) {
        ByteBuf room = joined == null ? buffers.directBuffer(SMALL) : joined;
        joined = room.writeBytes(part);
        part.release();
        if (room.readableBytes() >= JOINED) settle();
    }

    private void settle() {
        if (joined != null) ready.add(joined);
        joined = null;
    }

    private void flush() {
        while (isFlowing()) {
            ByteBuf part = ready.poll();
            if (part != null && sink != null) {
                memory.give(part.readableBytes());
                sink.part(part);
            } else {
                if (last != null) last.run();
                return;
            }
        }
    }

    private void count(int now) {
        if (now != counted) memory.change(counted, now);
        counted = now;
    }
}
