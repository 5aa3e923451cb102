package dev.fairlead.data.logs;

import dev.fairlead.core.logs.BlockSpan;
import dev.fairlead.core.logs.LogMethod;
import dev.fairlead.core.logs.LogRules.Rule;
import dev.fairlead.core.logs.ResultCount;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.logs.HeldReply.Ended;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// Lets an answer through when it has no more logs in it than it may. One that is still on its way is held
/// until it is counted, because what has left cannot be taken back.
final class ResultGate {
    /// The shortest log with its comma.
    private static final int SHORTEST = 2;

    private static final int PIECE = 8 * 1024;

    private final MemoryShare direct;
    private final Events events;
    private final byte[] scratch = new byte[PIECE];

    ResultGate(MemoryShare direct, Events events) {
        this.direct = direct;
        this.events = events;
    }

    /// @param rule how many logs there may be
    /// @param asked the blocks that the call asks for
    void take(Call call, Answer answer, Rule rule, BlockSpan asked, Consumer<Answer> back) {
        switch (answer) {
            case Served(var reply) when !isSmall(reply, rule.most()) -> served(call, reply, rule, asked, back);
            case Known(var result)
            when !isSmall(result.size(), rule.most()) -> {
                var count = new ResultCount(rule.most());
                count.read(result.array(), result.from(), result.to());
                back.accept(count.isExceeded() ? tooMany(call, rule, count, asked) : answer);
            }
            case Served _, Known _, Objected _, Refused _ -> back.accept(answer);
        }
    }

    private void served(Call call, Reply reply, Rule rule, BlockSpan asked, Consumer<Answer> back) {
        var count = new ResultCount(rule.most());
        if (reply.rest() == null) {
            read(reply.body(), reply.body().readerIndex() + reply.valueAt(), count);
            if (count.isExceeded()) reply.discard();
            back.accept(count.isExceeded() ? tooMany(call, rule, count, asked) : new Served(reply));
        } else {
            hold(call, reply, reply.rest(), rule, count, asked, back);
        }
    }

    private void hold(
            Call call,
            Reply reply,
            Reply.Rest rest,
            Rule rule,
            ResultCount count,
            BlockSpan asked,
            Consumer<Answer> back) {
        var held = new HeldReply(reply, rest, direct, (part, from) -> read(part, from, count), ended -> {
            back.accept(
                    switch (ended) {
                        case Ended.Whole(var whole) -> new Served(whole);
                        case Ended.Exceeded _ -> tooMany(call, rule, count, asked);
                        case Ended.TooLarge(var bytes) -> tooManyBytes(call, rule, bytes, count, asked);
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
        return length >= 0 && isSmall(length, most);
    }

    private static boolean isSmall(long bytes, long most) {
        return bytes <= SHORTEST * most;
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

    private Refused tooMany(Call call, Rule rule, ResultCount count, BlockSpan asked) {
        events.limited(rule.key(), call.tenant().name());
        return LogRefusals.tooManyResults(method(call), rule.most(), count.possible(asked), count.firstBlock());
    }

    private static LogMethod method(Call call) {
        return LogMethod.of(call.method().name());
    }

    private Refused tooManyBytes(Call call, Rule rule, long bytes, ResultCount count, BlockSpan asked) {
        events.limited(rule.key(), call.tenant().name());
        return LogRefusals.tooManyBytes(method(call), bytes, rule.most(), count.possible(asked), count.firstBlock());
    }
}
