package dev.fairlead.data.server;

import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer, in its place in the line of its connection.
final class Exchange {
    private final Line line;
    private final Asked asked;
    private final long serial;
    private final long startedAt;
    private final long deadline;
    private final MemoryShare heap;
    private long weight;
    private boolean hasRoom = true;
    private @Nullable Lease body;
    private @Nullable Work work;
    private @Nullable Outgoing answer;
    private boolean answered;
    private boolean closes;
    private boolean wantsGoAhead;

    /// @param serial unique in this process; a single call has it too
    /// @param heap which it takes from while it lasts
    Exchange(Line line, Asked asked, long serial, long startedAt, Duration timeout, MemoryShare heap) {
        this.line = line;
        this.asked = asked;
        this.serial = serial;
        this.startedAt = startedAt;
        this.deadline = startedAt + timeout.toNanos();
        this.heap = heap;
    }

    Asked asked() {
        return asked;
    }

    long serial() {
        return serial;
    }

    /// What the client calls the request, or else what we call it.
    String name() {
        return asked.requestId() == null ? Events.name(serial) : asked.requestId();
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

    void work(Work what) {
        work = what;
    }

    @Nullable
    Work work() {
        return work;
    }

    /// Whether its calls should have had their answers by now.
    boolean isLate(long now) {
        return now - deadline > 0 && isAwaited();
    }

    /// Whether calls of it wait for their answers.
    boolean isAwaited() {
        return work != null && (!answered || work.isAwaited());
    }

    /// Whether its client has much to read before this.
    boolean isBehind() {
        return line.isBehind();
    }

    /// More of its calls may be made.
    void goOn() {
        line.ask();
    }

    /// The first answer counts.
    void answer(Outgoing outgoing) {
        if (answered) {
            outgoing.discard();
            return;
        }
        answered = true;
        wantsGoAhead = false;
        answer = outgoing;
        line.answered(this);
    }

    boolean isAnswered() {
        return answered;
    }

    @Nullable
    Outgoing answer() {
        return answer;
    }

    /// Passes the answer's ownership on.
    @Nullable
    Outgoing takeAnswer() {
        Outgoing taken = answer;
        answer = null;
        return taken;
    }

    /// The connection cannot go on after the answer.
    void closes() {
        closes = true;
    }

    boolean isClosing() {
        return closes || !asked.persistent();
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
        if (work != null) work.abandon();
        over();
    }
}
