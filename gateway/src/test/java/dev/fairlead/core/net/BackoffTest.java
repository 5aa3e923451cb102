package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0.0, PT0.25S",
        "1, 1.0, PT0.5S",
        "2, 1.0, PT1S",
        "3, 0.5, PT1.5S",
        "6, 1.0, PT16S",
        "7, 1.0, PT30S",
        "1000000, 0.0, PT15S",
        "1000000, 1.0, PT30S",
    })
    void waitsGrowToHalfAMinute(int failures, double chance, Duration wait) {
        assertThat(Backoff.after(failures, chance)).isEqualTo(wait);
    }
}
