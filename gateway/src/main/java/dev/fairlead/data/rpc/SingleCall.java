package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;

/// A message that is one call. A notification's request is answered as soon as its call has started, and the
/// call goes on by itself.
final class SingleCall extends PendingCall implements CallOrBatch {
    private static final int HTTP_NO_CONTENT = 204;

    private final Request request;
    private final boolean isNotification;
    private boolean asked;

    SingleCall(CallOrigin origin, Request request) {
        super(origin, origin.exchange().serial(), request);
        this.request = request;
        this.isNotification = request.isNotification();
    }

    private SingleCall(SingleCall before) {
        super(before);
        this.request = before.request;
        this.isNotification = false;
    }

    @Override
    public boolean hasMore() {
        return !asked;
    }

    @Override
    public void next() {
        asked = true;
        dispatch();
        if (!isNotification) return;
        outlives();
        exchange.answerNothing();
    }

    @Override
    public void settle() {}

    @Override
    void answered(Answer answer) {
        RpcAnswer said = bounded(RpcAnswer.of(request.id(), answer, call()));
        if (isNotification) {
            said.discard();
            end(said, HTTP_NO_CONTENT);
            exchange.answerNothing();
        } else if (said.rest() == null) {
            end(said, said.httpStatus());
            exchange.answer(said, null);
        } else {
            said.rest().onReclaim(() -> mayAskAgain() && exchange.takeBack(() -> new SingleCall(this)));
            exchange.answer(said, new AnswerRest(said.rest(), said.length(), completion(said)));
        }
    }

    /// While memory is used up, a large answer is replaced by a refusal, and so is one that would wait behind
    /// others; not the small answer to a call that must not be done twice.
    private RpcAnswer bounded(RpcAnswer said) {
        if (said.ending() != Ending.SERVED) return said;
        boolean large = said.rest() != null || said.body().readableBytes() > Lease.SMALL;
        boolean refused = large
                ? loop.direct().refusesLarge()
                : exchange.isBehind()
                        && loop.direct().isFull()
                        && call().method().repeatable();
        if (!refused) return said;
        said.discard();
        String detail = loop.noRoomForAnswers().detail();
        return RpcAnswer.refused(request.id(), Uncertain.orElse(call(), Refusal.OVERLOADED, detail), call());
    }

    @Override
    public void refuse(Refusal why, String detail) {
        asked = true;
        super.refuse(why, detail);
    }

    @Override
    public void abandon() {
        if (!asked || !isNotification) super.abandon();
    }
}
