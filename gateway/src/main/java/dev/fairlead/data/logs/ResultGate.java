package dev.fairlead.data.logs;

import dev.fairlead.core.logs.BlockSpan;
import dev.fairlead.core.logs.ResultCount;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.logs.HeldReply.Ended;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// Lets an answer through when it has no more logs in it than it may. One that is still on its way is held until it is
/// counted, because what has left cannot be taken back.
final class ResultGate {
    /// The shortest log with its comma.
    private static final int SHORTEST = 2;

    private static final int PIECE = 8 * 1024;

    private final MemoryShare direct;
    private final byte[] scratch = new byte[PIECE];

    ResultGate(MemoryShare direct) {
        this.direct = direct;
    }

    void take(Call call, Answer answer, long most, BlockSpan asked, Consumer<Answer> back) {
        if (!(answer instanceof Served(var reply)) || isSmall(reply, most)) {
            back.accept(answer);
            return;
        }
        var count = new ResultCount(most);
        if (reply.rest() == null) {
            read(reply.body(), reply.body().readerIndex() + reply.valueAt(), count);
            back.accept(count.isExceeded() ? refused(reply, count, most, asked) : answer);
        } else {
            hold(call, reply, count, most, asked, back);
        }
    }

    private void hold(Call call, Reply reply, ResultCount count, long most, BlockSpan asked, Consumer<Answer> back) {
        var held = new HeldReply(reply, reply.rest(), direct, (part, from) -> read(part, from, count), ended -> {
            back.accept(
                    switch (ended) {
                        case Ended.Whole(var whole) -> new Served(whole);
                        case Ended.Exceeded _ -> tooMany(count, most, asked);
                        case Ended.TooLarge(var bytes) -> tooManyBytes(bytes, count, most, asked);
                        case Ended.NoMemory _ -> LogRefusals.noMemory();
                        case Ended.Cut(var cause) -> LogRefusals.brokenOff(cause);
                    });
        });
        call.onAbandon(held::drop);
        held.begin();
    }

    private static boolean isSmall(Reply reply, long most) {
        if (reply.error() != null) return true;
        long length = reply.isWhole() ? reply.body().readableBytes() : reply.length();
        return length >= 0 && length <= SHORTEST * most;
    }

    /// @return whether it may go on
    private boolean read(ByteBuf part, int from, ResultCount count) {
        int at = from;
        boolean more = true;
        while (more && at < part.writerIndex()) {
            int size = Math.min(PIECE, part.writerIndex() - at);
            part.getBytes(at, scratch, 0, size);
            more = count.read(scratch, 0, size);
            at += size;
        }
        return !count.isExceeded();
    }

    private static Refused refused(Reply reply, ResultCount count, long most, BlockSpan asked) {
        reply.discard();
        return tooMany(count, most, asked);
    }

    private static Refused tooMany(ResultCount count, long most, BlockSpan asked) {
        return LogRefusals.tooManyResults(most, count.possible(asked), count.firstBlock());
    }

    private static Refused tooManyBytes(long bytes, ResultCount count, long most, BlockSpan asked) {
        return LogRefusals.tooManyBytes(bytes, most, count.possible(asked), count.firstBlock());
    }
}
