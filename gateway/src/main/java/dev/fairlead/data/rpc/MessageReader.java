package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Envelope.Malformed;
import dev.fairlead.core.jsonrpc.Envelope.Single;
import dev.fairlead.core.jsonrpc.Envelope.TooMany;
import dev.fairlead.core.jsonrpc.EnvelopeReader;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes calls of the messages of one connection.
public final class MessageReader {
    private final LoopCalls loop;
    private final InFlightLimit inFlight;
    private @Nullable ServerLimits lastLimits;
    private EnvelopeReader lastReader = new EnvelopeReader(0, 0);

    public MessageReader(LoopCalls loop, InFlightLimit inFlight) {
        this.loop = loop;
        this.inFlight = inFlight;
    }

    /// Never throws, whatever the bytes.
    ///
    /// @param bytes the message, from 0 to `size`; its calls keep them
    public Message read(MessageExchange exchange, byte[] bytes, int size, MessageSender caller, ServerLimits limits) {
        return switch (reader(limits).read(bytes, 0, size)) {
            case Single(var request) -> new SingleCall(origin(exchange, caller, exchange.requestId()), request);
            case Batch(var elements) -> batch(exchange, elements, caller, limits);
            case Malformed(var id, var error) ->
                new Message.Unfit(RpcAnswer.malformed(id, error, caller.client().errors()));
            case TooMany(var found, var limit) ->
                unfit(
                        caller,
                        new Refused(
                                Refusal.BATCH_TOO_LARGE,
                                "The batch has " + found + " calls, and " + limit + " are allowed; send several"));
        };
    }

    /// The limits change with the configuration only.
    @SuppressWarnings("ReferenceEquality")
    private EnvelopeReader reader(ServerLimits limits) {
        if (limits != lastLimits) {
            lastLimits = limits;
            lastReader = new EnvelopeReader(limits.nesting(), limits.batch(), loop.names());
        }
        return lastReader;
    }

    private Message batch(MessageExchange exchange, List<Element> elements, MessageSender caller, ServerLimits limits) {
        loop.events().batch(elements.size());
        if (!exchange.take((long) elements.size() * CallCosts.ELEMENT)) return unfit(caller, loop.noRoomForRequests());
        if (!hasRoomForAnswers(elements.size())) return unfit(caller, loop.noRoomForAnswers());
        CallOrigin origin = origin(exchange, caller, exchange.name());
        return new CallBatch(origin, elements, limits.batchReply());
    }

    /// Few bytes can ask for many answers, and their sender may not read them: without room for the answers,
    /// no call is made.
    private boolean hasRoomForAnswers(int elements) {
        boolean large = elements * CallCosts.ANSWER > Lease.SMALL;
        return large ? !loop.direct().refusesLarge() : !loop.direct().isFull();
    }

    private static Message unfit(MessageSender caller, Refused refused) {
        return new Message.Unfit(RpcAnswer.refused(refused, caller.client().errors()));
    }

    private CallOrigin origin(MessageExchange exchange, MessageSender caller, @Nullable String requestId) {
        return switch (caller) {
            case MessageSender.LetIn(var client, ChainOfPath.Found(var chain)) ->
                new CallOrigin(loop, loop.next(), chain, client, requestId, inFlight, exchange);
            case MessageSender.LetIn(var client, ChainOfPath.None(var refused)) ->
                refusing(exchange, client, refused, requestId);
            case MessageSender.KeptOut(var client, var refused) -> refusing(exchange, client, refused, requestId);
        };
    }

    private CallOrigin refusing(MessageExchange exchange, Client client, Refused refused, @Nullable String requestId) {
        Next refusing = (_, back) -> back.accept(refused);
        return new CallOrigin(loop, refusing, "", client, requestId, inFlight, exchange);
    }
}
