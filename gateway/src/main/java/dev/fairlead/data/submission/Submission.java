package dev.fairlead.data.submission;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.failover.FailoverRun;
import dev.fairlead.data.failover.Move;
import dev.fairlead.data.failover.Refusals;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Uncertain;
import dev.fairlead.data.routing.CallKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What has become of a call that must not be done twice, or that a node may have done although it did not say so. A
/// signed transaction is looked up before its client is told that it was refused, or that nobody knows.
public final class Submission {
    private static final long LOOK_UP = Duration.ofSeconds(2).toNanos();
    private static final long SHORT_CHECK = Duration.ofMillis(500).toNanos();
    private static final int MOST_CHECKS = 3;

    private final LoopDispatch dispatch;
    private final Call call;
    private final CallKind kind;
    private final FailoverRun run;
    private Effect effect = Effect.NONE;
    /// The nodes that were sent a signed transaction and did not prove that they did not take it.
    private final Set<NodeId> takers = new LinkedHashSet<>();
    /// Instead of an answer, from the last attempt that may have done something.
    private String cameBack = "";
    private int checks;

    private @Nullable TransactionLookUp transactionLookUp;
    private @Nullable Reply held;

    public Submission(LoopDispatch dispatch, Call call, CallKind kind, FailoverRun run) {
        this.dispatch = dispatch;
        this.call = call;
        this.kind = kind;
        this.run = run;
    }

    /// Whether a node may well have acted on the call although it did not say so.
    public boolean isMaybeDone() {
        return effect.compareTo(Effect.UNLIKELY) > 0;
    }

    /// An attempt at that node may have done something.
    public void left(NodeId node, Effect possible, Outcome outcome) {
        if (mayHaveTaken(outcome)) takers.add(node);
        if (possible == Effect.UNLIKELY && isMaybeDone()) return;
        if (possible.compareTo(effect) > 0) effect = possible;
        if (isMaybeDone() && kind instanceof CallKind.Signed(var hash, var _)) run.sent(HexKey.ofHash(hash));
        cameBack = switch (outcome) {
            case Outcome.Declined declined -> declined.cause();
            case Outcome.Unanswered unanswered -> unanswered.cameBack();
            case Outcome.Answered _, Outcome.NotSent _ -> cameBack;
        };
    }

    private static boolean mayHaveTaken(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined ->
                declined.proof() != Proof.INVALID && declined.meaning() != ErrorMeaning.LOOP;
            case Outcome.NotSent _ -> false;
            case Outcome.Answered _, Outcome.Unanswered _ -> true;
        };
    }

    /// It is in, so the client gets what the method gives: the hash, or the receipt where a node has it already.
    ///
    /// @param by the node that has it, if known
    public void accepted(String hash, @Nullable NodeId by) {
        run.sent(HexKey.ofHash(hash));
        if (!(kind instanceof CallKind.Signed(var _, var receipt)) || !receipt) {
            run.finish(Move.known(hash));
            return;
        }
        transactionLookUp = TransactionLookUp.ofReceipt(dispatch, call, hash, until(), by, this::giveReceipt, () -> {
            run.finish(Refusals.accepted(hash));
        });
        transactionLookUp.begin();
    }

    /// A node objects to what it, or another one, may have accepted. Where no attempt was in doubt, the network has it
    /// at once or not at all. What is wrong with the bytes themselves no node has taken.
    public void objected(String hash, RunningAttempt from, Reply objection) {
        held = objection;
        RpcError error = Objects.requireNonNull(objection.error());
        boolean invalid = Proof.of(error) == Proof.INVALID;
        if (!invalid) takers.add(from.node().id());
        lookUp(hash, isMaybeDone(), until(), found -> {
            if (invalid || found == TransactionLookUp.Found.NOWHERE) giveHeld(from);
            else run.finish(Uncertain.ofHash(hash, error.brief()));
        });
    }

    /// Before the run waits to ask nodes again: one of them may have it.
    ///
    /// @param wait how long it would wait, in nanoseconds
    /// @param otherwise called when no node says that it has it
    /// @return whether nodes are asked
    public boolean checks(long wait, Runnable otherwise) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || takers.isEmpty() || checks == MOST_CHECKS) {
            return false;
        }
        checks++;
        long end = dispatch.now() + Math.min(run.left() / 2, Math.clamp(wait, SHORT_CHECK, LOOK_UP));
        lookUp(hash, false, end, _ -> {
            transactionLookUp = null;
            otherwise.run();
        });
        return true;
    }

    /// Every node turned it away. Where one has it all the same, its client is not told so, nor where one of them
    /// cannot say.
    public void turnedAway(Runnable refusal) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || transactionLookUp != null) {
            refusal.run();
            return;
        }
        lookUp(hash, false, until(), found -> {
            if (found == TransactionLookUp.Found.UNKNOWN && !takers.isEmpty())
                run.finish(Uncertain.ofHash(hash, cameBack));
            else refusal.run();
        });
    }

    /// No further node is asked.
    ///
    /// @param objection tells the client what the nodes objected, or null when they said nothing
    public void conclude(@Nullable Runnable objection) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || transactionLookUp != null) {
            uncertain(cameBack);
            return;
        }
        lookUp(hash, true, until(), found -> {
            if (objection != null && effect == Effect.POSSIBLE && found == TransactionLookUp.Found.NOWHERE)
                objection.run();
            else run.finish(Uncertain.ofHash(hash, cameBack));
        });
    }

    /// @param answer what came instead of an answer, or empty
    public void uncertain(String answer) {
        run.finish(Uncertain.of(call, answer));
    }

    public void cancel() {
        if (transactionLookUp != null) transactionLookUp.cancel();
    }

    public void discard() {
        if (held != null) held.discard();
        held = null;
    }

    private void lookUp(String hash, boolean patient, long until, Consumer<TransactionLookUp.Found> otherwise) {
        transactionLookUp = TransactionLookUp.ofHash(dispatch, call, hash, until, patient, takers, found -> {
            if (found == TransactionLookUp.Found.THERE) accepted(hash, null);
            else otherwise.accept(found);
        });
        transactionLookUp.begin();
    }

    /// Before the call's time is over, so that what came of it can be told.
    private long until() {
        return dispatch.now() + Math.min(run.left() * 3 / 4, LOOK_UP);
    }

    private void giveReceipt(RunningAttempt from, Reply receipt) {
        run.shows(from, receipt);
        run.give(from, receipt);
    }

    private void giveHeld(RunningAttempt from) {
        Reply objection = held;
        held = null;
        if (objection != null) run.give(from, objection);
    }
}
