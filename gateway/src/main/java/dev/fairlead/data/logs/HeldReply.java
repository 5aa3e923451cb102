package dev.fairlead.data.logs;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Takes a reply that is still on its way, and holds it until it is whole and known to be good.
///
/// ```
/// begin ──▶ holding ──▶ ended: whole, exceeded, too large, no memory, or cut
///               └── drop: its client is gone
/// ```
final class HeldReply implements Reply.Sink {
    /// The most that is held of one reply: 10,000 logs of three kilobytes each.
    static final int MOST_HELD = 32 * 1024 * 1024;

    private final Reply reply;
    private final Reply.Rest rest;
    private final MemoryShare memory;
    private final Look look;
    private final Consumer<Ended> ended;
    private final Queue<ByteBuf> parts = new ArrayDeque<>();
    private long held;
    private boolean isOver;

    /// Looks at each part when it comes.
    interface Look {
        /// @param from where in the part it begins
        /// @return false when the reply is not wanted
        boolean isGood(ByteBuf part, int from);
    }

    sealed interface Ended {
        /// Ownership of the reply passes to the receiver.
        record Whole(Reply reply) implements Ended {}

        /// What came of it is not wanted.
        record Exceeded() implements Ended {}

        /// @param bytes the bound
        record TooLarge(long bytes) implements Ended {}

        record NoMemory() implements Ended {}

        record Cut(String cause) implements Ended {}
    }

    /// @param reply owned from now on
    HeldReply(Reply reply, Reply.Rest rest, MemoryShare memory, Look look, Consumer<Ended> ended) {
        this.reply = reply;
        this.rest = rest;
        this.memory = memory;
        this.look = look;
        this.ended = ended;
    }

    void begin() {
        ByteBuf beginning = reply.body();
        if (add(beginning, beginning.readerIndex() + reply.valueAt())) rest.into(this);
    }

    @Override
    public void part(ByteBuf part) {
        if (isOver) part.release();
        else add(part, part.readerIndex());
    }

    /// @return whether it goes on
    private boolean add(ByteBuf part, int from) {
        int bytes = part.readableBytes();
        if (!memory.take(bytes)) return refuse(part, new Ended.NoMemory());
        held += bytes;
        parts.add(part);
        if (!look.isGood(part, from)) return refuse(new Ended.Exceeded());
        return held <= MOST_HELD || refuse(new Ended.TooLarge(MOST_HELD));
    }

    private boolean refuse(ByteBuf part, Ended why) {
        part.release();
        return refuse(why);
    }

    private boolean refuse(Ended why) {
        drop();
        ended.accept(why);
        return false;
    }

    @Override
    public void end() {
        if (isOver) return;
        isOver = true;
        ByteBuf beginning = parts.remove();
        memory.give(beginning.readableBytes());
        var whole = new HeldRest(parts, memory);
        ended.accept(new Ended.Whole(new Reply(beginning, reply.valueAt(), null, held, whole)));
    }

    @Override
    public void cut(String cause) {
        if (!isOver) refuse(new Ended.Cut(cause));
    }

    /// Gives it up without calling `ended`.
    void drop() {
        if (isOver) return;
        isOver = true;
        memory.give(held);
        parts.forEach(ByteBuf::release);
        parts.clear();
        rest.abort();
    }
}
