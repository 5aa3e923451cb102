package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.ReplyTail;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.upstream.Reading.Spoken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A reply that is passed on while it comes in. The last bytes are held back until the end is known, because an id, or
/// a null error, may stand there that the client must not see, and because a reply that turns out to be broken must
/// not reach its client as a whole one.
///
/// ```
/// quiet ── into ──▶ flowing ◀── pause/resume ──▶ paused
///   └── ended or cut, once everything before it has been passed on ──▶ told
/// ```
final class LargeReply implements Reply.Rest {
    private final Spoken beginning;
    private final WireId id;
    private final ByteBufAllocator buffers;
    private final MemoryShare memory;
    private final BodyScan scan;
    /// Whether everything but the id may stay as the node wrote it.
    private boolean asItIs;
    private final Queue<ByteBuf> ready = new ArrayDeque<>();
    private final byte[] back = new byte[ReplyTail.LONGEST];

    private int held;
    private @Nullable Flow flow;
    private Reply.@Nullable Sink sink;
    private boolean paused;
    private @Nullable Runnable last;
    private @Nullable Consumer<String> faulty;
    private boolean over;

    /// The connection that the rest comes over.
    interface Flow {
        /// Whether others wait for it.
        default boolean isWanted() {
            return false;
        }

        void reading(boolean on);

        /// The client goes on reading what it was given.
        default void taken() {}

        void close();
    }

    /// @param scan has read the beginning
    LargeReply(Spoken beginning, WireId id, Flow flow, ByteBufAllocator buffers, MemoryShare memory, BodyScan scan) {
        this.beginning = beginning;
        this.asItIs = beginning.asItIs();
        this.id = id;
        this.flow = flow;
        this.buffers = buffers;
        this.memory = memory;
        this.scan = scan;
    }

    /// The beginning for the client, all of `body` but what is held back.
    ///
    /// @param body taken over
    /// @param length of the whole body, or -1
    /// @param scratch begins with the bytes of `body`; used up
    Reply begin(ByteBuf body, long length, byte[] scratch) {
        int valueAt = beginning.from();
        if (asItIs && beginning.named()) valueAt = Rewriting.putBack(body, beginning, id.clients(), scratch);
        asItIs &= valueAt >= 0;
        if (!asItIs) body.skipBytes(beginning.from());
        ByteBuf shown = body.readRetainedSlice(Math.max(0, body.readableBytes() - back.length));
        keep(body);
        if (asItIs) return new Reply(shown, valueAt, null, announced(length), this);
        ByteBuf opening = Rewriting.opening(buffers, id.clients(), Kind.RESULT, 0);
        int behind = opening.readableBytes();
        ByteBuf patched =
                buffers.compositeDirectBuffer(2).addComponent(true, opening).addComponent(true, shown);
        return new Reply(patched, behind, null, -1, this);
    }

    /// How long the reply is with the client's id. Where that stands at the end, a longer one has no room that was
    /// announced.
    private long announced(long length) {
        int growth = id.clients().size() - WireId.DIGITS;
        if (length < 0) return -1;
        if (!beginning.named()) return growth > 0 ? -1 : length;
        return length + growth;
    }

    boolean isFlowing() {
        return sink != null && !paused && !over;
    }

    /// @param part taken over
    void part(ByteBuf part) {
        if (over || last != null) {
            part.release();
            return;
        }
        if (!scan.read(part)) {
            part.release();
            breakOff("reply is broken JSON");
            return;
        }
        int more = part.readableBytes();
        int leaving = Math.max(0, held + more - back.length);
        int fromBack = Math.min(held, leaving);
        if (fromBack > 0) pass(takeBack(fromBack));
        if (leaving > fromBack) pass(part.readRetainedSlice(leaving - fromBack));
        keep(part);
        flush();
    }

    /// Nothing more has come for now.
    void lull() {
        if (sink != null && !over) sink.lull();
    }

    /// The reply has come to its end.
    ///
    /// @return what is wrong with it, or null
    @Nullable
    String end() {
        if (over || last != null) return null;
        ReplyTail tail = ReplyTail.of(back, 0, held);
        String fault = scan.fault();
        if (fault == null) fault = Reading.fault(beginning, tail, id);
        if (fault != null) {
            breakOff(fault);
            return fault;
        }
        flow = null;
        pass(ending(tail));
        last = () -> told().end();
        flush();
        lull();
        return null;
    }

    /// The node is at fault, and what it still sends is worth nothing.
    private void breakOff(String cause) {
        Flow open = flow;
        cut(cause);
        if (faulty != null) faulty.accept(cause);
        if (open != null) open.close();
    }

    void cut(String cause) {
        flow = null;
        if (over || last != null) return;
        last = () -> told().cut(cause);
        flush();
        lull();
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
        flush();
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
    public void onFault(Consumer<String> told) {
        faulty = told;
    }

    @Override
    public void abort() {
        over = true;
        for (ByteBuf part = ready.poll(); part != null; part = ready.poll()) {
            memory.give(part.readableBytes());
            part.release();
        }
        Flow open = flow;
        flow = null;
        if (open != null) open.close();
    }

    /// The held bytes as the client is to see them. A reply whose length is known already keeps it: spaces behind the
    /// last brace are legal.
    private ByteBuf ending(ReplyTail tail) {
        boolean untouched = beginning.named() && tail.id().isEmpty() && !tail.beside();
        if (asItIs && untouched) return buffers.directBuffer(held).writeBytes(back, 0, held);
        ByteBuf ending = buffers.directBuffer(held + id.clients().size() + WireId.DIGITS);
        ending.writeBytes(back, 0, tail.valueTo());
        if (asItIs && !beginning.named()) Rewriting.writeId(ending, id.clients());
        ending.writeByte('}');
        while (asItIs && ending.readableBytes() < held) ending.writeByte(' ');
        return ending;
    }

    private Reply.Sink told() {
        over = true;
        Reply.Sink taker = sink;
        if (taker == null) throw new IllegalStateException("nobody takes the rest of this reply");
        return taker;
    }

    private void pass(ByteBuf part) {
        memory.add(part.readableBytes());
        ready.add(part);
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

    /// @param rest taken over; fits behind what is held
    private void keep(ByteBuf rest) {
        int size = rest.readableBytes();
        rest.readBytes(back, held, size);
        held += size;
        rest.release();
    }

    private ByteBuf takeBack(int size) {
        ByteBuf taken = buffers.directBuffer(size).writeBytes(back, 0, size);
        held -= size;
        System.arraycopy(back, size, back, 0, held);
        return taken;
    }
}
