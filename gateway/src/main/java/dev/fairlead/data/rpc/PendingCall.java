package dev.fairlead.data.rpc;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call between the stages and its client. It is answered once: by the stages, its deadline or a fault,
/// whichever comes first. Its event is told once, when its last byte is ready or its client is gone.
///
/// ```
///   dispatch ──▶ asked ──▶ answered ──▶ over
///                  └──── abandoned ──────▲
/// ```
abstract class PendingCall implements Consumer<Answer>, TimeoutSweep.Watched {
    private static final int HTTP_OK = 200;
    private static final String CLIENT_LEFT = "client-went-away";
    /// The status that nginx logs for a client that went away.
    private static final int HTTP_CLIENT_WENT_AWAY = 499;
    /// A client that reads lets a reply be asked for twice at the most: it is asked again when its turn has come.
    private static final int MOST_ASKED = 4;

    final MessageExchange exchange;
    final LoopCalls loop;
    private final CallOrigin origin;
    private final Call call;
    private final @Nullable Lease body;
    private final int timesAsked;
    private @Nullable MemoryShare heap;
    private boolean placed;
    private boolean answered;
    private boolean over;

    PendingCall(CallOrigin origin, long serial, Request request) {
        this.exchange = origin.exchange();
        this.loop = origin.loop();
        this.origin = origin;
        this.call = origin.call(serial, request);
        Lease held = exchange.body();
        this.body = held == null ? null : held.hold();
        this.timesAsked = 1;
    }

    /// The same call once more, in its place: the answer that came before is not given.
    PendingCall(PendingCall before) {
        this.exchange = before.exchange;
        this.loop = before.loop;
        this.origin = before.origin;
        this.call = origin.again(before.call, System.nanoTime());
        this.body = before.body;
        this.heap = before.heap;
        this.timesAsked = before.timesAsked + 1;
        before.over = true;
    }

    /// Whether it may be asked again if its answer is lost before any of it has left.
    boolean mayAskAgain() {
        return call.method().repeatable() && timesAsked < MOST_ASKED;
    }

    boolean isAskedAgain() {
        return timesAsked > 1;
    }

    /// Called once, unless the call is abandoned.
    abstract void answered(Answer answer);

    Call call() {
        return call;
    }

    /// Its name in log lines, and in the `X-Request-Id` header for a client that gave none.
    String name() {
        return Events.name(call.serial());
    }

    /// Sends the call to the stages. A place was taken for it, which is given back when the call is over.
    void dispatch() {
        placed = true;
        try {
            origin.next().take(call, this);
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
        answered(answer);
    }

    /// Answers in place of the stages, which are told to stop.
    public void refuse(Refusal why, String detail) {
        if (answered) return;
        answered = true;
        call.abandon();
        answered(Uncertain.orElse(call, why, detail));
    }

    /// The client does not wait for the answer any more.
    public void abandon() {
        if (over) return;
        if (!answered) call.abandon();
        answered = true;
        call.refusedFor(CLIENT_LEFT);
        end(Ending.REFUSED, 0, "the client went away", null, HTTP_CLIENT_WENT_AWAY, System.nanoTime());
    }

    /// For an answer that is whole.
    void end(RpcAnswer said, int httpStatus) {
        long known = call.answeredAt();
        end(
                said.ending(),
                said.code(),
                said.message(),
                said.refusal(),
                httpStatus,
                known == 0 ? System.nanoTime() : known);
    }

    /// For an answer that is streamed.
    AnswerRest.Completion completion(RpcAnswer said) {
        return new AnswerRest.Completion() {
            @Override
            public void whole() {
                end(said.ending(), said.code(), said.message(), said.refusal(), said.httpStatus(), System.nanoTime());
            }

            @Override
            public void brokenOff(String cause) {
                cut(Refusal.NODES_FAILED, cause);
            }

            @Override
            public void abandoned() {
                abandon();
            }
        };
    }

    /// Ends an answer that is already on its way to the client.
    void cut(Refusal why, String cause) {
        if (over) return;
        if (!answered) call.abandon();
        answered = true;
        end(Ending.FAILED, why.code(), "the reply broke off: " + cause, why, HTTP_OK, System.nanoTime());
    }

    private void end(
            Ending ending, int code, @Nullable String message, @Nullable Refusal refusal, int httpStatus, long now) {
        if (over) return;
        over = true;
        if (refusal != null) call.refusedFor(refusal.word());
        if (body != null) body.letGo();
        if (heap != null) heap.give(CallCosts.CALL);
        if (placed) origin.inFlight().free();
        loop.events().callEnded(call.ended(origin.requestId(), ending, code, message, httpStatus, now));
    }

    /// The call may outlive its exchange, as a notification does.
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
}
