package dev.fairlead.data.connection;

import dev.fairlead.core.memory.MemoryShare;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/// What a client sent ahead of its turn, in the buffers that it came in: they count, however little is in them.
final class PipelinedInput {
    private final MemoryShare memory;
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(1);

    /// @param memory what the bytes are counted in
    PipelinedInput(MemoryShare memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /// @param bytes taken over
    void add(ByteBuf bytes) {
        memory.add(bytes.capacity());
        kept.add(bytes);
    }

    /// What was taken from the beginning and could not be used after all.
    void putBack(ByteBuf bytes) {
        memory.add(bytes.capacity());
        kept.addFirst(bytes);
    }

    /// Ownership passes on.
    ByteBuf first() {
        ByteBuf first = kept.remove();
        memory.give(first.capacity());
        return first;
    }

    void release() {
        while (!kept.isEmpty()) first().release();
    }
}
