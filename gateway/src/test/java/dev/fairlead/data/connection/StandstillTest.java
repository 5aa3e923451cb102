package dev.fairlead.data.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long PERIOD = 250_000_000L;

    private final Standstill standstill = new Standstill();
    private long now;

    @Test
    void anAnswerThatNothingKeepsIsFoundAfterAWhile() {
        assertThat(looksUntilFound(false)).isBetween(Standstill.LOOKS, 15);
    }

    @Test
    void oneThatItsClientOrANodeKeepsIsNot() {
        assertThat(looksUntilFound(true)).isEqualTo(-1);
    }

    @Test
    void oneThatGoesOnIsNot() {
        for (int i = 0; i < 100; i++)
            assertThat(standstill.look(now += PERIOD, i / 2, false)).isFalse();
    }

    @Test
    void aPauseOfTheWholeProcessIsNoStandstill() {
        standstill.look(now, 1, false);

        assertThat(standstill.look(now += 1000 * PERIOD, 1, false)).isFalse();
        assertThat(standstill.look(now, 1, false)).isFalse();
    }

    @Test
    void theTimeBeginsAnewWhenSomebodyKeptIt() {
        for (int i = 0; i < 10; i++) standstill.look(now += PERIOD, 1, false);
        standstill.look(now += PERIOD, 1, true);

        assertThat(standstill.look(now += PERIOD, 1, false)).isFalse();
    }

    private int looksUntilFound(boolean kept) {
        for (int i = 0; i < 100; i++) {
            if (standstill.look(now += PERIOD, 1, kept)) return i;
        }
        return -1;
    }
}
