package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A way that a test controls: by default it answers each call with its method's name, later calls are held back when
/// the method says so.
public final class StubWay implements Next {
    public final List<Call> calls = new CopyOnWriteArrayList<>();
    public final List<Held> held = new CopyOnWriteArrayList<>();
    public final List<ByteBuf> buffers = new CopyOnWriteArrayList<>();
    public final List<StubRest> rests = new CopyOnWriteArrayList<>();

    /// Something that was asked and has no answer yet.
    public record Held(Call call, Consumer<Answer> back) {
        public void answer(Answer answer) {
            call.loop().execute(() -> back.accept(answer));
        }
    }

    private volatile Next behaviour = (call, back) -> back.accept(named(call));

    public void will(Next next) {
        behaviour = next;
    }

    /// Keeps every call until the test answers it.
    void hold() {
        behaviour = (call, back) -> held.add(new Held(call, back));
    }

    @Override
    public void take(Call call, Consumer<Answer> back) {
        calls.add(call);
        behaviour.take(call, back);
    }

    /// The result is the method's name.
    public Answer named(Call call) {
        return result(call, "\"" + call.request().method() + "\"");
    }

    public Answer result(Call call, String json) {
        return new Served(new Reply(buffer(reply(call, json)), 0, null, -1, null));
    }

    static String reply(Call call, String json) {
        return new String(Replies.result(call.request().id(), Slice.of(json)), StandardCharsets.UTF_8);
    }

    /// Not pooled: a pooled buffer that was given back may come again as another one.
    public ByteBuf buffer(String text) {
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeCharSequence(text, StandardCharsets.UTF_8);
        buffers.add(buffer);
        return buffer;
    }

    /// A reply of which only `beginning` is there yet.
    public Answer streaming(String beginning, long length) {
        var rest = new StubRest(this);
        rests.add(rest);
        return new Served(new Reply(buffer(beginning), 0, null, length, rest));
    }

    /// Everything handed out was given back.
    boolean isAllReleased() {
        return buffers.stream().allMatch(buffer -> buffer.refCnt() == 0);
    }
}
