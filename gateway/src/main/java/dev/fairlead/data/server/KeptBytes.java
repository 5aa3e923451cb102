package dev.fairlead.data.server;

import dev.fairlead.core.memory.MemoryShare;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/// What a client sent ahead of its turn, as it came.
final class KeptBytes {
    private final MemoryShare memory;
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(1);

    /// @param memory what the bytes are counted in
    KeptBytes(MemoryShare memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /// @param bytes taken over
    void add(ByteBuf bytes) {
        memory.add(bytes.readableBytes());
        kept.add(bytes);
    }

    /// What was taken from the beginning and could not be used after all.
    void putBack(ByteBuf bytes) {
        memory.add(bytes.readableBytes());
        kept.addFirst(bytes);
    }

    /// Ownership passes on.
    ByteBuf first() {
        ByteBuf first = kept.remove();
        memory.give(first.readableBytes());
        return first;
    }

    void release() {
        while (!kept.isEmpty()) first().release();
    }
}
