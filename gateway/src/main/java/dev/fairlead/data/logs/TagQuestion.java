package dev.fairlead.data.logs;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
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
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Asks the nodes that a call goes to for the number of a block that it names by a tag, within its time and on its
/// behalf.
final class TagQuestion {
    private static final String METHOD = "eth_getBlockByNumber";

    private final Call call;
    private final Tag tag;
    private final Call question;

    TagQuestion(Call call, Tag tag) {
        this.call = call;
        this.tag = tag;
        this.question = new Call(
                call.serial(),
                call.chain(),
                Request.of(METHOD, "[\"" + tag.word() + "\",false]"),
                call.client(),
                call.loop(),
                call.startedAt(),
                call.deadline());
        question.goesWith(call);
    }

    /// @param onward to the nodes
    /// @param told the number; nothing is told when the call is abandoned
    /// @param failed what the call gets where no node tells it
    void ask(Next onward, LongConsumer told, Consumer<Answer> failed) {
        call.onAbandon(question::abandon);
        onward.take(question, answer -> {
            switch (answer) {
                case Served(var reply) -> served(reply, told, failed);
                case Known _ -> failed.accept(LogRefusals.notKnown(tag));
                case Objected _, Refused _ -> failed.accept(answer);
            }
        });
    }

    private void served(Reply reply, LongConsumer told, Consumer<Answer> failed) {
        RpcError error = reply.error();
        long number = error == null ? number(reply) : -1;
        reply.discard();
        if (number >= 0) told.accept(number);
        else failed.accept(error == null ? LogRefusals.notKnown(tag) : new Objected(error));
    }

    private static long number(Reply reply) {
        if (!reply.isWhole()) return -1;
        int from = reply.body().readerIndex() + reply.valueAt();
        byte[] block = ByteBufUtil.getBytes(reply.body(), from, reply.body().writerIndex() - from);
        return BlockNumber.parse(JsonPick.member(Slice.of(block), "number"));
    }
}
