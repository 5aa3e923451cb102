package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request that is a batch: its calls go their ways at once, and their answers come together in the order of the
/// requests. Always HTTP 200, errors stand inside.
final class BatchOfCalls implements Work, Drain.Budget {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Exchange exchange;
    private final LoopSide side;
    private final List<Element> elements;
    private final CallMaker maker;
    private final long limit;
    private final Part[] parts;
    private int cursor;
    private int open;
    private long size;
    private boolean settled;

    /// @param limit bytes of the whole answer
    BatchOfCalls(Exchange exchange, LoopSide side, List<Element> elements, CallMaker maker, long limit) {
        this.exchange = exchange;
        this.side = side;
        this.elements = elements;
        this.maker = maker;
        this.limit = limit;
        this.parts = new Part[elements.size()];
        for (int i = 0; i < parts.length; i++) parts[i] = part(elements.get(i));
        skipAnswered();
    }

    private Part part(Element element) {
        var part = new Part(this, element instanceof Element.Call(var request) ? request.id() : Slice.NONE);
        if (element instanceof Element.Invalid(var id, var error)) {
            part.reply = Unpooled.wrappedBuffer(Replies.error(id, error));
        } else if (!part.id.isEmpty()) {
            open++;
        }
        return part;
    }

    private void skipAnswered() {
        while (hasMore() && parts[cursor].reply != null) cursor++;
    }

    @Override
    public boolean hasMore() {
        return cursor < parts.length;
    }

    @Override
    public void next() {
        PendingCall call = callNext();
        call.dispatch();
        if (call.call().request().isNotification()) side.sweep().watch(call);
        settle();
    }

    private PendingCall callNext() {
        Part part = parts[cursor];
        PendingCall call = maker.make(((Element.Call) elements.get(cursor)).request(), part);
        part.call = call;
        cursor++;
        skipAnswered();
        return call;
    }

    private void answered(Part part, PendingCall call, Answer answer) {
        Rendered said = Rendered.of(part.id, answer);
        if (part.id.isEmpty()) {
            said.discard();
            call.end(said, NO_CONTENT);
        } else if (settled) {
            said.discard();
        } else if (said.ending() == Ending.SERVED && !fits(said)) {
            said.discard();
            put(part, call, tooLarge(part.id));
        } else if (said.rest() != null) {
            part.drain = new Drain(said.body(), said.rest(), this, ended -> drained(part, call, said, ended));
            part.drain.begin();
        } else {
            put(part, call, said);
        }
    }

    private void drained(Part part, PendingCall call, Rendered said, Drain.Ended ended) {
        part.drain = null;
        switch (ended) {
            case Drain.Whole(var body) -> put(part, call, said.whole(body));
            case Drain.TooLarge _ -> put(part, call, tooLarge(part.id));
            case Drain.Cut(var cause) -> put(part, call, refused(part.id, Refusal.NODES_FAILED, cut(cause)));
        }
    }

    private static String cut(String cause) {
        return "The node's reply broke off: " + cause;
    }

    private boolean fits(Rendered said) {
        return said.length() <= limit - size && claim(said.body().readableBytes());
    }

    @Override
    public boolean claim(long bytes) {
        if (bytes > limit - size) return false;
        size += bytes;
        return true;
    }

    @Override
    public void giveBack(long bytes) {
        size -= bytes;
    }

    private void put(Part part, PendingCall call, Rendered said) {
        part.reply = said.body();
        open--;
        call.end(said, OK);
        settle();
    }

    private Rendered tooLarge(Slice id) {
        return refused(id, Refusal.ANSWER_TOO_LARGE, "The answers of this batch exceed " + limit + " bytes together");
    }

    private static Rendered refused(Slice id, Refusal why, String detail) {
        return Rendered.refused(id, new Refused(why, detail));
    }

    @Override
    public void settle() {
        if (settled || open > 0 || hasMore()) return;
        settled = true;
        exchange.answer(compose());
    }

    private Outgoing compose() {
        var composition = new Composition(side.buffers(), parts.length, size);
        for (Part part : parts) {
            if (part.reply == null) continue;
            composition.add(part.reply);
            part.reply = null;
        }
        if (!composition.isEmpty()) return Outgoing.json(composition.finish());
        composition.discard();
        return Outgoing.empty();
    }

    @Override
    public void refuse(Refusal why, String detail) {
        for (Part part : parts) {
            if (part.call != null && !part.id.isEmpty()) part.refuse(why, detail);
        }
        while (hasMore()) callNext().refuse(why, detail);
        settle();
    }

    @Override
    public void abandon() {
        settled = true;
        cursor = parts.length;
        for (Part part : parts) part.abandon();
    }

    /// One element and what became of it.
    private static final class Part implements PendingCall.Receiver {
        private final BatchOfCalls batch;
        private final Slice id;
        private @Nullable PendingCall call;
        private @Nullable Drain drain;
        private @Nullable ByteBuf reply;

        Part(BatchOfCalls batch, Slice id) {
            this.batch = batch;
            this.id = id;
        }

        @Override
        public void answered(PendingCall answered, Answer answer) {
            batch.answered(this, answered, answer);
        }

        void refuse(Refusal why, String detail) {
            if (call == null || reply != null) return;
            if (drain == null) {
                call.refuse(why, detail);
                return;
            }
            drain.abandon();
            drain = null;
            batch.put(this, call, refused(id, why, detail));
        }

        void abandon() {
            if (drain != null) drain.abandon();
            drain = null;
            if (reply != null) reply.release();
            reply = null;
            if (call != null && !id.isEmpty()) call.abandon();
        }
    }
}
