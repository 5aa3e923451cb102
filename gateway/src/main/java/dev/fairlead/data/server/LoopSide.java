package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Names;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.call.Way;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/// What the connections of one event loop share.
final class LoopSide {
    private static final int COMPRESSORS_KEPT = 8;
    private static final int SCRATCH = 4096;

    private final Serving serving;
    private final EventLoop loop;
    private final Way way;
    private final MemoryShare heap;
    private final MemoryShare direct;
    private final Sweep sweep;
    private final Flusher flusher;
    private final byte[] scratch = new byte[SCRATCH];
    private final PlainHead plainHead = new PlainHead();
    private final Names names = new Names();
    private final ArrayDeque<Gzip> compressors = new ArrayDeque<>();

    LoopSide(Serving serving, EventLoop loop, Way way) {
        this.serving = serving;
        this.loop = loop;
        this.way = way;
        this.heap = serving.budgets().heap().share();
        this.direct = serving.budgets().direct().share();
        this.sweep = new Sweep(serving.faults());
        this.flusher = new Flusher(loop, serving.faults());
    }

    Serving serving() {
        return serving;
    }

    EventLoop loop() {
        return loop;
    }

    Way way() {
        return way;
    }

    /// For request bodies.
    MemoryShare heap() {
        return heap;
    }

    /// For replies and output.
    MemoryShare direct() {
        return direct;
    }

    Sweep sweep() {
        return sweep;
    }

    Flusher flusher() {
        return flusher;
    }

    /// For bytes that are looked at and forgotten in one go.
    byte[] scratch() {
        return scratch;
    }

    PlainHead plainHead() {
        return plainHead;
    }

    Names names() {
        return names;
    }

    ByteBufAllocator buffers() {
        return ByteBufAllocator.DEFAULT;
    }

    Gzip takeCompressor() {
        Gzip kept = compressors.poll();
        return kept == null ? new Gzip() : kept;
    }

    void giveBack(Gzip compressor) {
        compressor.reset();
        if (compressors.size() < COMPRESSORS_KEPT) compressors.push(compressor);
        else compressor.close();
    }
}
