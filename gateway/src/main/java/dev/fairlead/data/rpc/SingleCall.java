package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;

/// A request that is one call. A notification is answered as soon as it is on its way, and goes on by itself.
final class SingleCall implements CallOrBatch, PendingCall.Receiver {
    private static final int NO_CONTENT = 204;

    private final MessageExchange exchange;
    private final LoopCalls loop;
    private final PendingCall call;
    private final Request request;
    private boolean asked;

    SingleCall(MessageExchange exchange, LoopCalls loop, Request request, CallFactory factory) {
        this.exchange = exchange;
        this.loop = loop;
        this.request = request;
        this.call = factory.make(exchange.serial(), request, this);
    }

    @Override
    public boolean hasMore() {
        return !asked;
    }

    @Override
    public void next() {
        asked = true;
        call.dispatch();
        if (!request.isNotification()) return;
        call.outlives();
        exchange.answerNothing();
    }

    @Override
    public void settle() {}

    @Override
    public void answered(PendingCall answered, Answer answer) {
        RpcAnswer said = bounded(RpcAnswer.of(request.id(), answer));
        if (request.isNotification()) {
            said.discard();
            answered.end(said, NO_CONTENT);
            exchange.answerNothing();
            return;
        }
        if (said.rest() == null) answered.end(said, said.status());
        AnswerRest rest =
                said.rest() == null ? null : new AnswerRest(said.rest(), said.length(), answered.completion(said));
        exchange.answer(said, rest);
    }

    /// While memory is used up, a large answer is none, and neither is one that would wait behind others; but what must
    /// not be done twice was done.
    private RpcAnswer bounded(RpcAnswer said) {
        if (said.ending() != Ending.SERVED) return said;
        boolean large = said.rest() != null || said.body().readableBytes() > Lease.SMALL;
        if (!large && !call.call().method().repeatable()) return said;
        boolean refused = large
                ? loop.direct().refusesLarge()
                : exchange.isBehind() && loop.direct().isFull();
        if (!refused) return said;
        said.discard();
        return RpcAnswer.refused(
                request.id(),
                Uncertain.orElse(
                        call.call(), Refusal.OVERLOADED, loop.noRoomForAnswers().detail()));
    }

    @Override
    public void refuse(Refusal why, String detail) {
        asked = true;
        call.refuse(why, detail);
    }

    @Override
    public void abandon() {
        if (!asked || !request.isNotification()) call.abandon();
    }
}
