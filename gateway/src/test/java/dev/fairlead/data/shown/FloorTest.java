package dev.fairlead.data.shown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.shown.Floor.Height;
import dev.fairlead.support.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(36);
    private static final Duration BLOCK = Duration.ofSeconds(12);

    private final Floor floor = Floor.NONE.measured(100, seconds(0), PATIENCE).served(105);

    @Test
    void onlyAHigherHeadRaisesIt() {
        assertThat(floor.served(104)).isEqualTo(floor);
        assertThat(floor.served(106).number()).isEqualTo(106);
    }

    @Test
    void aHeadIsFineFromTheFloorToWhatTheChainCanHaveBecome() {
        assertThat(floor.height(104, seconds(0), 10, BLOCK)).isEqualTo(Height.BELOW);
        assertThat(floor.height(105, seconds(0), 10, BLOCK)).isEqualTo(Height.FINE);
        assertThat(floor.height(110, seconds(0), 10, BLOCK)).isEqualTo(Height.FINE);
        assertThat(floor.height(111, seconds(0), 10, BLOCK)).isEqualTo(Height.ABOVE);
        assertThat(floor.height(112, seconds(12), 10, BLOCK)).isEqualTo(Height.FINE);
    }

    @Test
    void anyHeadIsFineWhileHealthKnowsNone() {
        assertThat(Floor.NONE.height(1 << 30, 0, 10, BLOCK)).isEqualTo(Height.FINE);
    }

    @Test
    void aReferenceThatStaysLowerForLongerThanThePatienceTakesItDown() {
        Floor lower = floor.measured(90, seconds(1), PATIENCE);

        assertThat(lower.measured(91, seconds(37), PATIENCE).number()).isEqualTo(105);
        assertThat(lower.measured(91, seconds(38), PATIENCE).number()).isEqualTo(91);
    }

    @Test
    void aReferenceThatCatchesUpInBetweenBeginsThePatienceAnew() {
        Floor caughtUp = floor.measured(104, seconds(1), PATIENCE).measured(105, seconds(20), PATIENCE);

        assertThat(caughtUp.measured(104, seconds(21), PATIENCE)
                        .measured(104, seconds(50), PATIENCE)
                        .number())
                .isEqualTo(105);
    }

    @Test
    void aFastChainWhoseClientsAreAlwaysAheadOfHealthDoesNotFall() {
        Floor now = floor;
        for (int second = 1; second < 200; second++) {
            now = now.served(105 + second).measured(104 + second, seconds(second), PATIENCE);
        }

        assertThat(now.number()).isEqualTo(304);
    }

    @Test
    void thePatienceIsThreeBlocksButAtLeastTenSeconds() {
        assertThat(Floor.patience(BLOCK)).isEqualTo(PATIENCE);
        assertThat(Floor.patience(Duration.ofMillis(250))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void withinThePatienceItNeverFalls() {
        Property.holds(1000, any -> withinThePatienceItNeverFalls(any.between(-1L, 300L), any.between(0L, 36L)));
    }

    private void withinThePatienceItNeverFalls(long reference, long after) {
        Floor measured = floor.measured(99, seconds(0), PATIENCE).measured(reference, seconds(after), PATIENCE);

        assertThat(measured.number()).isEqualTo(105);
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
