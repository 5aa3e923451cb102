package dev.fairlead.data.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client is told of a call that must not be done twice.
class SubmissionStateTest {
    private static final NodeId A = new NodeId("main", "a");
    private static final Outcome RESET = new Outcome.Unanswered("connection reset");

    @ParameterizedTest
    @CsvSource({
        "false, THERE, ACCEPTED",
        "false, NOWHERE, OBJECTION",
        "false, UNKNOWN, UNCERTAIN",
        "true, THERE, ACCEPTED",
        "true, NOWHERE, OBJECTION",
        "true, UNKNOWN, OBJECTION",
    })
    void afterANodesOwnObjection(boolean isInvalid, LookUpResult found, SubmissionState.Ending expected) {
        assertThat(SubmissionState.afterObjection(isInvalid, found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, THERE, ACCEPTED",
        "0, NOWHERE, OBJECTION",
        "0, UNKNOWN, OBJECTION",
        "1, THERE, ACCEPTED",
        "1, NOWHERE, OBJECTION",
        "1, UNKNOWN, UNCERTAIN",
    })
    void afterEveryNodeTurnedItAway(int takers, LookUpResult found, SubmissionState.Ending expected) {
        var state = new SubmissionState(Effect.UNLIKELY, takers == 0 ? List.of() : List.of(A), "", 0);

        assertThat(state.afterTurnedAway(found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "POSSIBLE, true, THERE, ACCEPTED",
        "POSSIBLE, true, NOWHERE, OBJECTION",
        "POSSIBLE, true, UNKNOWN, UNCERTAIN",
        "POSSIBLE, false, NOWHERE, UNCERTAIN",
        "LOST, true, THERE, ACCEPTED",
        "LOST, true, NOWHERE, UNCERTAIN",
        "LOST, false, UNKNOWN, UNCERTAIN",
    })
    void whenANodeMayHaveDoneIt(
            Effect effect, boolean isObjected, LookUpResult found, SubmissionState.Ending expected) {
        var state = new SubmissionState(effect, List.of(A), "", 0);

        assertThat(state.afterDoubt(isObjected, found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, UNLIKELY, UNLIKELY, false",
        "UNLIKELY, POSSIBLE, POSSIBLE, true",
        "POSSIBLE, UNLIKELY, POSSIBLE, true",
        "POSSIBLE, LOST, LOST, true",
        "LOST, POSSIBLE, LOST, true",
    })
    void theMostThatAnAttemptMayHaveDoneCounts(Effect before, Effect attempt, Effect after, boolean isMaybeDone) {
        SubmissionState state = new SubmissionState(before, List.of(), "", 0).after(A, attempt, RESET);

        assertThat(state.effect()).isEqualTo(after);
        assertThat(state.isMaybeDone()).isEqualTo(isMaybeDone);
        assertThat(state.takers()).containsExactly(A);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, CALLERS, false",
        "NONE, LOOP, false",
        "NONE, INTERNAL, true",
        "TURNED_AWAY, RATE_LIMITED, true"
    })
    void aNodeThatProvedThatItDidNotTakeItIsNoTaker(Proof proof, ErrorMeaning meaning, boolean isTaker) {
        var declined = new Outcome.Declined(meaning, 200, null, proof, Duration.ZERO, "no");

        SubmissionState state = SubmissionState.NONE.after(A, Effect.UNLIKELY, declined);

        assertThat(state.takers().contains(A)).isEqualTo(isTaker);
        assertThat(state.isChecked()).isEqualTo(isTaker);
    }

    @Test
    void nodesAreAskedForItThreeTimesAtTheMostBetweenAttempts() {
        SubmissionState state = SubmissionState.NONE.after(A, Effect.LOST, RESET);

        assertThat(state.checked().checked().isChecked()).isTrue();
        assertThat(state.checked().checked().checked().isChecked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"20000, 2000", "2000, 1500", "0, 0"})
    void aLookUpLeavesTimeToTellWhatCameOfIt(long left, long expected) {
        assertThat(SubmissionState.lookUpTime(millis(left))).isEqualTo(millis(expected));
    }

    @ParameterizedTest
    @CsvSource({"20000, 50, 500", "20000, 1200, 1200", "20000, 9000, 2000", "600, 50, 300"})
    void aCheckTakesAboutAsLongAsThePause(long left, long wait, long expected) {
        assertThat(SubmissionState.checkTime(millis(left), millis(wait))).isEqualTo(millis(expected));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
