package dev.fairlead.data.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadProgressTest {
    private static final int MUCH = 1_000_000;

    private final ReadProgress progress = new ReadProgress();
    private final long begun = System.nanoTime();

    @ParameterizedTest
    @CsvSource({"0, false", "10000, false", "65535, false", "65536, true", "500000, true"})
    void aClientMovesWhenItTakesMoreThanNextToNothingBetweenTwoLooks(long taken, boolean moves) {
        look(0, MUCH, MUCH);

        look(250, MUCH, MUCH + taken);

        assertThat(progress.moves()).isEqualTo(moves);
    }

    @Test
    void aClientThatWasGivenMoreHasNotMovedForThat() {
        look(0, MUCH, MUCH);

        look(250, 2 * MUCH, 2 * MUCH);

        assertThat(progress.moves()).isFalse();
    }

    @Test
    void aClientThatTakesNothingIsStuckAfterItsPatience() {
        look(0, MUCH, MUCH);
        look(900, MUCH, MUCH);
        assertThat(progress.isStuck(at(900), Duration.ofSeconds(1))).isFalse();

        look(1001, MUCH, MUCH);

        assertThat(progress.isStuck(at(1001), Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void aClientThatIsGivenEverMoreAndTakesNothingIsStuck() {
        for (int i = 0; i <= 5; i++) look(250L * i, MUCH + i, MUCH + i);

        assertThat(progress.isStuck(at(1250), Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void aClientThatTakesLessThanItIsGivenIsNotStuck() {
        for (int i = 0; i <= 5; i++) look(250L * i, MUCH + i, MUCH + 2L * i);

        assertThat(progress.isStuck(at(1250), Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void whoeverIsExcusedHasAllItsTimeAgain() {
        look(0, MUCH, MUCH);
        look(900, MUCH, MUCH);
        progress.excuse(at(900));

        look(1800, MUCH, MUCH);

        assertThat(progress.isStuck(at(1800), Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void aClientWithNothingToTakeIsNeverStuck() {
        look(0, 0, MUCH);
        look(5000, 0, MUCH);

        assertThat(progress.isStuck(at(5000), Duration.ofSeconds(1))).isFalse();
    }

    private void look(long millis, long waiting, long written) {
        progress.look(at(millis), waiting, written);
    }

    private long at(long millis) {
        return begun + Duration.ofMillis(millis).toNanos();
    }
}
