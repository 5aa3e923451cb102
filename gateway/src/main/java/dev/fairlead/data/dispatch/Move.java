package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Answer;

/// What to do about a call after an attempt. Pure; [Passage] obeys.
sealed interface Move {
    record Give(Reply reply) implements Move {}

    /// The node has the transaction already, so it is accepted: the client gets its hash.
    record Accepted(String hash) implements Move {}

    /// A head or a count: whether it is good enough depends on what clients were told before.
    record Weigh(Reply reply) implements Move {}

    /// @param maybeDone whether this node may have acted on the call all the same
    record Next(boolean maybeDone) implements Move {}

    /// A node objects to a transaction that another one may have accepted: look it up before the objection goes back.
    record LookUp(String hash, Reply objection) implements Move {}

    /// It may have been done, and must not be done twice.
    record Stop() implements Move {}

    Move NEXT = new Next(false);
    Move NEXT_MAYBE_DONE = new Next(true);
    Move STOP = new Stop();

    /// @param maybeDone whether an earlier attempt may have been acted on
    static Move after(Errand errand, Outcome outcome, boolean maybeDone) {
        return switch (errand) {
            case Errand.Reading _, Errand.Lookup _ -> reading(outcome);
            case Errand.HeadNumber _, Errand.HeadBlock _, Errand.PendingCount _ -> head(outcome);
            case Errand.Signed(var hash) -> signed(hash, outcome, maybeDone);
            case Errand.Once _ -> once(outcome);
        };
    }

    static Answer known(String hash) {
        return new Answer.Known(Slice.of('"' + hash + '"'));
    }

    private static Move reading(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> new Give(reply);
            case Outcome.Declined _, Outcome.NotSent _, Outcome.Unanswered _ -> NEXT;
        };
    }

    private static Move head(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(var reply) when reply.error() == null -> new Weigh(reply);
            case Outcome.Answered _, Outcome.Declined _, Outcome.NotSent _, Outcome.Unanswered _ -> reading(outcome);
        };
    }

    private static Move signed(String hash, Outcome outcome, boolean maybeDone) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> signedReply(hash, reply, maybeDone);
            case Outcome.Declined declined -> {
                RpcError error = declined.error();
                if (error != null && NodeErrors.alreadyKnown(error)) yield new Accepted(hash);
                yield declined.mayHaveActed() ? NEXT_MAYBE_DONE : NEXT;
            }
            case Outcome.NotSent _ -> NEXT;
            case Outcome.Unanswered _ -> NEXT_MAYBE_DONE;
        };
    }

    /// "Already known" on the first attempt is success too: the client sends again what it sent before, perhaps through
    /// another gateway, and wants to know that it is in.
    private static Move signedReply(String hash, Reply reply, boolean maybeDone) {
        RpcError error = reply.error();
        if (error == null) return new Give(reply);
        if (NodeErrors.alreadyKnown(error)) {
            reply.discard();
            return new Accepted(hash);
        }
        return maybeDone ? new LookUp(hash, reply) : new Give(reply);
    }

    private static Move once(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> new Give(reply);
            case Outcome.Declined declined -> declined.mayHaveActed() ? STOP : NEXT;
            case Outcome.NotSent _ -> NEXT;
            case Outcome.Unanswered _ -> STOP;
        };
    }
}
