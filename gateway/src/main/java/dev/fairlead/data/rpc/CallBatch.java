package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request that is a batch: its calls start at once, and their answers come in the order of the requests.
/// The status is always HTTP 200; errors stand inside. A small answer is put together and goes out whole; a
/// large one is streamed by [BatchAnswer] in its order. While memory is short, calls run one after the other.
final class CallBatch implements CallOrBatch, ReplyCollector.Budget, BatchAnswer.Batch {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    /// While so many large replies keep their nodes waiting for their turn, no further call is made.
    private static final int MOST_STANDING = 4;
    /// When more bytes of replies are kept than this, they leave as soon as it is their turn.
    private static final int WORTH_STREAMING = 512 * 1024;

    private final MessageExchange exchange;
    private final LoopCalls loop;
    private final List<Element> elements;
    private final CallOrigin origin;
    private final long limit;
    private final Part[] parts;
    private int cursor;
    private int open;
    /// Calls that were made and whose answers have neither left nor are kept.
    private int underWay;

    /// Those whose connection was reclaimed are among them.
    private int standing;

    private long size;
    private long kept;
    private boolean settled;
    private @Nullable BatchAnswer streamed;

    /// @param limit bytes of the whole answer
    CallBatch(CallOrigin origin, List<Element> elements, long limit) {
        this.origin = origin;
        this.exchange = origin.exchange();
        this.loop = origin.loop();
        this.elements = elements;
        this.limit = limit;
        this.parts = new Part[elements.size()];
        for (int i = 0; i < parts.length; i++) parts[i] = part(elements.get(i));
        skipAnswered();
    }

