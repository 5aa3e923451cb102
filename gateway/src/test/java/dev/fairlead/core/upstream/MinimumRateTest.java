package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration WINDOW = Duration.ofSeconds(15);

    @Test
    void whatComesInBurstsIsJudgedByTheWholeWindow() {
        var pace = new MinimumRate(1000, 0, 300_000);

        assertThat(pace.isTooSlow(14 * SECOND, 300_000, WINDOW)).isFalse();
        assertThat(pace.isTooSlow(15 * SECOND, 315_000, WINDOW)).isFalse();
        assertThat(pace.isTooSlow(29 * SECOND, 315_000, WINDOW)).isFalse();
        assertThat(pace.isTooSlow(30 * SECOND, 329_999, WINDOW)).isTrue();
    }

    @Test
    void timeInWhichTheClientWasNotReadyDoesNotCount() {
        var pace = new MinimumRate(1000, 0, 300_000);

        pace.restart(100 * SECOND, 300_000);

        assertThat(pace.isTooSlow(114 * SECOND, 300_000, WINDOW)).isFalse();
        assertThat(pace.isTooSlow(115 * SECOND, 300_000, WINDOW)).isTrue();
    }

    @Test
    void theWindowOfAQuickMethodIsShortWhileCallsWaitForTheConnection() {
        var quick = new MinimumRate(MinimumRate.QUICK, 0, 0);
        var slow = new MinimumRate(MinimumRate.SLOW, 0, 0);

        assertThat(quick.window(WINDOW, true)).isEqualTo(Duration.ofSeconds(5));
        assertThat(quick.window(Duration.ofSeconds(1), true)).isEqualTo(Duration.ofSeconds(1));
        assertThat(quick.window(WINDOW, false)).isEqualTo(WINDOW);
        assertThat(slow.window(WINDOW, true)).isEqualTo(WINDOW);
    }

    @Test
    void methodsThatMayTakeLongMayTrickleMore() {
        assertThat(MinimumRate.leastOf("eth_getBlockByNumber")).isEqualTo(16 * 1024);
        assertThat(MinimumRate.leastOf("trace_filter")).isEqualTo(1024);
    }
}
