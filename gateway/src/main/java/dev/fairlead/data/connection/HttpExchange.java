package dev.fairlead.data.connection;

import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.StyledError;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.rpc.AnswerRest;
import dev.fairlead.data.rpc.CallOrBatch;
import dev.fairlead.data.rpc.MessageExchange;
import dev.fairlead.data.rpc.RpcAnswer;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer, in its place in the order of its connection.
final class HttpExchange implements MessageExchange {
    private final Owner owner;
    private final RequestHead head;
    private final ServerConfig config;
    private final long serial;
    private final long startedAt;
    private long deadline;
    private final MemoryShare heap;
    private long weight;
    private boolean hasRoom = true;
    private @Nullable Lease body;
    private @Nullable CallOrBatch calls;
    private @Nullable HttpAnswer answer;
    private @Nullable Refused asWhole;
    private ErrorPolicy errors = ErrorPolicy.NONE;
    private @Nullable Supplier<CallOrBatch> again;
    private boolean answered;
    private boolean closes;
    private boolean wantsGoAhead;

    /// The connection that it came by.
    interface Owner {
        /// One of its exchanges has that answer.
        void answered(HttpAnswer answer);

        /// An answer of so many bytes waits no longer for its turn.
        void dropped(int bytes);

        /// Whether the client has much to read before a new answer.
        boolean isBehind();

        /// Sends calls on their way while there are places for them, and room for their answers.
        void ask();
    }

    /// @param config as it was when the request came
    /// @param serial unique in this process; a single call has it too
    /// @param heap which it takes from while it lasts
    HttpExchange(Owner owner, RequestHead head, ServerConfig config, long serial, long startedAt, MemoryShare heap) {
        this.owner = owner;
        this.head = head;
        this.config = config;
        this.serial = serial;
        this.startedAt = startedAt;
        this.deadline = startedAt + config.timeouts().call().toNanos();
        this.heap = heap;
    }

    RequestHead head() {
        return head;
    }

    ServerConfig config() {
        return config;
    }

    @Override
    public long serial() {
        return serial;
    }

    @Override
    public @Nullable String requestId() {
        return head.requestId();
    }

    @Override
    public String name() {
        return head.requestId() == null ? Events.name(serial) : head.requestId();
    }

    @Override
    public long startedAt() {
        return startedAt;
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public boolean take(long bytes) {
        boolean room = bytes <= Lease.SMALL ? heap.takeSmall(bytes) : heap.take(bytes);
        if (room) weight += bytes;
        return room;
    }

    @Override
    public void add(long bytes) {
        heap.change(weight, weight + bytes);
        weight += bytes;
    }

    /// Whether there was memory for it.
    boolean hasRoom() {
        return hasRoom;
    }

    void hasNoRoom() {
        hasRoom = false;
    }

    /// Sets the memory that the request's body takes while the exchange lasts.
    void body(Lease lease) {
        body = lease;
    }

    @Override
    public @Nullable Lease body() {
        return body;
    }

    /// The answer is written.
    void over() {
        if (body != null) body.letGo();
        body = null;
        heap.give(weight);
        weight = 0;
    }

    /// Whatever calls it has, they are refused, and HTTP is to tell.
    ///
    /// @param said in whose words
    void refuseAsWhole(Refused refused, ErrorPolicy said) {
        asWhole = refused;
        errors = said;
    }

    void work(CallOrBatch what) {
        calls = what;
    }

    @Nullable
    CallOrBatch calls() {
        return calls;
    }

    /// Whether its calls should have had their answers by now.
    boolean isLate(long now) {
        return now - deadline > 0 && isAwaited();
    }

    /// Whether its calls wait for their answers.
    boolean isAwaited() {
        return calls != null && (!answered || calls.isAwaited());
    }

    @Override
    public boolean isBehind() {
        return owner.isBehind();
    }

    @Override
    public void mayAskMore() {
        owner.ask();
    }

    @Override
    public void answer(RpcAnswer said, @Nullable AnswerRest rest) {
        answer(HttpAnswer.of(said, rest));
    }

    @Override
    public void answerBatch(ByteBuf body, @Nullable AnswerRest rest) {
        HttpAnswer outgoing = HttpAnswer.ofBatch(body, rest);
        answer(
                asWhole == null
                        ? outgoing
                        : outgoing.refusedAs(StyledError.of(errors, asWhole).httpStatus()));
    }

    @Override
    public void answerNothing() {
        answer(asWhole == null ? HttpAnswer.empty() : HttpAnswer.refusal(errors, asWhole));
    }

    /// The first answer counts.
    void answer(HttpAnswer outgoing) {
        if (answered) {
            outgoing.discard();
            return;
        }
        answered = true;
        wantsGoAhead = false;
        answer = outgoing;
        owner.answered(outgoing);
    }

    @Override
    public boolean takeBack(Supplier<CallOrBatch> call) {
        HttpAnswer waiting = answer;
        if (waiting == null || waiting.rest() == null) return false;
        int size = waiting.body().readableBytes();
        waiting.body().release();
        waiting.rest().rest().abort();
        answer = null;
        again = call;
        owner.dropped(size);
        return true;
    }

    /// Whether its call is to be made again once its turn has come.
    boolean isTakenBack() {
        return again != null;
    }

    void askAgain() {
        Supplier<CallOrBatch> call = Objects.requireNonNull(again, "nothing is to be asked again");
        again = null;
        answered = false;
        deadline = System.nanoTime() + config.timeouts().call().toNanos();
        calls = call.get();
        calls.next();
    }

    boolean isAnswered() {
        return answered;
    }

    @Nullable
    HttpAnswer answer() {
        return answer;
    }

    /// The answer, whose ownership passes to the caller.
    @Nullable
    HttpAnswer takeAnswer() {
        HttpAnswer taken = answer;
        answer = null;
        return taken;
    }

    /// The connection cannot go on after the answer.
    void closes() {
        closes = true;
    }

    boolean isClosing() {
        return closes || !head.persistent();
    }

    /// The client waits for `100 Continue` before it sends its body.
    void wantsGoAhead(boolean wants) {
        wantsGoAhead = wants;
    }

    boolean wantsGoAhead() {
        return wantsGoAhead;
    }

    void abandon() {
        answered = true;
        if (answer != null) answer.discard();
        answer = null;
        again = null;
        if (calls != null) calls.abandon();
        over();
    }
}
