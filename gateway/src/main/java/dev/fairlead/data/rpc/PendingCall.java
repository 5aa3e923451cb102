package dev.fairlead.data.rpc;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call between the way and the wire. It is answered once, by whoever is first: the way, its deadline, or a fault;
/// and it is told of once, when its last byte is ready or its client is gone.
///
/// ```
///   dispatch ──▶ asked ──▶ answered ──▶ over
///                  └──── abandoned ──────▲
/// ```
final class PendingCall implements Consumer<Answer>, TimeoutSweep.Watched {
    /// What nginx made the custom for a client that did not wait.
    private static final int CLIENT_WENT_AWAY = 499;

    private final LoopCalls loop;
    private final Next next;
    private final Call call;
    private final @Nullable String requestId;
    private final InFlightLimit limit;
    private final @Nullable Lease body;
    private final Receiver receiver;
    private @Nullable MemoryShare heap;
    private boolean placed;
    private boolean answered;
    private boolean over;

    /// @param requestId what the client calls it, or null
    PendingCall(
            LoopCalls loop,
            Next next,
            Call call,
            @Nullable String requestId,
            InFlightLimit limit,
            @Nullable Lease body,
            Receiver receiver) {
        this.loop = loop;
        this.next = next;
        this.call = call;
        this.requestId = requestId;
        this.limit = limit;
        this.body = body == null ? null : body.hold();
        this.receiver = receiver;
    }

    Call call() {
        return call;
    }

    /// As it stands in log lines, and in the `X-Request-Id` header of a client that gave none.
    String name() {
        return Events.name(call.serial());
    }

    /// Sends the call on its way. A place was taken for it; it is given back when the call is over.
    void dispatch() {
        placed = true;
        try {
            next.take(call, this);
        } catch (RuntimeException | Error bug) {
            String doing =
                    "call " + name() + " (" + MethodTable.label(call.request().method()) + ") met a fault";
            loop.faults().fault(Part.CLIENTS, doing, bug);
            refuse(Refusal.INTERNAL, "An unexpected fault; the gateway's log tells more of call " + name());
        }
    }

    @Override
    public void accept(Answer answer) {
        if (answered) {
            if (answer instanceof Served(var reply)) reply.discard();
            return;
        }
        answered = true;
        receiver.answered(this, answer);
    }

    /// Answers in place of the way, which is told to stop.
    void refuse(Refusal why, String detail) {
        if (answered) return;
        answered = true;
        call.abandon();
        receiver.answered(this, Uncertain.orElse(call, why, detail));
    }

    /// Nobody waits for the answer any more.
    void abandon() {
        if (over) return;
        if (!answered) call.abandon();
        answered = true;
        end(Ending.REFUSED, 0, "the client went away", CLIENT_WENT_AWAY, System.nanoTime());
    }

    /// For an answer that is whole.
    void end(RpcAnswer said, int status) {
        long known = call.answeredAt();
        end(said, status, known == 0 ? System.nanoTime() : known);
    }

    private void end(RpcAnswer said, int status, long now) {
        end(said.ending(), said.code(), said.message(), status, now);
    }

    /// For an answer that is streamed.
    AnswerRest.Completion completion(RpcAnswer said) {
        return new AnswerRest.Completion() {
            @Override
            public void whole() {
                end(said, said.status(), System.nanoTime());
            }

            @Override
            public void brokenOff(String cause) {
                cut(cause);
            }

            @Override
            public void abandoned() {
                abandon();
            }
        };
    }

    /// The node broke off in the middle of what was already on its way to the client.
    void cut(String cause) {
        end(Ending.FAILED, Refusal.NODES_FAILED.code(), "the reply broke off: " + cause, 200, System.nanoTime());
    }

    private void end(Ending ending, int code, @Nullable String message, int status, long now) {
        if (over) return;
        over = true;
        if (body != null) body.letGo();
        if (heap != null) heap.give(CallCosts.CALL);
        if (placed) limit.free();
        loop.events()
                .callEnded(new CallEnded(
                        call.serial(),
                        requestId,
                        call.chain(),
                        call.request().method(),
                        ending,
                        call.servedBy(),
                        call.attempts(),
                        call.lookUps(),
                        code,
                        message,
                        status,
                        now - call.startedAt(),
                        call.client().address(),
                        call.client().origin(),
                        ending == Ending.SERVED ? null : digest(call.request().params())));
    }

    /// FNV-1a: recognises equal params, shows nothing of them.
    private static String digest(Slice params) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < params.size(); i++) hash = (hash ^ (params.at(i) & 0xff)) * 0x100000001b3L;
        return Long.toHexString(hash);
    }

    /// It may outlive its exchange, as a notification does.
    void outlives() {
        if (over) return;
        heap = loop.heap();
        heap.add(CallCosts.CALL);
        loop.sweep().watch(this);
    }

    @Override
    public boolean look(long now) {
        if (!over && now - call.deadline() > 0) refuse(Refusal.DEADLINE, "No answer before the deadline");
        return !over;
    }

    @Override
    public void giveUp() {
        refuse(Refusal.SHUTTING_DOWN, "The gateway is shutting down");
    }

    interface Receiver {
        /// Called once, unless the call is abandoned.
        void answered(PendingCall call, Answer answer);
    }
}
