package dev.fairlead.data.server;

import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer, in its place in the line of its connection.
final class HttpExchange {
    private final ResponseOrderer responses;
    private final RequestHead head;
    private final long serial;
    private final long startedAt;
    private final long deadline;
    private final MemoryShare heap;
    private long weight;
    private boolean hasRoom = true;
    private @Nullable Lease body;
    private @Nullable CallOrBatch calls;
    private @Nullable HttpAnswer answer;
    private boolean answered;
    private boolean closes;
    private boolean wantsGoAhead;

    /// @param serial unique in this process; a single call has it too
    /// @param heap which it takes from while it lasts
    HttpExchange(
            ResponseOrderer responses,
            RequestHead head,
            long serial,
            long startedAt,
            Duration timeout,
            MemoryShare heap) {
        this.responses = responses;
        this.head = head;
        this.serial = serial;
        this.startedAt = startedAt;
        this.deadline = startedAt + timeout.toNanos();
        this.heap = heap;
    }

    RequestHead head() {
        return head;
    }

    long serial() {
        return serial;
    }

    /// What the client calls the request, or else what we call it.
    String name() {
        return head.requestId() == null ? Events.name(serial) : head.requestId();
    }

    long startedAt() {
        return startedAt;
    }

    long deadline() {
        return deadline;
    }

    /// It is to take so many bytes more of the heap.
    ///
    /// @return false when there is no room for them; nothing is taken then
    boolean take(long bytes) {
        boolean room = bytes <= Lease.SMALL ? heap.takeSmall(bytes) : heap.take(bytes);
        if (room) weight += bytes;
        return room;
    }

    /// It takes so many bytes more, which are there already.
    void add(long bytes) {
        heap.change(weight, weight + bytes);
        weight += bytes;
    }

    /// Whether there was room for it.
    boolean hasRoom() {
        return hasRoom;
    }

    void hasNoRoom() {
        hasRoom = false;
    }

    /// What the request's body takes as long as the exchange lasts.
    void body(Lease lease) {
        body = lease;
    }

    @Nullable
    Lease body() {
        return body;
    }

    /// The answer is written.
    void over() {
        if (body != null) body.letGo();
        body = null;
        heap.give(weight);
        weight = 0;
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

    /// Whether calls of it wait for their answers.
    boolean isAwaited() {
        return calls != null && (!answered || calls.isAwaited());
    }

    /// Whether its client has much to read before this.
    boolean isBehind() {
        return responses.isBehind();
    }

    /// More of its calls may be made.
    void goOn() {
        responses.ask();
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
        responses.answered(this);
    }

    boolean isAnswered() {
        return answered;
    }

    @Nullable
    HttpAnswer answer() {
        return answer;
    }

    /// Passes the answer's ownership on.
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
        if (calls != null) calls.abandon();
        over();
    }
}
