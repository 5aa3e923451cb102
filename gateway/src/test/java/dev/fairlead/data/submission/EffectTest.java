package dev.fairlead.data.submission;

import dev.fairlead.data.failover.Move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.data.routing.CallKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// One decision, two readers: what is proven of an objection says what is done about a signed transaction and about
/// whatever else must not be done twice.
class EffectTest {
    @Test
    void everyProofSaysHowLongASignedTransactionIsLookedFor() {
        assertThat(each(EffectTest::effect))
                .isEqualTo(Map.of(
                        Proof.INVALID, Effect.UNLIKELY,
                        Proof.VERDICT, Effect.POSSIBLE,
                        Proof.NOT_OFFERED, Effect.UNLIKELY,
                        Proof.TURNED_AWAY, Effect.UNLIKELY,
                        Proof.BARRED, Effect.UNLIKELY,
                        Proof.NONE, Effect.POSSIBLE,
                        Proof.LOST, Effect.LOST));
    }

    @Test
    void onlyAProofThatNothingWasDoneSendsACallThatMustNotBeDoneTwiceToAnotherNode() {
        assertThat(each(proof -> move(CallKind.ONCE, proof)))
                .isEqualTo(Map.of(
                        Proof.INVALID, "Stop",
                        Proof.VERDICT, "Stop",
                        Proof.NOT_OFFERED, "Elsewhere",
                        Proof.TURNED_AWAY, "Stop",
                        Proof.BARRED, "Stop",
                        Proof.NONE, "Stop",
                        Proof.LOST, "Stop"));
        assertThat(each(proof -> move(CallKind.SIGNED_PARTS, proof)))
                .isEqualTo(Map.of(
                        Proof.INVALID, "Stop",
                        Proof.VERDICT, "Stop",
                        Proof.NOT_OFFERED, "Elsewhere",
                        Proof.TURNED_AWAY, "Elsewhere",
                        Proof.BARRED, "Stop",
                        Proof.NONE, "Stop",
                        Proof.LOST, "Stop"));
    }

    private static <T> Map<Proof, T> each(Function<Proof, T> decided) {
        return Arrays.stream(Proof.values()).collect(Collectors.toMap(proof -> proof, decided));
    }

    private static Effect effect(Proof proof) {
        return Effect.of(declined(proof));
    }

    private static String move(CallKind kind, Proof proof) {
        return Move.after(kind, declined(proof), false).getClass().getSimpleName();
    }

    private static Declined declined(Proof proof) {
        return new Declined(ErrorMeaning.INTERNAL, 400, null, proof, Duration.ZERO, "HTTP 400");
    }
}
