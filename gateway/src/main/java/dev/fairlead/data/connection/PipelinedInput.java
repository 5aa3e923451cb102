package dev.fairlead.data.connection;

import dev.fairlead.core.memory.MemoryShare;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/// Bytes that a client sent ahead of their turn, in the buffers in which they came. The whole buffers count,
/// however little is in them.
final class PipelinedInput {
    private final MemoryShare memory;
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>(1);

    /// @param memory counts the bytes
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

    /// Puts back bytes that were taken from the beginning and could not be used after all.
    void putBack(ByteBuf bytes) {
        memory.add(bytes.capacity());
        kept.addFirst(bytes);
    }

    /// The first bytes; their ownership passes to the caller.
    ByteBuf first() {
        ByteBuf first = kept.remove();
        memory.give(first.capacity());
        return first;
    }

    void release() {
        while (!kept.isEmpty()) first().release();
    }
}
