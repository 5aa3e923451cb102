package dev.fairlead.data.dispatch;

import dev.fairlead.core.upstream.Reply;
import org.jspecify.annotations.Nullable;

/// Replies about the head that are not good enough, kept while better ones are looked for: the highest of those that
/// are too low, and the lowest of those that are too high to be believed. Owns their bytes.
final class Heads {
    private @Nullable Head low;
    private @Nullable Head high;

    record Head(Flight from, Reply reply, long number) {}

    void tooLow(Head head) {
        if (low != null && low.number >= head.number) {
            head.reply.discard();
            return;
        }
        if (low != null) low.reply.discard();
        low = head;
    }

    void tooHigh(Head head) {
        if (high != null && high.number <= head.number) {
            head.reply.discard();
            return;
        }
        if (high != null) high.reply.discard();
        high = head;
    }

    boolean isEmpty() {
        return low == null && high == null;
    }

    /// Ownership passes to the caller.
    @Nullable
    Head takeLow() {
        Head taken = low;
        low = null;
        return taken;
    }

    /// Ownership passes to the caller.
    @Nullable
    Head takeHigh() {
        Head taken = high;
        high = null;
        return taken;
    }

    void discard() {
        if (low != null) low.reply.discard();
        if (high != null) high.reply.discard();
        low = null;
        high = null;
    }
}
