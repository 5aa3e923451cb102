package dev.fairlead.data.cache;

import dev.fairlead.core.eth.LastingAnswer;
import dev.fairlead.core.jsonrpc.JsonScan;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers calls whose answer is true for ever ([LastingAnswer]) from what nodes said before, and keeps what
/// they say now. `null`, errors, and replies that are still on their way are never kept.
public final class CacheGate implements Stage {
    private final AnswerCache cache;

    public CacheGate(AnswerCache cache) {
        this.cache = cache;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        AnswerKey key = key(call);
        if (key == null) {
            onward.take(call, back);
            return;
        }
        Slice known = cache.get(key);
        if (known != null) {
            back.accept(new Known(known));
            return;
        }
        onward.take(call, answer -> {
            keep(call, key, answer);
            back.accept(answer);
        });
    }

    private @Nullable AnswerKey key(Call call) {
        if (cache.isOff()) return null;
        return AnswerKey.of(
                call.chain(), call.method(), call.block(), call.request().params());
    }

    private void keep(Call call, AnswerKey key, Answer answer) {
        if (!(answer instanceof Served(var reply))) return;
        Slice result = result(reply);
        if (result != null && LastingAnswer.isWhole(call.method(), call.block(), result)) cache.put(key, result);
    }

    /// A copy of the result, in an array of its own; null where none is at hand, or one that is too large.
    private static @Nullable Slice result(Reply reply) {
        if (reply.error() != null || !reply.isWhole()) return null;
        ByteBuf body = reply.body();
        int length = body.readableBytes() - reply.valueAt();
        if (length > AnswerCache.LARGEST) return null;
        var json = new byte[length];
        body.getBytes(body.readerIndex() + reply.valueAt(), json);
        int end = JsonScan.skipValue(json, 0, length, JsonScan.DEEPEST);
        return end <= 0 ? null : Slice.of(new Slice(json, 0, end).bytes());
    }
}
