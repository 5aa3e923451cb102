package dev.fairlead.data.logs;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The rest of a reply that is all at hand: passed on no faster than its client reads.
final class HeldRest implements Reply.Rest {
    private final Queue<ByteBuf> parts;
    private final MemoryShare memory;
    private Reply.@Nullable Sink sink;
    private boolean isPaused;
    private boolean isFlowing;
    private boolean isOver;

    /// @param parts owned from now on, and counted by `memory`
    HeldRest(Queue<ByteBuf> parts, MemoryShare memory) {
        this.parts = parts;
        this.memory = memory;
    }

    @Override
    public void into(Reply.Sink taker) {
        sink = taker;
        flow(taker);
    }

    @Override
    public void pause() {
        isPaused = true;
    }

    @Override
    public void resume() {
        isPaused = false;
        if (sink != null) flow(sink);
    }

    private void flow(Reply.Sink taker) {
        if (isFlowing) return;
        isFlowing = true;
        while (!isPaused && !isOver) {
            ByteBuf part = parts.poll();
            if (part == null) {
                isOver = true;
                taker.end();
            } else {
                memory.give(part.readableBytes());
                taker.part(part);
            }
        }
        isFlowing = false;
        if (!isOver) taker.lull();
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public void abort() {
        isOver = true;
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            memory.give(part.readableBytes());
            part.release();
        }
    }
}
