package dev.fairlead.data.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.reply.Outcome.Declined;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What it means for a node that it declined a call; times in seconds.
class DeclinedEffectTest {
    @ParameterizedTest
    @CsvSource({
        "INTERNAL, NONE, 0, DOUBT, 0, 0, false",
        "INTERNAL, NONE, 7, DOUBT, 7, 0, false",
        "OVERLOADED, NONE, 90, DOUBT, 60, 0, false",
        "RATE_LIMITED, TURNED_AWAY, 0, WORKS, 1, 0, false",
        "RATE_LIMITED, TURNED_AWAY, 7, WORKS, 7, 0, false",
        "RATE_LIMITED, TURNED_AWAY, 3600, WORKS, 60, 0, false",
        "UNAUTHORIZED, BARRED, 0, WORKS, 10, 0, false",
        "UNSUPPORTED, NOT_OFFERED, 0, WORKS, 0, 600, false",
        "UNSUPPORTED, NONE, 0, WORKS, 0, 0, false",
        "LOOP, NONE, 0, LOOP, 0, 0, false",
        "PRUNED, NONE, 0, WORKS, 0, 0, true",
        "HEAD_NOT_THERE, NONE, 0, WORKS, 0, 0, true",
        "RANGE_CAPPED, NONE, 0, WORKS, 0, 0, true",
        "CALLERS, VERDICT, 0, WORKS, 0, 0, false",
        "UNCLEAR, NONE, 0, WORKS, 0, 0, false",
    })
    void byWhatItSaid(
            ErrorMeaning meaning,
            Proof proof,
            long retryAfter,
            DeclinedEffect.Shows shows,
            long spared,
            long lacking,
            boolean offers) {
        var error = new RpcError(-32000, "no");
        var declined = new Declined(meaning, 200, error, proof, Duration.ofSeconds(retryAfter), "no");

        assertThat(DeclinedEffect.of(declined))
                .isEqualTo(new DeclinedEffect(shows, Duration.ofSeconds(spared), Duration.ofSeconds(lacking), offers));
    }

    @ParameterizedTest
    @CsvSource({"404", "405"})
    void aPathThatSpeaksNoJsonRpcIsLackedForAMomentAndShowsNothing(int status) {
        var declined = new Declined(ErrorMeaning.UNSUPPORTED, status, null, Proof.NONE, Duration.ZERO, "HTTP");

        assertThat(DeclinedEffect.of(declined))
                .isEqualTo(
                        new DeclinedEffect(DeclinedEffect.Shows.NOTHING, Duration.ZERO, Duration.ofSeconds(30), false));
    }
}
