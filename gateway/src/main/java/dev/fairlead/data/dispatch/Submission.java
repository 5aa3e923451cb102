package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Uncertain;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What has become of a call that must not be done twice, or that a node may have done although it did not say so. A
/// signed transaction is looked up before its client is told that it was refused, or that nobody knows.
final class Submission {
    private static final long LOOK_UP = Duration.ofSeconds(2).toNanos();
    private static final long SHORT_CHECK = Duration.ofMillis(500).toNanos();
    private static final int MOST_CHECKS = 3;

    private final Lane lane;
    private final Call call;
    private final Errand errand;
    private final Passage passage;
    private Effect effect = Effect.NONE;
    /// The nodes that were sent a signed transaction and did not prove that they did not take it.
    private final Set<NodeId> takers = new LinkedHashSet<>();
    /// Instead of an answer, from the last attempt that may have done something.
    private String cameBack = "";
    private int checks;

    private @Nullable LookUp lookUp;
    private @Nullable Reply held;

    Submission(Lane lane, Call call, Errand errand, Passage passage) {
        this.lane = lane;
        this.call = call;
        this.errand = errand;
        this.passage = passage;
    }

    /// Whether a node may well have acted on the call although it did not say so.
    boolean isMaybeDone() {
        return effect.compareTo(Effect.UNLIKELY) > 0;
    }

    /// An attempt at that node may have done something.
    void left(NodeId node, Effect possible, Outcome outcome) {
        if (mayHaveTaken(outcome)) takers.add(node);
        if (possible == Effect.UNLIKELY && isMaybeDone()) return;
        if (possible.compareTo(effect) > 0) effect = possible;
        if (isMaybeDone() && errand instanceof Errand.Signed(var hash, var _)) passage.sent(HexKey.ofHash(hash));
        cameBack = switch (outcome) {
            case Outcome.Declined declined -> declined.cause();
            case Outcome.Unanswered unanswered -> unanswered.cameBack();
            case Outcome.Answered _, Outcome.NotSent _ -> cameBack;
        };
    }

    private static boolean mayHaveTaken(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined declined ->
                declined.proof() != Proof.INVALID && declined.complaint() != Complaint.LOOP;
            case Outcome.NotSent _ -> false;
            case Outcome.Answered _, Outcome.Unanswered _ -> true;
        };
    }

    /// It is in, so the client gets what the method gives: the hash, or the receipt where a node has it already.
    ///
    /// @param by the node that has it, if known
    void accepted(String hash, @Nullable NodeId by) {
        passage.sent(HexKey.ofHash(hash));
        if (!(errand instanceof Errand.Signed(var _, var receipt)) || !receipt) {
            passage.finish(Move.known(hash));
            return;
        }
        lookUp = LookUp.ofReceipt(lane, call, hash, until(), by, this::giveReceipt, () -> {
            passage.finish(Refusals.accepted(hash));
        });
        lookUp.begin();
    }

    /// A node objects to what it, or another one, may have accepted. Where no attempt was in doubt, the network has it
    /// at once or not at all. What is wrong with the bytes themselves no node has taken.
    void objected(String hash, Flight from, Reply objection) {
        held = objection;
        RpcError error = Objects.requireNonNull(objection.error());
        boolean invalid = Proof.of(error) == Proof.INVALID;
        if (!invalid) takers.add(from.node().id());
        lookUp(hash, isMaybeDone(), until(), found -> {
            if (invalid || found == LookUp.Found.NOWHERE) giveHeld(from);
            else passage.finish(Uncertain.ofHash(hash, error.brief()));
        });
    }

    /// Before the passage waits to ask nodes again: one of them may have it.
    ///
    /// @param wait how long it would wait, in nanoseconds
    /// @param otherwise called when no node says that it has it
    /// @return whether nodes are asked
    boolean checks(long wait, Runnable otherwise) {
        if (!(errand instanceof Errand.Signed(var hash, var _)) || takers.isEmpty() || checks == MOST_CHECKS) {
            return false;
        }
        checks++;
        long end = lane.now() + Math.min(passage.left() / 2, Math.clamp(wait, SHORT_CHECK, LOOK_UP));
        lookUp(hash, false, end, _ -> {
            lookUp = null;
            otherwise.run();
        });
        return true;
    }

    /// Every node turned it away. Where one has it all the same, its client is not told so, nor where one of them
    /// cannot say.
    void turnedAway(Runnable refusal) {
        if (!(errand instanceof Errand.Signed(var hash, var _)) || lookUp != null) {
            refusal.run();
            return;
        }
        lookUp(hash, false, until(), found -> {
            if (found == LookUp.Found.UNKNOWN && !takers.isEmpty()) passage.finish(Uncertain.ofHash(hash, cameBack));
            else refusal.run();
        });
    }

    /// No further node is asked.
    ///
    /// @param objection tells the client what the nodes objected, or null when they said nothing
    void conclude(@Nullable Runnable objection) {
        if (!(errand instanceof Errand.Signed(var hash, var _)) || lookUp != null) {
            uncertain(cameBack);
            return;
        }
        lookUp(hash, true, until(), found -> {
            if (objection != null && effect == Effect.POSSIBLE && found == LookUp.Found.NOWHERE) objection.run();
            else passage.finish(Uncertain.ofHash(hash, cameBack));
        });
    }

    /// @param answer what came instead of an answer, or empty
    void uncertain(String answer) {
        passage.finish(Uncertain.of(call, answer));
    }

    void cancel() {
        if (lookUp != null) lookUp.cancel();
    }

    void discard() {
        if (held != null) held.discard();
        held = null;
    }

    private void lookUp(String hash, boolean patient, long until, Consumer<LookUp.Found> otherwise) {
        lookUp = LookUp.ofHash(lane, call, hash, until, patient, takers, found -> {
            if (found == LookUp.Found.THERE) accepted(hash, null);
            else otherwise.accept(found);
        });
        lookUp.begin();
    }

    /// Before the call's time is over, so that what came of it can be told.
    private long until() {
        return lane.now() + Math.min(passage.left() * 3 / 4, LOOK_UP);
    }

    private void giveReceipt(Flight from, Reply receipt) {
        passage.shows(from, receipt);
        passage.give(from, receipt);
    }

    private void giveHeld(Flight from) {
        Reply objection = held;
        held = null;
        if (objection != null) passage.give(from, objection);
    }
}
