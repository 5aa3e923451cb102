package dev.fairlead.data.logs;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import io.netty.buffer.ByteBufUtil;
import java.util.function.LongConsumer;

/// Asks the nodes for the number of a block that a call names by a tag, within the time and on behalf of that call.
final class TagQuestion {
    private static final String METHOD = "eth_getBlockByNumber";

    private final Call call;
    private final Call question;

    TagQuestion(Call call, Tag tag) {
        this.call = call;
        this.question = new Call(
                call.serial(),
                call.chain(),
                Request.of(METHOD, "[\"" + tag.word() + "\",false]"),
                call.client(),
                call.loop(),
                call.startedAt(),
                call.deadline());
    }

    /// @param onward to the nodes
    /// @param told the number, or -1 where no node tells it; not called when the call is abandoned
    void ask(Next onward, LongConsumer told) {
        call.onAbandon(question::abandon);
        onward.take(question, answer -> told.accept(number(answer)));
    }

    private static long number(Answer answer) {
        return switch (answer) {
            case Served(var reply) -> number(reply);
            case Known _, Objected _, Refused _ -> -1;
        };
    }

    private static long number(Reply reply) {
        try {
            if (!reply.isWhole() || reply.error() != null) return -1;
            int from = reply.body().readerIndex() + reply.valueAt();
            byte[] block = ByteBufUtil.getBytes(reply.body(), from, reply.body().writerIndex() - from);
            return BlockNumber.parse(JsonPick.member(Slice.of(block), "number"));
        } finally {
            reply.discard();
        }
    }
}
