package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.CallRate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateWindowTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final CallRate FIFTY = new CallRate(50, Duration.ofSeconds(1));

    @Test
    void asManyAtOnceAsTheRateHasAndThenNoneUntilTheSecondIsOver() {
        var window = new RateWindow(FIFTY, 0);
        for (int i = 0; i < 50; i++) assertThat(window.take(1, 0)).isTrue();

        assertThat(window.take(1, 1)).isFalse();
        assertThat(window.take(1, SECOND - 1)).isFalse();
        long wait = window.waitFor(1, SECOND - 1);
        assertThat(window.take(1, SECOND - 1 + wait)).isTrue();
        assertThat(wait).isLessThanOrEqualTo(SECOND / 20 + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noStretchOfASecondGetsMoreThanTheRateWhereverItBegins(long seed) {
        var random = new Random(seed);
        long now = -random.nextLong(100 * SECOND);
        var window = new RateWindow(FIFTY, now);
        var lately = new ArrayDeque<Long>();
        long taken = 0;

        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(4) == 0 ? random.nextLong(SECOND / 20) : random.nextLong(1_000_000);
            while (!lately.isEmpty() && lately.peekFirst() <= now - SECOND) lately.removeFirst();
            if (!window.take(1, now)) continue;
            taken++;
            lately.addLast(now);
            assertThat(lately).hasSizeLessThanOrEqualTo(50);
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    @Test
    void theWaitIsAsLongAsItTakesAndNoShorter() {
        var random = new Random(7);
        var window = new RateWindow(FIFTY, 0);
        long now = 0;

        for (int i = 0; i < 2_000; i++) {
            now += random.nextLong(SECOND / 50);
            int credits = 1 + random.nextInt(20);
            long wait = window.waitFor(credits, now);
            if (wait > 0) {
                assertThat(window.take(credits, now + wait - 1)).isFalse();
                now += wait;
            }
            assertThat(window.take(credits, now)).isTrue();
        }
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        var window = new RateWindow(FIFTY, 0);
        window.take(50, 0);
        window.giveBack(10, 0);

        assertThat(window.take(11, 0)).isFalse();
        assertThat(window.take(10, 0)).isTrue();
    }

    @Test
    void whatIsMoreThanTheRateNeverHasRoom() {
        assertThat(new RateWindow(FIFTY, 0).waitFor(51, 0)).isEqualTo(RateWindow.NEVER);
    }
}
