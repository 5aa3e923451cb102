package dev.fairlead.data.rpc;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.BufferedBody;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes a large reply that is to stand inside a batch: collects it while it is not too large and memory is not short,
/// lets its node wait otherwise, and relays it when its turn has come.
///
/// ```
/// collecting ──▶ ended: whole, cut or too large
///     └── too much to keep ──▶ standing ── turn ──▶ relaying ──▶ ended, or overrun: longer than there is room for
/// ```
final class ReplyCollector implements Reply.Sink {
    /// The most that is kept of one reply. As long as a reply is kept, its failure can still be an error of
    /// its element alone.
    private static final int MOST_KEPT = 1024 * 1024;

    private final BufferedBody collected = new BufferedBody(ByteBufAllocator.DEFAULT);
    private final Reply.Rest rest;
    private final MemoryShare memory;
    private final Budget budget;
    private final Consumer<Ended> ended;
    private Reply.@Nullable Sink onward;
    /// Bytes taken from the batch's budget: the announced length, and never less than what came.
    private long claimed;
    private long came;
    private boolean stands;
    private boolean over;

    /// @param claimed bytes taken from `budget` for it already, at least for its beginning
    ReplyCollector(
            ByteBuf beginning,
            Reply.Rest rest,
            long claimed,
            MemoryShare memory,
            Budget budget,
            Consumer<Ended> ended) {
        this.rest = rest;
        this.claimed = claimed;
        this.came = beginning.readableBytes();
        this.memory = memory;
        this.budget = budget;
        this.ended = ended;
        keep(beginning);
    }

    void begin() {
        rest.into(this);
    }

    @Override
    public void part(ByteBuf part) {
        if (over) {
            part.release();
        } else if (!fits(part.readableBytes())) {
            part.release();
            overrun();
        } else if (onward != null) {
            onward.part(part);
        } else {
            collect(part);
        }
    }

    private boolean fits(int bytes) {
        came += bytes;
        if (came <= claimed) return true;
        if (!budget.claim(came - claimed)) return false;
        claimed = came;
        return true;
    }

    private void overrun() {
        boolean begun = onward != null;
        abandon();
        ended.accept(begun ? new Overrun() : new TooLarge());
    }

    private void collect(ByteBuf part) {
        keep(part);
        if (!stands && (collected.size() > MOST_KEPT || memory.isShort())) stand();
    }

    private void keep(ByteBuf part) {
        memory.add(part.readableBytes());
        collected.add(part, -1);
    }

    private void stand() {
        stands = true;
        rest.pause();
        ended.accept(new Stands());
    }

    /// Whether it waits for its turn.
    boolean stands() {
        return stands && !over;
    }

    /// Whether none of it has left and it keeps its node waiting.
    boolean isBeforeItsTurn() {
        return stands() && onward == null;
    }

    /// Whether it ever waited for its turn.
    boolean stood() {
        return stands;
    }

    /// Its turn has come: once it is resumed, what follows goes to `sink`.
    ///
    /// @return what has come already; its ownership passes to the caller
    ByteBuf relay(Reply.Sink sink) {
        onward = sink;
        memory.give(collected.size());
        return collected.take();
    }

    void pause() {
        rest.pause();
    }

    void resume() {
        rest.resume();
    }

    void taken() {
        rest.taken();
    }

    boolean isWanted() {
        return rest.isWanted();
    }

    @Nullable
    String brokenOff() {
        return rest.brokenOff();
    }

    /// Its node broke off while it waited: none of it has left, so this is an error of its element alone.
    void fail(String cause) {
        rest.abort();
        cut(cause);
    }

    boolean isAwaited() {
        return rest.isAwaited();
    }

    @Override
    public void lull() {
        if (!over && onward != null) onward.lull();
    }

    @Override
    public void end() {
        if (over) return;
        over = true;
        if (onward != null) {
            onward.end();
            return;
        }
        memory.give(collected.size());
        ended.accept(new Whole(collected.take()));
    }

    @Override
    public void cut(String cause) {
        if (over) return;
        if (onward != null) {
            over = true;
            onward.cut(cause);
            return;
        }
        drop();
        ended.accept(new Cut(cause));
    }

    /// Stops without calling `ended`.
    void abandon() {
        if (over) return;
        if (onward == null) drop();
        over = true;
        rest.abort();
    }

    private void drop() {
        over = true;
        budget.giveBack(claimed);
        memory.give(collected.size());
        collected.release();
    }

    /// The bytes that all the replies of a batch may take together.
    interface Budget {
        boolean claim(long bytes);

        void giveBack(long bytes);
    }

    sealed interface Ended {}

    /// Ownership of `body` passes to the receiver.
    record Whole(ByteBuf body) implements Ended {}

    /// It has not ended yet: it waits for its turn.
    record Stands() implements Ended {}

    record TooLarge() implements Ended {}

    /// It turned out to be too large when some of it had left.
    record Overrun() implements Ended {}

    record Cut(String cause) implements Ended {}
}
