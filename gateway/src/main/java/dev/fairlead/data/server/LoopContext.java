package dev.fairlead.data.server;

import dev.fairlead.core.memory.MemoryShare;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/// What the connections of one event loop share.
final class LoopContext {
    private static final int COMPRESSORS_KEPT = 8;
    private static final int SCRATCH = 4096;

    private final ServerState state;
    private final LoopCalls calls;
    private final MemoryShare heap;
    private final MemoryShare direct;
    private final Flusher flusher;
    private final byte[] scratch = new byte[SCRATCH];
    private final UsualResponseHead usualResponseHead = new UsualResponseHead();
    private final ArrayDeque<GzipEncoder> compressors = new ArrayDeque<>();

    LoopContext(ServerState state, LoopCalls calls) {
        this.state = state;
        this.calls = calls;
        this.heap = calls.heap();
        this.direct = calls.direct();
        this.flusher = new Flusher(calls.loop(), calls.faults());
    }

    ServerState state() {
        return state;
    }

    LoopCalls calls() {
        return calls;
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
        return calls.sweep();
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

    ByteBufAllocator buffers() {
        return calls.buffers();
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
