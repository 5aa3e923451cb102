package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What has become of a call that must not be done twice, or that a node may have done although it did not say so. A
/// signed transaction is looked up before its client is told that nobody knows.
final class Submission {
    private static final long LOOK_UP = Duration.ofSeconds(2).toNanos();

    private final Lane lane;
    private final Call call;
    private final Method method;
    private final Errand errand;
    private final Passage passage;
    private boolean maybeDone;
    private @Nullable LookUp lookUp;
    private @Nullable Reply held;

    Submission(Lane lane, Call call, Method method, Errand errand, Passage passage) {
        this.lane = lane;
        this.call = call;
        this.method = method;
        this.errand = errand;
        this.passage = passage;
    }

    /// Whether a node may have acted on the call although no answer came.
    boolean isMaybeDone() {
        return maybeDone;
    }

    void maybeDone() {
        maybeDone = true;
    }

    /// A node objects to what another one may have accepted.
    void objected(String hash, Flight from, Reply objection) {
        held = objection;
        lookUp(hash, () -> giveHeld(from));
    }

    /// No further node is asked.
    void conclude() {
        if (errand instanceof Errand.Signed(var hash) && lookUp == null) {
            lookUp(hash, () -> passage.finish(Refusals.uncertain(hash)));
        } else {
            uncertain();
        }
    }

    void uncertain() {
        boolean sends = method.kind() == Method.Kind.SUBMISSION;
        passage.finish(
                Refusals.uncertain(sends ? TxHash.ofSubmission(call.request().params()) : null));
    }

    void cancel() {
        if (lookUp != null) lookUp.cancel();
    }

    void discard() {
        if (held != null) held.discard();
        held = null;
    }

    private void lookUp(String hash, Runnable notFound) {
        long until = lane.now() + Math.min(passage.left(), LOOK_UP);
        lookUp = new LookUp(lane, call, hash, until, found -> {
            if (found) passage.finish(Move.known(hash));
            else notFound.run();
        });
        lookUp.begin();
    }

    private void giveHeld(Flight from) {
        Reply objection = held;
        held = null;
        if (objection != null) passage.give(from, objection);
    }
}
