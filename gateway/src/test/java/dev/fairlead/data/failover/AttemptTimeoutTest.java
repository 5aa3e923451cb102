package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long one attempt may take, in milliseconds.
class AttemptTimeoutTest {
    @ParameterizedTest
    @CsvSource({
        "4000, 20000, true, 4000",
        "4000, 4250, true, 4000",
        "4000, 4249, true, 3999",
        "4000, 501, true, 251",
        "4000, 500, true, 500",
        "4000, 100, true, 100",
        "30000, 20000, false, 19750",
        "30000, 500, false, 250",
        "30000, 100, false, 50",
        "10, 100, false, 10",
    })
    void givenWhatTheCallHasLeft(long usual, long left, boolean isRepeatable, long expected) {
        Duration timeout = AttemptTimeout.of(
                Duration.ofMillis(usual), Duration.ofMillis(left).toNanos(), isRepeatable);

        assertThat(timeout).isEqualTo(Duration.ofMillis(expected));
    }
}
