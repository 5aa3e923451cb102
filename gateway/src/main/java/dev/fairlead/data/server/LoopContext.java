package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.MethodNameCache;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.call.Next;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/// What the connections of one event loop share.
final class LoopContext {
    private static final int COMPRESSORS_KEPT = 8;
    private static final int SCRATCH = 4096;

    private final ServerState state;
    private final EventLoop loop;
    private final Next next;
    private final MemoryShare heap;
    private final MemoryShare direct;
    private final TimeoutSweep sweep;
    private final Flusher flusher;
    private final byte[] scratch = new byte[SCRATCH];
    private final UsualResponseHead usualResponseHead = new UsualResponseHead();
    private final MethodNameCache names = new MethodNameCache();
    private final ArrayDeque<GzipEncoder> compressors = new ArrayDeque<>();

    LoopContext(ServerState state, EventLoop loop, Next next) {
        this.state = state;
        this.loop = loop;
        this.next = next;
        this.heap = state.budgets().heap().share();
        this.direct = state.budgets().direct().share();
        this.sweep = new TimeoutSweep(state.faults());
        this.flusher = new Flusher(loop, state.faults());
    }

    ServerState state() {
        return state;
    }

    EventLoop loop() {
        return loop;
    }

    Next next() {
        return next;
    }

    /// For request bodies.
    MemoryShare heap() {
        return heap;
    }

    /// For replies and output.
    MemoryShare direct() {
        return direct;
    }

    TimeoutSweep sweep() {
        return sweep;
    }

    Flusher flusher() {
        return flusher;
    }

    /// For bytes that are looked at and forgotten in one go.
    byte[] scratch() {
        return scratch;
    }

    UsualResponseHead usualResponseHead() {
        return usualResponseHead;
    }

    MethodNameCache names() {
        return names;
    }

    ByteBufAllocator buffers() {
        return ByteBufAllocator.DEFAULT;
    }

    GzipEncoder takeCompressor() {
        GzipEncoder kept = compressors.poll();
        return kept == null ? new GzipEncoder() : kept;
    }

    void giveBack(GzipEncoder compressor) {
        compressor.reset();
        if (compressors.size() < COMPRESSORS_KEPT) compressors.push(compressor);
        else compressor.close();
    }
}
