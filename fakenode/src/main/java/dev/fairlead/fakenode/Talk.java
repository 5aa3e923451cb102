package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Behaviour.BatchMissing;
import dev.fairlead.fakenode.Behaviour.BatchReversed;
import dev.fairlead.fakenode.Behaviour.BatchSingleError;
import dev.fairlead.fakenode.Behaviour.Batching;
import dev.fairlead.fakenode.Behaviour.Delivery;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.Behaviour.RateLimitedRpc;
import dev.fairlead.fakenode.Behaviour.Result;
import dev.fairlead.fakenode.Behaviour.Speech;
import dev.fairlead.fakenode.Message.Asked;
import dev.fairlead.fakenode.Message.Batch;
import dev.fairlead.fakenode.Message.Garbled;
import dev.fairlead.fakenode.Message.Single;
import dev.fairlead.fakenode.Received.Transport;
import dev.fairlead.fakenode.Said.Failure;
import dev.fairlead.fakenode.Said.Huge;
import dev.fairlead.fakenode.Said.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// From the text of a message to the text of its answer, as the script wants it. Knows nothing of connections.
record Talk(Script script, Calls calls) {
    interface Honest {
        Said answer(Received call);
    }

    /// Where a message came from. `honest` gives the answers that no behaviour replaces.
    record Caller(Transport transport, String path, Map<String, String> headers, Honest honest) {}

    /// An answer, and how it is to travel. The text is empty when only notifications were sent.
    record Answer(Reply reply, List<Delivery> deliveries) {}

    Answer answer(String text, Caller caller) {
        return switch (Message.parse(text)) {
            case Garbled _ -> new Answer(failure(-32700, "parse error"), List.of());
            case Single(var asked) -> single(asked, text, caller);
            case Batch(var asked) when asked.isEmpty() -> new Answer(failure(-32600, "empty batch"), List.of());
            case Batch(var asked) -> batch(asked, text, caller);
        };
    }

    private static Reply failure(int code, String message) {
        return Reply.wrapping(new Failure(code, message), "null", List.of());
    }

    private Answer single(Asked asked, String text, Caller caller) {
        Received call = received(asked, text, caller);
        Plan plan = Plan.of(script.behaviourFor(call.method()), call);
        Reply reply = reply(call, plan, caller);
        return new Answer(call.notification() ? Reply.of("") : reply, plan.deliveries());
    }

    private Answer batch(List<Asked> asked, String text, Caller caller) {
        var replies = new ArrayList<String>();
        var deliveries = new ArrayList<Delivery>();
        var batchings = new ArrayList<Batching>();
        for (Asked one : asked) {
            Received call = received(one, text, caller);
            Plan plan = Plan.of(script.behaviourFor(call.method()), call);
            Reply reply = reply(call, plan, caller);
            if (!call.notification()) {
                replies.add(reply.whole());
            }
            deliveries.addAll(plan.deliveries());
            batchings.addAll(plan.batchings());
        }
        return new Answer(
                assembled(replies, batchings), deliveries.stream().distinct().toList());
    }

    private static Reply assembled(List<String> replies, List<Batching> batchings) {
        List<String> order = replies;
        for (Batching batching : batchings.stream().distinct().toList()) {
            switch (batching) {
                case BatchSingleError(var code, var message) -> {
                    return failure(code, message);
                }
                case BatchReversed _ -> order = order.reversed();
                case BatchMissing(var missing) -> order = order.subList(0, Math.max(0, order.size() - missing));
            }
        }
        return Reply.of(replies.isEmpty() ? "" : order.stream().collect(Collectors.joining(",", "[", "]")));
    }

    private Received received(Asked asked, String text, Caller caller) {
        var call = new Received(
                asked.method(), asked.params(), asked.id(), caller.transport(), caller.path(), caller.headers(), text);
        calls.received(call);
        return call;
    }

    private static Reply reply(Received call, Plan plan, Caller caller) {
        Said said = plan.speeches().isEmpty()
                ? plan.acts() ? caller.honest().answer(call) : new Value("null")
                : spoken(plan.speeches().getLast());
        return Reply.wrapping(said, call.id(), plan.shapes());
    }

    private static Said spoken(Speech speech) {
        return switch (speech) {
            case Result(var rawJson) -> new Value(rawJson);
            case ErrorReply(var code, var message, var rawData) -> new Failure(code, message, rawData);
            case RateLimitedRpc(var message) -> new Failure(-32005, message);
            case HugeResult(var bytes) -> new Huge(bytes);
        };
    }
}
