package dev.fairlead.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Backoff HALF_A_MINUTE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, PT0.25S",
        "1, 1.0, PT0.5S",
        "2, 1.0, PT1S",
        "3, 0.5, PT1.5S",
        "6, 1.0, PT16S",
        "7, 1.0, PT30S",
        "1000000, 0.0, PT15S",
        "2147483647, 1.0, PT30S",
    })
    void waitsDoubleUpToTheBound(int failures, double chance, Duration wait) {
        assertThat(Backoff.jittered(HALF_A_MINUTE.nanos(failures), chance)).isEqualTo(wait.toNanos());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S, 2147483647, PT0S", "PT2S, PT1S, 1, PT1S", "PT1S, P100000D, 1000, P100000D"})
    void theBoundHoldsForAnyFirstWait(Duration first, Duration longest, int failures, Duration wait) {
        assertThat(new Backoff(first, longest).nanos(failures)).isEqualTo(wait.toNanos());
    }
}
