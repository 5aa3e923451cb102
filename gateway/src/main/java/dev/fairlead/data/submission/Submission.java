package dev.fairlead.data.submission;

import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Uncertain;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.shown.HeadFloor;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows a call that must not be done twice, or that a node may have done without confirming it. A signed
/// transaction is looked up before its client is told that it was refused or that its fate is unknown.
/// [SubmissionState] decides what the client is told.
public final class Submission {
    private final LoopDispatch dispatch;
    private final Call call;
    private final CallKind kind;
    private final HeadFloor floor;
    private final SubmissionClient client;
    private SubmissionState state = SubmissionState.NONE;
    private @Nullable TransactionLookUp lookUp;
    private @Nullable Reply objection;

    public Submission(LoopDispatch dispatch, Call call, CallKind kind, HeadFloor floor, SubmissionClient client) {
        this.dispatch = dispatch;
        this.call = call;
        this.kind = kind;
        this.floor = floor;
        this.client = client;
    }

    /// Notes that there may well be such a transaction now.
    ///
    /// @param key [HexKey] of its hash
    public static void sent(HeadFloor floor, long key) {
        floor.hashes().pending(key, floor.newestKnown());
    }

    /// Whether a node may well have acted on the call without confirming it.
    public boolean isMaybeDone() {
        return state.isMaybeDone();
    }

    /// An attempt at that node ended, and may have done something.
    public void attempted(NodeId node, Effect possible, Outcome outcome) {
        boolean isRepeated = possible == Effect.UNLIKELY && state.isMaybeDone();
        state = state.after(node, possible, outcome);
        if (!isRepeated && state.isMaybeDone() && kind instanceof CallKind.Signed(var hash, var _)) sent(hash);
    }

    /// The transaction is accepted, so the client gets what the method gives: the hash, or the receipt where a
    /// node has it already.
    ///
    /// @param by the node that has it, if known
    public void accepted(String hash, @Nullable NodeId by) {
        sent(hash);
        if (!(kind instanceof CallKind.Signed(var _, var receipt)) || !receipt) {
            client.finish(new Answer.Known(Slice.of('"' + hash + '"')));
            return;
        }
        lookUp = TransactionLookUp.ofReceipt(
                dispatch, call, hash, until(), by, client::noteAndServe, () -> client.finish(withoutReceipt(hash)));
        lookUp.begin();
    }

    /// A node objects to a transaction that it, or another one, may have accepted. Where no attempt was in
    /// doubt, the network has the transaction at once or not at all.
    ///
    /// @param reply taken over
    public void objected(String hash, RunningAttempt from, Reply reply) {
        objection = reply;
        RpcError error = Objects.requireNonNull(reply.error());
        boolean isInvalid = Proof.of(error) == Proof.INVALID;
        if (!isInvalid) state = state.objected(from.node().id());
        lookUp(hash, isMaybeDone(), until(), found -> {
            switch (SubmissionState.afterObjection(isInvalid, found)) {
                case ACCEPTED -> accepted(hash, null);
                case OBJECTION -> giveObjection(from);
                case UNCERTAIN -> client.finish(Uncertain.ofHash(hash, error.brief()));
            }
        });
    }

    /// Looks the transaction up before the call waits to ask nodes again: one of them may have it.
    ///
    /// @param wait how long it would wait, in nanoseconds
    /// @param otherwise called when no node says that it has it
    /// @return whether nodes are asked
    public boolean checks(long wait, Runnable otherwise) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || !state.isChecked()) return false;
        state = state.checked();
        long now = dispatch.now();
        lookUp(hash, false, now + SubmissionState.checkTime(call.deadline() - now, wait), found -> {
            if (found == LookUpResult.THERE) {
                accepted(hash, null);
                return;
            }
            lookUp = null;
            otherwise.run();
        });
        return true;
    }

    /// Every node turned it away.
    ///
    /// @param refusal tells the client so
    public void turnedAway(Runnable refusal) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || lookUp != null) {
            refusal.run();
            return;
        }
        lookUp(hash, false, until(), found -> tell(state.afterTurnedAway(found), hash, refusal));
    }

    /// The call goes to no further node, and one may have done it.
    ///
    /// @param refusal tells the client what the nodes objected, or null when they said nothing
    public void conclude(@Nullable Runnable refusal) {
        if (!(kind instanceof CallKind.Signed(var hash, var _)) || lookUp != null) {
            uncertain(state.cameBack());
            return;
        }
        Runnable told = refusal == null ? () -> {} : refusal;
        lookUp(hash, true, until(), found -> tell(state.afterDoubt(refusal != null, found), hash, told));
    }

    /// @param answer what came instead of an answer, or empty
    public void uncertain(String answer) {
        client.finish(Uncertain.of(call, answer));
    }

    public void cancel() {
        if (lookUp != null) lookUp.cancel();
    }

    public void discard() {
        if (objection != null) objection.discard();
        objection = null;
    }

    private void tell(SubmissionState.Ending ending, String hash, Runnable refusal) {
        switch (ending) {
            case ACCEPTED -> accepted(hash, null);
            case OBJECTION -> refusal.run();
            case UNCERTAIN -> client.finish(Uncertain.ofHash(hash, state.cameBack()));
        }
    }

    private void lookUp(String hash, boolean patient, long until, Consumer<LookUpResult> found) {
        lookUp = TransactionLookUp.ofHash(dispatch, call, hash, until, patient, state.takers(), found);
        lookUp.begin();
    }

    private long until() {
        long now = dispatch.now();
        return now + SubmissionState.lookUpTime(call.deadline() - now);
    }

    private void sent(String hash) {
        sent(floor, HexKey.ofHash(hash));
    }

    private void giveObjection(RunningAttempt from) {
        Reply reply = objection;
        objection = null;
        if (reply != null) client.noteAndServe(from, reply);
    }

    /// For a method that is answered with the receipt.
    private static Refused withoutReceipt(String hash) {
        return new Refused(
                Refusal.UNCERTAIN,
                "transaction " + hash + " was accepted, but no node had its receipt in time; ask"
                        + " eth_getTransactionReceipt for it, and do not sign it anew",
                Uncertain.transaction(hash),
                Duration.ZERO);
    }
}
