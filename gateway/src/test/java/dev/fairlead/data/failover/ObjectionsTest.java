package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the nodes had against one call.
class ObjectionsTest {
    @ParameterizedTest
    @CsvSource({
        "CALLERS PRUNED, CALLERS",
        "PRUNED RANGE_CAPPED, PRUNED",
        "HEAD_NOT_THERE RANGE_CAPPED, RANGE_CAPPED",
        "UNCLEAR HEAD_NOT_THERE, HEAD_NOT_THERE",
        "INTERNAL UNCLEAR, UNCLEAR",
        "UNSUPPORTED INTERNAL, INTERNAL",
        "OVERLOADED UNSUPPORTED, UNSUPPORTED",
        "RATE_LIMITED OVERLOADED, OVERLOADED",
        "UNAUTHORIZED RATE_LIMITED, RATE_LIMITED",
    })
    void theNearerToTheCallTheMoreTelling(String objected, String best) {
        Objections objections = of(objected);

        assertThat(Objects.requireNonNull(objections.best()).message()).isEqualTo(best);
        assertThat(objections.bestFrom()).isEqualTo(Fleets.id(best));
    }

    @ParameterizedTest
    @CsvSource({
        "not sent, false, true",
        "unanswered, false, true",
        "OVERLOADED, false, true",
        "HEAD_NOT_THERE, false, false",
        "HEAD_NOT_THERE, true, true",
        "PRUNED, true, false",
        "UNSUPPORTED, true, false",
        "CALLERS, true, false",
        "RATE_LIMITED, true, false",
        "INTERNAL, true, false",
        "INTERNAL by status, true, true",
    })
    void whatANodeDoesNotHaveOrDoStaysSo(String objection, boolean isBlockThere, boolean mayPass) {
        Outcome outcome = switch (objection) {
            case "not sent" -> new Outcome.NotSent("connection refused");
            case "unanswered" -> new Outcome.Unanswered("connection reset");
            case "INTERNAL by status" ->
                new Outcome.Declined(ErrorMeaning.INTERNAL, 500, null, Proof.NONE, Duration.ZERO, "HTTP 500");
            default -> declined(objection);
        };

        assertThat(ObjectionRules.mayPass(outcome, isBlockThere)).isEqualTo(mayPass);
    }

    @Test
    void objectionsThatWereTakenDownAreNotChangedByLaterOnes() {
        Objections before = of("PRUNED");
        Objections after = before.with(Fleets.id("b"), declined("CALLERS")).withRanOutOfTime();

        assertThat(Objects.requireNonNull(before.best()).message()).isEqualTo("PRUNED");
        assertThat(before.areOfWork()).isFalse();
        assertThat(after.areOfWork()).isTrue();
        assertThat(Objections.NONE.best()).isNull();
        assertThat(Objections.NONE.summary()).isEqualTo("no attempt was made");
        assertThat(after.summary()).isEqualTo("of the attempts 1 declined: callers, 1 declined: pruned");
    }

    @Test
    void anOutageIsOneWhileANodeMayYetDoBetter() {
        assertThat(of("UNAUTHORIZED").isOutage(List.of(Fleets.id("UNAUTHORIZED"))))
                .isFalse();
        assertThat(of("UNAUTHORIZED").isOutage(List.of(Fleets.id("UNAUTHORIZED"), Fleets.id("b"))))
                .isTrue();
        assertThat(of("PRUNED").isOutage(List.of(Fleets.id("b")))).isFalse();
        assertThat(Objections.NONE
                        .with(Fleets.id("a"), new Outcome.NotSent("connection refused"))
                        .isOutage(List.of()))
                .isTrue();
    }

    @Test
    void afterAPauseABlockMayBeThere() {
        Objections missing = of("HEAD_NOT_THERE");

        assertThat(missing.isAboutCallOrMethod()).isTrue();
        assertThat(missing.paused().isAboutCallOrMethod()).isFalse();
        assertThat(missing.paused()
                        .with(Fleets.id("b"), declined("HEAD_NOT_THERE"))
                        .isAboutCallOrMethod())
                .isTrue();
    }

    private static Objections of(String meanings) {
        Objections objections = Objections.NONE;
        for (String meaning : meanings.split(" ")) objections = objections.with(Fleets.id(meaning), declined(meaning));
        return objections;
    }

    private static Outcome declined(String meaning) {
        return ScriptedNodes.declined(ErrorMeaning.valueOf(meaning), -32000, meaning);
    }
}
