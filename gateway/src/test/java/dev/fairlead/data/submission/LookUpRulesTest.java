package dev.fairlead.data.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.submission.LookUpRules.Role;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which nodes are asked for a transaction, for how long, and what their answers come to; times in milliseconds.
class LookUpRulesTest {
    @ParameterizedTest
    @CsvSource({
        "true, SETTLED, 5, 20, true, true",
        "true, OTHER, 5, 20, true, true",
        "false, OWED, 5, 20, true, true",
        "false, SETTLED, 0, 0, false, false",
        "false, OTHER, 0, 2, true, true",
        "false, OTHER, 0, 3, true, false",
        "false, OTHER, 0, 20, false, true",
        "false, OTHER, 1, 0, false, false",
    })
    void whichNodesAreAsked(boolean isPatient, Role role, int round, int asked, boolean isMissing, boolean expected) {
        assertThat(new LookUpRules(isPatient).asks(role, round, asked, isMissing))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2000, 0, 1000", "2000, 1, 1000", "2000, 4, 500", "2000, 20, 300", "200, 20, 200"})
    void oneNodeThatIsSilentLeavesTimeForTheOthers(long left, long owed, long expected) {
        assertThat(LookUpRules.timeout(millis(left), owed)).isEqualTo(millis(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 2000, 0, 0, 200",
        "true, 2000, 9, 0, 200",
        "true, 300, 0, 0, -1",
        "false, 2000, 0, 0, -1",
        "false, 2000, 0, 1, 200",
        "false, 2000, 1, 1, 400",
        "false, 2000, 9, 1, 1600",
        "false, 1700, 9, 1, -1",
    })
    void nodesAreAskedOnceMoreWhileThatMayHelp(boolean isPatient, long left, int round, long owed, long expected) {
        long pause = new LookUpRules(isPatient).pause(millis(left), round, owed);

        assertThat(pause).isEqualTo(expected < 0 ? -1 : millis(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, THERE",
        "false, true, true, NOWHERE",
        "false, false, true, UNKNOWN",
        "false, true, false, UNKNOWN",
    })
    void whatTheAnswersComeTo(boolean isThere, boolean isMissing, boolean isMissingAtAll, LookUpResult expected) {
        assertThat(LookUpRules.found(isThere, isMissing, isMissingAtAll)).isEqualTo(expected);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
