package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.load.EjectionState.In;
import dev.fairlead.data.load.EjectionState.Out;
import dev.fairlead.data.load.EjectionState.Trial;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Times in seconds; a first ejection lasts 1 s, none more than 60.
class EjectionStateTest {
    private static final In IN = new In(0, seconds(0));
    private static final Out OUT = new Out(0, seconds(10), seconds(11), "refused");
    private static final Trial TRIAL = new Trial(0, seconds(12), "refused");

    @ParameterizedTest
    @MethodSource
    void failing(String what, EjectionState before, long startedAt, long now, EjectionState after) {
        assertThat(before.failed(
                        "refused", seconds(startedAt), seconds(now), Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .as(what)
                .isEqualTo(after);
    }

    static Stream<Arguments> failing() {
        return Stream.of(
                Arguments.of("the first failure ejects", IN, 9, 10, OUT),
                Arguments.of("begun before it was admitted", new In(3, seconds(5)), 4, 6, new In(3, seconds(5))),
                Arguments.of("others that began earlier count once", OUT, 9, 10, OUT),
                Arguments.of("a panic attempt during the ejection does not prolong it", OUT, 10, 10, OUT),
                Arguments.of("a failed trial doubles", TRIAL, 12, 13, new Out(1, seconds(13), seconds(15), "refused")),
                Arguments.of("begun before the trial", TRIAL, 11, 13, TRIAL),
                Arguments.of(
                        "soon after readmission it goes on growing",
                        new In(3, seconds(0)),
                        20,
                        30,
                        new Out(3, seconds(30), seconds(38), "refused")),
                Arguments.of(
                        "long after readmission it begins anew",
                        new In(3, seconds(0)),
                        60,
                        61,
                        new Out(0, seconds(61), seconds(62), "refused")),
                Arguments.of(
                        "never longer than the bound",
                        new In(40, seconds(0)),
                        20,
                        30,
                        new Out(40, seconds(30), seconds(90), "refused")));
    }

    @Test
    void anAnswerReadmitsOnlyWhenItsAttemptBeganAfterTheEjection() {
        assertThat(OUT.answered(seconds(9), seconds(10))).isEqualTo(OUT);
        assertThat(OUT.answered(seconds(10), seconds(11))).isEqualTo(new In(1, seconds(11)));
        assertThat(TRIAL.answered(seconds(12), seconds(13))).isEqualTo(new In(1, seconds(13)));
    }

    @Test
    void theTrialBeginsWhenTheTimeIsOverAndBelongsToOne() {
        assertThat(OUT.tried(seconds(10))).isEqualTo(OUT);
        assertThat(OUT.tried(seconds(11))).isEqualTo(new Trial(0, seconds(11), "refused"));
        assertThat(TRIAL.tried(seconds(13))).isEqualTo(TRIAL);
    }

    @Test
    void anUnfinishedTrialIsOpenToTheNextCall() {
        EjectionState again = TRIAL.untried(seconds(13));

        assertThat(again.tried(seconds(13))).isInstanceOf(Trial.class);
    }

    @Test
    void healthReadmitsAtOnce() {
        assertThat(OUT.recovered(seconds(10))).isEqualTo(new In(1, seconds(10)));
        assertThat(IN.recovered(seconds(10))).isEqualTo(IN);
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
