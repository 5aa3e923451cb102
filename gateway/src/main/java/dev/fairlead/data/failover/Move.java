package dev.fairlead.data.failover;

import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.submission.Effect;

/// What to do about a call after an attempt. Pure; [FailoverRun] obeys.
sealed interface Move {
    record Give(Reply reply) implements Move {}

    /// The node has the transaction already, so it is accepted: the client gets the hash or the receipt.
    record Accepted(String hash) implements Move {}

    /// A head or a count: whether it is good enough depends on what clients were told before.
    record Weigh(Reply reply) implements Move {}

    /// A node is asked once more, this one or another.
    sealed interface GoOn extends Move {
        /// What the attempt may have done at its node nevertheless.
        Effect effect();
    }

    record Next(Effect effect) implements GoOn {}

    /// The same node once more, over another connection: the one that was used had grown old.
    record Again(Effect effect) implements GoOn {}

    /// A node objects to a transaction that it, or another one, may have accepted: look it up before the objection goes
    /// back.
    record LookUp(String hash, Reply objection) implements Move {}

    /// The node did nothing, and the call must not be done twice: each of the other nodes is asked once.
    record Elsewhere() implements GoOn {
        @Override
        public Effect effect() {
            return Effect.NONE;
        }
    }

    /// The node judged the call: its error goes back to the client.
    record PassOn(RpcError error) implements Move {}

    /// It may have been done, and must not be done twice.
    ///
    /// @param cameBack what came instead of an answer, or empty
    record Stop(String cameBack) implements Move {}

    /// @param again whether the same node was asked again before
    static Move after(CallKind kind, Outcome outcome, boolean again) {
        return switch (kind) {
            case CallKind.Reading _, CallKind.Lookup _ -> reading(outcome, again);
            case CallKind.HeadNumber _, CallKind.HeadBlock _, CallKind.PendingCount _ -> head(outcome, again);
            case CallKind.Signed(var hash, var _) -> signed(hash, outcome, again);
            case CallKind.Once(var signed, var empty) -> once(signed, empty, outcome);
        };
    }

    private static Move reading(Outcome outcome, boolean again) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> new Give(reply);
            case Unanswered(var reason, var _) when reason == NoAnswerReason.STALE && !again -> new Again(Effect.NONE);
            case Declined _, Outcome.NotSent _, Unanswered _ -> new Next(Effect.NONE);
        };
    }

    private static Move head(Outcome outcome, boolean again) {
        return switch (outcome) {
            case Outcome.Answered(var reply) when reply.error() == null -> new Weigh(reply);
            case Outcome.Answered _, Declined _, Outcome.NotSent _, Unanswered _ -> reading(outcome, again);
        };
    }

    private static Move signed(String hash, Outcome outcome, boolean again) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> signedReply(hash, reply);
            case Declined declined -> {
                RpcError error = declined.error();
                if (error != null && NodeErrors.alreadyKnown(error)) yield new Accepted(hash);
                yield new Next(Effect.of(declined));
            }
            case Outcome.NotSent _ -> new Next(Effect.NONE);
            case Unanswered(var reason, var _) when reason == NoAnswerReason.STALE && !again -> new Again(Effect.LOST);
            case Unanswered _ -> new Next(Effect.LOST);
        };
    }

    /// "Already known" on the first attempt is success too: the client sends again what it sent before, and wants
    /// to know that it is in. For the same reason every other objection is checked: a transaction that was mined
    /// has used up its own nonce, and perhaps its sender's balance, which some nodes look at first.
    private static Move signedReply(String hash, Reply reply) {
        RpcError error = reply.error();
        if (error == null) return new Give(reply);
        if (!NodeErrors.alreadyKnown(error)) return new LookUp(hash, reply);
        reply.discard();
        return new Accepted(hash);
    }

    private static Move once(boolean signed, boolean empty, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(var reply) -> onceAnswered(reply, empty);
            case Declined declined -> onceDeclined(signed, declined);
            case Outcome.NotSent _ -> new Next(Effect.NONE);
            case Unanswered unanswered -> new Stop(unanswered.cameBack());
        };
    }

    /// An error that is the caller's for other methods proves little for a submission: `-32000 bad gateway`.
    private static Move onceAnswered(Reply reply, boolean empty) {
        RpcError error = reply.error();
        if (error == null || empty || Proof.of(error).isVerdict()) return new Give(reply);
        reply.discard();
        return new Stop(error.brief());
    }

    private static Move onceDeclined(boolean signed, Declined declined) {
        RpcError error = declined.error();
        return switch (declined.proof()) {
            case INVALID, VERDICT -> error == null ? new Stop(declined.cause()) : new PassOn(error);
            case NOT_OFFERED -> new Elsewhere();
            case TURNED_AWAY -> signed ? new Elsewhere() : new Stop(declined.cause());
            case BARRED, NONE, LOST -> new Stop(declined.cause());
        };
    }
}
