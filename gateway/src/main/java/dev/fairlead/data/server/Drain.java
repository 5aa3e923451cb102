package dev.fairlead.data.server;

import dev.fairlead.core.upstream.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/// Collects a large reply in memory, as far as its budget goes, because it is to stand inside a batch.
final class Drain implements Reply.Sink {
    private final CompositeByteBuf collected = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    private final Reply.Rest rest;
    private final Budget budget;
    private final Consumer<Ended> ended;
    private boolean over;

    /// @param beginning already claimed
    Drain(ByteBuf beginning, Reply.Rest rest, Budget budget, Consumer<Ended> ended) {
        this.rest = rest;
        this.budget = budget;
        this.ended = ended;
        collected.addComponent(true, beginning);
    }

    void begin() {
        rest.into(this);
    }

    @Override
    public void part(ByteBuf part) {
        if (over) {
            part.release();
            return;
        }
        if (!budget.claim(part.readableBytes())) {
            part.release();
            abandon();
            ended.accept(new TooLarge());
            return;
        }
        collected.addComponent(true, part);
    }

    @Override
    public void end() {
        if (over) return;
        over = true;
        ended.accept(new Whole(collected));
    }

    @Override
    public void cut(String cause) {
        if (over) return;
        drop();
        ended.accept(new Cut(cause));
    }

    /// Stops without a word to `ended`.
    void abandon() {
        if (over) return;
        drop();
        rest.abort();
    }

    private void drop() {
        over = true;
        budget.giveBack(collected.readableBytes());
        collected.release();
    }

    /// The bytes that all the replies of a batch may take together.
    interface Budget {
        boolean claim(long bytes);

        void giveBack(long bytes);
    }

    sealed interface Ended {}

    /// Ownership of `body` passes on.
    record Whole(ByteBuf body) implements Ended {}

    record TooLarge() implements Ended {}

    record Cut(String cause) implements Ended {}
}
