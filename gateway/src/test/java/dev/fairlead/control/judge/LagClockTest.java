package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Property;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LagClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNodeAtTheReferenceIsNotBehindHoweverLongNothingMoves() {
        LagClock clock = LagClock.EMPTY.saw(100, START);

        assertThat(clock.since(100, START.plusSeconds(1000))).isZero();
        assertThat(clock.since(101, START.plusSeconds(1000))).isZero();
    }

    @Test
    void lagCountsFromTheMomentTheReferencePassedTheHeight() {
        LagClock clock =
                LagClock.EMPTY.saw(100, START).saw(101, START.plusSeconds(12)).saw(103, START.plusSeconds(24));

        assertThat(clock.since(100, START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(18));
        assertThat(clock.since(101, START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(6));
        assertThat(clock.since(102, START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void whatHappenedBeforeWeLookedCountsFromOurFirstLook() {
        LagClock clock = LagClock.EMPTY.saw(100, START);

        assertThat(clock.since(50, START)).isZero();
        assertThat(clock.since(50, START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void seeingTheSameHeightAgainIsNoMovement() {
        LagClock clock = LagClock.EMPTY.saw(100, START).saw(100, START.plusSeconds(10));

        assertThat(clock.since(99, START.plusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
        assertThat(clock.moved()).isEmpty();
    }

    @Test
    void whatAReferencePassedThatWentBackNoLongerCounts() {
        LagClock clock =
                LagClock.EMPTY.saw(100, START).saw(1100, START.plusSeconds(1)).saw(101, START.plusSeconds(60));

        assertThat(clock.since(100, START.plusSeconds(61))).isEqualTo(Duration.ofSeconds(1));
        assertThat(clock.since(101, START.plusSeconds(61))).isZero();
    }

    @Test
    void onAFastChainALongTimeIsRememberedToo() {
        LagClock clock = LagClock.EMPTY;
        for (int n = 0; n <= 40_000; n++) clock = clock.saw(n, START.plusMillis(250L * n));

        for (int seconds = 1; seconds < 10_000; seconds += 7) {
            Duration lag = clock.since(40_000 - 4L * seconds, START.plusSeconds(10_000));
            assertThat(lag).isBetween(Duration.ofMillis(990L * seconds - 250), Duration.ofSeconds(seconds));
        }
        assertThat(clock.passages()).hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void aNodeFurtherBehindIsNeverBehindForShorter() {
        Property.holds(
                1000,
                any -> aNodeFurtherBehindIsNeverBehindForShorter(
                        any.between(1, 3000), any.between(0, 3000), any.between(0, 3000)));
    }

    private void aNodeFurtherBehindIsNeverBehindForShorter(int blocks, int one, int other) {
        LagClock clock = LagClock.EMPTY;
        for (int n = 1; n <= blocks; n++) clock = clock.saw(n, START.plusSeconds(n));
        Instant now = START.plusSeconds(blocks);

        Duration further = clock.since(Math.min(one, other), now);

        assertThat(further).isGreaterThanOrEqualTo(clock.since(Math.max(one, other), now));
        assertThat(clock.passages()).hasSizeLessThanOrEqualTo(4096);
    }
}