    private Part part(Element element) {
        var part = new Part(this, element instanceof Element.Call(var request) ? request.id() : Slice.NONE);
        if (element instanceof Element.Invalid(var id, var error)) {
            part.keep(RpcAnswer.malformed(id, error, origin.client().errors()).body());
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

    /// Calls that were made may hold much until it is their turn, so there is a bound on further ones.
    @Override
    public boolean mayGoOn() {
        if (standing >= MOST_STANDING) return false;
        return underWay == 0 || !(loop.direct().isShort() || loop.heap().isShort());
    }

    @Override
    public void next() {
        PendingCall call = callNext();
        call.dispatch();
        if (call.call().request().isNotification()) call.outlives();
        settle();
    }

    private PendingCall callNext() {
        Part part = parts[cursor];
        Request request = ((Element.Call) elements.get(cursor)).request();
        var call = new BatchedCall(origin, loop.nextSerial(), request, part);
        part.call = call;
        exchange.add(CallCosts.CALL);
        if (!part.id.isEmpty()) underWay++;
        cursor++;
        skipAnswered();
        return call;
    }

    private void answered(Part part, PendingCall call, Answer answer) {
        RpcAnswer said = RpcAnswer.of(part.id, answer, call.call());
        if (part.id.isEmpty()) {
            said.discard();
            call.end(said, NO_CONTENT);
        } else if (settled) {
            said.discard();
        } else if (isReceipt(call, said)) {
            put(part, call, said);
        } else if (isOfNodes(said) && !fits(said)) {
            said.discard();
            put(part, call, tooLarge(call));
        } else if (!hasMemory(said)) {
            giveBack(bytes(said));
            said.discard();
            put(
                    part,
                    call,
                    refused(call, Refusal.OVERLOADED, loop.noRoomForAnswers().detail()));
        } else if (said.rest() != null) {
            part.said = said;
            collect(part, call, said, said.rest());
        } else {
            put(part, call, said);
        }
    }

    private void collect(Part part, PendingCall call, RpcAnswer said, Reply.Rest rest) {
        part.collector = new ReplyCollector(
                said.body(), rest, bytes(said), loop.direct(), this, ended -> drained(part, call, said, ended));
        rest.onReclaim(() -> isReclaimed(part, call));
        part.collector.begin();
    }

    /// A reply that waits for its turn gives its connection to calls that wait for one; it is asked for again when its
    /// turn has come.
    private static boolean isReclaimed(Part part, PendingCall call) {
        ReplyCollector standing = part.collector;
        if (standing == null || !standing.isBeforeItsTurn() || !call.mayAskAgain()) return false;
        standing.abandon();
        part.collector = null;
        part.said = null;
        part.isReclaimed = true;
        return true;
    }

    @Override
    public void askAgain(int element) {
        Part part = parts[element];
        part.isReclaimed = false;
        standing--;
        var call = new BatchedCall(Objects.requireNonNull(part.call, "a reply without a call"), part);
        part.call = call;
        loop.sweep().watch(call); // the time of its exchange may be over
        call.dispatch();
    }

    /// Whether the answer tells, in few bytes, what became of a call that must not be done twice.
    private static boolean isReceipt(PendingCall call, RpcAnswer said) {
        boolean small = said.rest() == null && said.body().readableBytes() <= Lease.SMALL;
        return small && !call.call().method().repeatable();
    }

    private boolean hasMemory(RpcAnswer said) {
        if (said.ending() != Ending.SERVED) return true;
        boolean large = said.rest() != null || said.body().readableBytes() > Lease.SMALL;
        return large ? !loop.direct().refusesLarge() : !loop.direct().isFull();
    }

    private void drained(Part part, PendingCall call, RpcAnswer said, ReplyCollector.Ended ended) {
        switch (ended) {
            case ReplyCollector.Stands _ -> stands();
            case ReplyCollector.Whole(var body) -> put(collected(part), call, said.whole(body));
            case ReplyCollector.TooLarge _ -> put(collected(part), call, tooLarge(call));
            case ReplyCollector.Cut(var cause) ->
                put(collected(part), call, refused(call, Refusal.NODES_FAILED, cut(cause)));
            case ReplyCollector.Overrun _ -> overrun(call);
        }
    }

    private void stands() {
        standing++;
        stream();
        settle(); // its turn may have come while it was collected
    }

    private Part collected(Part part) {
        if (part.collector != null && part.collector.stood()) standing--;
        part.collector = null;
        return part;
    }

    /// The answer is too long, and bytes that have left cannot be taken back.
    private void overrun(PendingCall call) {
        call.cut(Refusal.ANSWER_TOO_LARGE, exceeded());
        if (streamed != null) streamed.cut(exceeded());
    }

    private static String cut(String cause) {
        return "The node's reply broke off: " + cause;
    }

    private static boolean isOfNodes(RpcAnswer said) {
        return said.ending() == Ending.SERVED || said.ending() == Ending.OBJECTED;
    }

    private boolean fits(RpcAnswer said) {
        return claim(bytes(said));
    }

    /// The length of the whole answer if it is known, else of what is there.
    private static long bytes(RpcAnswer said) {
        return Math.max(said.length(), said.body().readableBytes());
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

    private void put(Part part, PendingCall call, RpcAnswer said) {
        part.keep(said.body());
        open--;
        underWay--;
        call.end(said, OK);
        forget(part);
        if (kept > WORTH_STREAMING) stream();
        settle();
    }

    /// Its call is over.
    private void forget(Part part) {
        if (settled || part.call == null) return;
        part.call = null;
        exchange.add(-CallCosts.CALL);
    }

    private RpcAnswer tooLarge(PendingCall call) {
        return refused(call, Refusal.ANSWER_TOO_LARGE, exceeded());
    }

    private String exceeded() {
        return "The answers of this batch exceed " + limit + " bytes together";
    }

    private static RpcAnswer refused(PendingCall call, Refusal why, String detail) {
        Call refused = call.call();
        return RpcAnswer.refused(refused.request().id(), Uncertain.orElse(refused, why, detail), refused);
    }

    /// From now on answers leave as soon as it is their turn.
    private void stream() {
        if (streamed != null || settled) return;
        streamed = new BatchAnswer(this, loop, parts);
        exchange.answerBatch(Unpooled.EMPTY_BUFFER, streamed.rest());
    }

    @Override
    public void settle() {
        if (settled) return;
        if (streamed != null) {
            streamed.flow();
        } else if (open == 0 && !hasMore()) {
            settled = true;
            answer();
            return;
        }
        if (hasMore()) exchange.mayAskMore();
    }

    private void answer() {
        var jsonArray = new JsonArray(loop.buffers(), parts.length, copied(), false);
        for (Part part : parts) {
            if (part.reply != null) jsonArray.add(part.take());
        }
        if (!jsonArray.isEmpty()) {
            exchange.answerBatch(jsonArray.finish(), null);
            return;
        }
        jsonArray.discard();
        exchange.answerNothing();
    }

    private long copied() {
        long copied = 0;
        for (Part part : parts) {
            ByteBuf reply = part.reply;
            if (reply != null && JsonArray.isCopied(reply)) copied += reply.readableBytes();
        }
        return copied;
    }

    @Override
    public void finished() {
        settled = true;
    }

    @Override
    public void relayed(int element) {
        Part part = parts[element];
        standing--;
        open--;
        underWay--;
        part.collector = null;
        if (part.call != null && part.said != null) part.call.end(part.said, OK);
        forget(part);
        if (hasMore()) exchange.mayAskMore();
    }

    @Override
    public boolean isAwaited() {
        return streamed != null && !settled && (hasMore() || open > standing);
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
    public void brokenOff(String cause) {
        for (Part part : parts) part.cut("the answer of its batch ended early: " + cause);
        abandon();
    }

    @Override
    public void abandon() {
        settled = true;
        cursor = parts.length;
        for (Part part : parts) part.abandon();
    }

    /// A call that was made of an element.
    private static final class BatchedCall extends PendingCall {
        private final Part part;

        BatchedCall(CallOrigin origin, long serial, Request request, Part part) {
            super(origin, serial, request);
            this.part = part;
        }

        BatchedCall(PendingCall before, Part part) {
            super(before);
            this.part = part;
        }

        @Override
        void answered(Answer answer) {
            part.batch.answered(part, this, answer);
        }
    }

    static final class Part implements BatchAnswer.Element {
        private final CallBatch batch;
        private final Slice id;
        private @Nullable PendingCall call;
        private @Nullable RpcAnswer said;
        private @Nullable ReplyCollector collector;
        private @Nullable ByteBuf reply;
        private boolean isReclaimed;

        Part(CallBatch batch, Slice id) {
            this.batch = batch;
            this.id = id;
        }

        void keep(ByteBuf whole) {
            reply = whole;
            batch.kept += whole.readableBytes();
            batch.loop.direct().add(whole.readableBytes());
        }

        @Override
        public boolean isReady() {
            return reply != null;
        }

        @Override
        public boolean isSilent() {
            return id.isEmpty() && reply == null;
        }

        @Override
        public ByteBuf take() {
            ByteBuf taken = reply == null ? Unpooled.EMPTY_BUFFER : reply;
            reply = null;
            batch.kept -= taken.readableBytes();
            batch.loop.direct().give(taken.readableBytes());
            return taken;
        }

        @Override
        public @Nullable ReplyCollector standing() {
            return collector != null && collector.stands() ? collector : null;
        }

        @Override
        public boolean isAwaited() {
            return reply == null && standing() == null;
        }

        @Override
        public void cut(String cause) {
            if (call != null && !id.isEmpty()) call.cut(Refusal.NODES_FAILED, cause);
        }

        @Override
        public boolean isReclaimed() {
            return isReclaimed;
        }

        /// Whether its call has answered in time, and is asked again for the sake of others.
        private boolean isToBeAwaited(PendingCall asked) {
            return isReclaimed || asked.isAskedAgain();
        }

        void refuse(Refusal why, String detail) {
            if (call == null || reply != null || standing() != null) return;
            if (why == Refusal.DEADLINE && isToBeAwaited(call)) return;
            if (collector == null && !isReclaimed) {
                call.refuse(why, detail);
                return;
            }
            if (collector != null) collector.abandon();
            if (isReclaimed) batch.standing--;
            isReclaimed = false;
            collector = null;
            batch.put(this, call, CallBatch.refused(call, why, detail));
        }

        void abandon() {
            if (collector != null) collector.abandon();
            collector = null;
            if (reply != null) take().release();
            if (call != null && !id.isEmpty()) call.abandon();
        }
    }
}
