package dev.fairlead.data.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome.Declined;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is proven of an objection says how long a signed transaction is looked for.
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

    private static <T> Map<Proof, T> each(Function<Proof, T> decided) {
        return Arrays.stream(Proof.values()).collect(Collectors.toMap(proof -> proof, decided));
    }

    private static Effect effect(Proof proof) {
        return Effect.of(declined(proof));
    }

    private static Declined declined(Proof proof) {
        return new Declined(ErrorMeaning.INTERNAL, 400, null, proof, Duration.ZERO, "HTTP 400");
    }
}
