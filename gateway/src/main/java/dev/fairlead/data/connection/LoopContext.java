package dev.fairlead.data.connection;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.http.GzipEncoder;
import dev.fairlead.data.http.UsualResponseHead;
import dev.fairlead.data.rpc.LoopCalls;
import dev.fairlead.data.rpc.TimeoutSweep;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayDeque;

/// What the connections of one event loop share.
public final class LoopContext {
    /// When so many bytes wait for one client, its node must wait too. It is more than one read brings;
    /// otherwise every read would be followed by a pause.
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 512 * 1024);

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

    public LoopContext(ServerState state, LoopCalls calls) {
        this.state = state;
        this.calls = calls;
        this.heap = calls.heap();
        this.direct = calls.direct();
        this.flusher = new Flusher(calls.loop(), calls.faults());
    }

    ServerState state() {
        return state;
    }

    public LoopCalls calls() {
        return calls;
    }

    /// For request bodies.
    public MemoryShare heap() {
        return heap;
    }

    /// For replies and output.
    MemoryShare direct() {
        return direct;
    }

    public TimeoutSweep sweep() {
        return calls.sweep();
    }

    Flusher flusher() {
        return flusher;
    }

    /// For bytes that are needed only during one look at them.
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
