package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a call may cost another attempt, of five at the most.
class AttemptBudgetTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, false, FREE",
        "1, 0, 0, true, FREE",
        "2, 0, 0, true, IF_AFFORDABLE",
        "2, 0, 0, false, FREE",
        "4, 0, 0, true, IF_AFFORDABLE",
        "5, 0, 0, true, NONE",
        "5, 0, 0, false, NONE",
        "2, 3, 0, false, NONE",
        "0, 4, 0, false, FREE",
        "1, 0, 1, true, FREE",
        "1, 0, 2, true, NONE",
    })
    void theFirstFailoverIsFreeAndTheRestAShareOfTheCalls(
            int sent, int late, int unanswered, boolean lastWasSent, AttemptBudget.Permission expected) {
        var budget = new AttemptBudget(sent, late, unanswered, lastWasSent, false);

        assertThat(budget.permission(5)).isEqualTo(expected);
    }

    @Test
    void whatNeverReachedANodeIsNotCharged() {
        AttemptBudget spent = AttemptBudget.UNUSED.charged(new Outcome.Unanswered("reset"));

        assertThat(spent.sent()).isEqualTo(1);
        assertThat(spent.charged(new Outcome.NotSent("refused")).sent()).isEqualTo(1);
        assertThat(spent.charged(new Outcome.NotSent("refused")).permission(2))
                .isEqualTo(AttemptBudget.Permission.FREE);
    }

    @Test
    void aNodeThatWasDownIsNoneOfTheTwoThatMayLeaveASlowCallUnanswered() {
        var once = new AttemptBudget(1, 0, 1, true, false);

        assertThat(once.withNodeDown().permission(5)).isEqualTo(AttemptBudget.Permission.FREE);
        assertThat(once.withNodeDown().isSpent(5)).isFalse();
        assertThat(once.withUnanswered().permission(5)).isEqualTo(AttemptBudget.Permission.NONE);
    }

    @Test
    void aPauseForgetsNodesThatWereLateAndARestAllThatWereAsked() {
        var spent = new AttemptBudget(3, 2, 1, true, false);

        assertThat(spent.paused()).isEqualTo(new AttemptBudget(3, 0, 1, true, false));
        assertThat(spent.rested()).isEqualTo(new AttemptBudget(0, 0, 1, true, false));
        assertThat(spent.isSpent(3)).isTrue();
        assertThat(spent.isSpent(4)).isFalse();
    }
}
