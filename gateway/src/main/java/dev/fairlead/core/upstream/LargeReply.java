package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.ReplyTail;
import dev.fairlead.core.upstream.Reading.Spoken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A reply that is passed on while it comes in. The last bytes are held back until the end is known, because an id, or
/// a null error, may stand there that the client must not see.
///
/// ```
/// quiet ── into ──▶ flowing ◀── pause/resume ──▶ paused
///   └── ended or cut, once everything before it has been passed on ──▶ told
/// ```
final class LargeReply implements Reply.Rest {
    private final Spoken beginning;
    private final WireId id;
    private final ByteBufAllocator buffers;
    private final Queue<ByteBuf> ready = new ArrayDeque<>();
    private final byte[] back = new byte[ReplyTail.LONGEST];

    private int held;
    private @Nullable Flow flow;
    private Reply.@Nullable Sink sink;
    private boolean paused;
    private @Nullable Runnable last;
    private boolean over;

    /// The connection that the rest comes over.
    interface Flow {
        void reading(boolean on);

        void close();
    }

    LargeReply(Spoken beginning, WireId id, Flow flow, ByteBufAllocator buffers) {
        this.beginning = beginning;
        this.id = id;
        this.flow = flow;
        this.buffers = buffers;
    }

    /// The beginning for the client, all of `body` but what is held back.
    ///
    /// @param body taken over
    /// @param length of the whole body, or -1
    Reply begin(ByteBuf body, long length) {
        int from = beginning.asItIs() ? 0 : beginning.from();
        int size = Math.max(0, body.readableBytes() - from - back.length);
        ByteBuf shown = body.retainedSlice(body.readerIndex() + from, size);
        body.skipBytes(from + size);
        keep(body);
        if (beginning.asItIs()) return new Reply(shown, beginning.from(), null, length, this);
        ByteBuf opening = Rewriting.opening(buffers, id.clients(), Kind.RESULT, 0);
        int valueAt = opening.readableBytes();
        ByteBuf patched =
                buffers.compositeDirectBuffer(2).addComponent(true, opening).addComponent(true, shown);
        return new Reply(patched, valueAt, null, -1, this);
    }

    boolean isFlowing() {
        return sink != null && !paused && !over;
    }

    /// @param part taken over
    void part(ByteBuf part) {
        if (over) {
            part.release();
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
        flow = null;
        if (over) return null;
        ReplyTail tail = ReplyTail.of(back, 0, held);
        String fault = Reading.fault(beginning, tail, id);
        if (fault != null) {
            cut(fault);
            return fault;
        }
        pass(ending(tail));
        last = () -> told().end();
        flush();
        return null;
    }

    void cut(String cause) {
        flow = null;
        if (over) return;
        last = () -> told().cut(cause);
        flush();
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
    public void abort() {
        over = true;
        for (ByteBuf part = ready.poll(); part != null; part = ready.poll()) part.release();
        Flow open = flow;
        flow = null;
        if (open != null) open.close();
    }

    /// The held bytes as the client is to see them. A reply whose length is known already keeps it: spaces behind the
    /// last brace are legal.
    private ByteBuf ending(ReplyTail tail) {
        ByteBuf ending = buffers.directBuffer(held + 1);
        if (beginning.asItIs() && !tail.beside()) return ending.writeBytes(back, 0, held);
        ending.writeBytes(back, 0, tail.valueTo());
        if (beginning.asItIs() && !beginning.named()) Rewriting.writeId(ending, id.clients());
        ending.writeByte('}');
        while (beginning.asItIs() && ending.readableBytes() < held) ending.writeByte(' ');
        return ending;
    }

    private Reply.Sink told() {
        over = true;
        Reply.Sink taker = sink;
        if (taker == null) throw new IllegalStateException("nobody takes the rest of this reply");
        return taker;
    }

    private void pass(ByteBuf part) {
        ready.add(part);
    }

    private void flush() {
        while (isFlowing()) {
            ByteBuf part = ready.poll();
            if (part != null && sink != null) {
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
