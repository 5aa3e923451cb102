package dev.fairlead.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashesTest {
    private static final long STEADY = Crashes.STEADY.toNanos();

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "1000, 5000"})
    void pausesGrowUpToABound(int deaths, long millis) {
        assertThat(Duration.ofNanos(atOnce(deaths).pauseNanos())).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aLoopThatDiesAgainAndAgainIsFoundOut() {
        assertThat(atOnce(Crashes.MOST - 1).areTooMany(0)).isFalse();
        assertThat(atOnce(Crashes.MOST).areTooMany(0)).isTrue();
    }

    @Test
    void aLoopThatWentOnForAWhileIsForgivenWhatWasBefore() {
        Crashes before = atOnce(Crashes.MOST);

        assertThat(before.andOneMore(0, STEADY, "Error").inARow()).isEqualTo(1);
        assertThat(before.andOneMore(0, STEADY - 1, "Error").inARow()).isEqualTo(Crashes.MOST + 1);
        assertThat(before.areTooMany(STEADY)).isFalse();
        assertThat(before.areOver(STEADY)).isTrue();
    }

    private static Crashes atOnce(int deaths) {
        Crashes sum = Crashes.NONE;
        for (int i = 0; i < deaths; i++) sum = sum.andOneMore(0, 0, "Error");
        return sum;
    }
}
