package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the client is told when no further node is asked.
class ConclusionTest {
    @ParameterizedTest
    @CsvSource({
        "false, false, false, REFUSED",
        "false, true, false, TURNED_AWAY",
        "false, true, true, LOOKED_UP",
        "true, false, false, BEST_KEPT",
        "true, true, true, BEST_KEPT",
    })
    void theBestThereIs(boolean isKept, boolean isSubmitted, boolean isMaybeDone, Conclusion expected) {
        var facts =
                new RunFacts(1, 5, 1, 0, 0, false, false, false, 0, false, isKept, false, isSubmitted, isMaybeDone, 0);

        assertThat(Conclusion.of(facts)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, false, false, UNANSWERED",
        "nothing, false, true, SHED",
        "nothing, true, true, DENIAL",
        "objection, false, false, OBJECTION",
        "objection, false, true, OBJECTION",
        "objection, true, false, DENIAL",
        "rate limit, false, false, UNANSWERED",
        "rate limit, false, true, SHED",
        "size, false, true, SHED",
        "size, false, false, UNANSWERED",
    })
    void whatARefusalSays(String objections, boolean isDenied, boolean isShed, Conclusion.Refusal expected) {
        Progress progress = Progress.NONE.with(objections(objections), AttemptBudget.UNUSED);

        assertThat(Conclusion.refusal(isShed ? progress.shed(Refusals.full()) : progress, isDenied))
                .isEqualTo(expected);
    }

    private static Objections objections(String name) {
        return switch (name) {
            case "nothing" -> Objections.NONE;
            case "objection" -> with(ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "pruned"));
            case "rate limit" -> with(ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));
            case "size" ->
                with(new Outcome.Declined(ErrorMeaning.RANGE_CAPPED, 413, null, Proof.NONE, Duration.ZERO, "413"));
            default -> throw new AssertionError(name);
        };
    }

    private static Objections with(Outcome outcome) {
        return Objections.NONE.with(Fleets.id("a"), outcome);
    }
}
