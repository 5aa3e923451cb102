package dev.fairlead.data.server;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;

/// A request that is one call. A notification is answered as soon as it is on its way, and goes on by itself.
final class SingleCall implements CallOrBatch, PendingCall.Receiver {
    private static final int NO_CONTENT = 204;

    private final HttpExchange exchange;
    private final LoopContext context;
    private final PendingCall call;
    private final Request request;
    private boolean asked;

    SingleCall(HttpExchange exchange, LoopContext context, Request request, CallFactory factory) {
        this.exchange = exchange;
        this.context = context;
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
        call.outlives(context);
        exchange.answer(HttpAnswer.empty());
    }

    @Override
    public void settle() {}

    @Override
    public void answered(PendingCall answered, Answer answer) {
        RpcAnswer said = bounded(RpcAnswer.of(request.id(), answer));
        if (request.isNotification()) {
            said.discard();
            answered.end(said, NO_CONTENT);
            exchange.answer(HttpAnswer.empty());
            return;
        }
        if (said.rest() == null) answered.end(said, said.status());
        exchange.answer(HttpAnswer.of(said, answered));
    }

    /// While memory is used up, a large answer is none, and neither is one that would wait behind others; but what must
    /// not be done twice was done.
    private RpcAnswer bounded(RpcAnswer said) {
        if (said.ending() != Ending.SERVED) return said;
        boolean large = said.rest() != null || said.body().readableBytes() > Lease.SMALL;
        if (!large && !call.call().method().repeatable()) return said;
        boolean refused = large
                ? context.direct().refusesLarge()
                : exchange.isBehind() && context.direct().isFull();
        if (!refused) return said;
        said.discard();
        return RpcAnswer.refused(request.id(), Uncertain.orElse(call.call(), Refusal.OVERLOADED, noMemory(context)));
    }

    static String noMemory(LoopContext context) {
        return "The memory for answers is in use (" + context.direct().most()
                + " bytes for all clients together); come again";
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
