package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.PeakEwma;
import dev.fairlead.data.load.RateLimit;
import dev.fairlead.data.load.RetryBudget;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aRateLetsASecondsWorthThroughAtOnceAndThenItsPace() {
        var rate = new RateLimit(0);

        assertThat(IntStream.range(0, 10).filter(_ -> rate.take(4, 0)).count()).isEqualTo(4);
        assertThat(rate.take(4, SECOND / 4 - 1)).isFalse();
        assertThat(rate.take(4, SECOND / 4)).isTrue();
    }

    @Test
    void lessThanOneASecondIsARateToo() {
        var rate = new RateLimit(0);

        assertThat(rate.take(0.5, SECOND)).isTrue();
        assertThat(rate.take(0.5, SECOND)).isFalse();
        assertThat(rate.take(0.5, 3 * SECOND)).isTrue();
    }

    @Test
    void zeroIsNoBound() {
        var rate = new RateLimit(0);

        assertThat(IntStream.range(0, 1000).allMatch(_ -> rate.take(0, 0))).isTrue();
    }

    @Test
    void retriesAreAShareOfTheCallsAndAFewASecondInAnyCase() {
        var budget = new RetryBudget(0);
        IntStream.range(0, 100).forEach(_ -> assertThat(budget.retry(0)).isTrue());

        assertThat(budget.retry(0)).isFalse();
        IntStream.range(0, 50).forEach(_ -> budget.called(0.2));
        long ofCalls = IntStream.range(0, 100).filter(_ -> budget.retry(0)).count();
        long ofASecond =
                IntStream.range(0, 100).filter(_ -> budget.retry(SECOND)).count();

        assertThat(ofCalls).isEqualTo(10);
        assertThat(ofASecond).isEqualTo(10);
    }

    @Test
    void theAverageJumpsToAPeakAndForgetsItSlowly() {
        double peak = PeakEwma.next(1, SECOND, 100);
        double later = PeakEwma.next(peak, 10 * SECOND, 1);

        assertThat(peak).isEqualTo(100);
        assertThat(later).isCloseTo(100 / Math.E + 1 - 1 / Math.E, within(0.01));
        assertThat(PeakEwma.read(100, 10 * SECOND)).isCloseTo(100 / Math.E, within(0.01));
    }

    @Test
    void theSilenceOfABusyNodeCountsAsItsLatency() {
        var node = new NodeTraffic(new NodeId("main", "a"), 0);
        node.took(1_000_000, 0);

        node.quickBegan(0);

        assertThat(node.latency(500 * 1_000_000L)).isEqualTo(500e6);
        assertThat(node.stuck(SECOND)).isFalse();
        assertThat(node.stuck(SECOND + 1)).isTrue();
        node.spoke(SECOND);
        assertThat(node.stuck(SECOND + 1)).isFalse();
    }

    @Test
    void halfOfTwentyAttemptsGoneBadIsTooMany() {
        var node = new NodeTraffic(new NodeId("main", "a"), 0);
        boolean tooBad = false;
        for (int i = 0; i < 9; i++) {
            tooBad |= wentBad(node, Service.LOGS, 0);
            node.wentWell(Service.LOGS);
        }

        assertThat(tooBad).isFalse();
        assertThat(wentBad(node, Service.LOGS, 0)).isTrue();
        assertThat(node.fails(Service.LOGS, SECOND - 1)).isTrue();
        assertThat(node.fails(Service.STATE, 0)).isFalse();
    }

    @Test
    void aServiceThatFailsAgainIsSparedTwiceAsLongAndForgivenOnceAllGoesWell() {
        var node = new NodeTraffic(new NodeId("main", "a"), 0);
        IntStream.range(0, 10).forEach(_ -> wentBad(node, Service.LOGS, 0));

        assertThat(wentBad(node, Service.LOGS, SECOND / 2)).as("spared already").isFalse();
        assertThat(node.fails(Service.LOGS, SECOND)).isFalse();
        assertThat(wentBad(node, Service.LOGS, SECOND)).isTrue();
        assertThat(node.fails(Service.LOGS, 3 * SECOND - 1)).isTrue();
        assertThat(node.fails(Service.LOGS, 3 * SECOND)).isFalse();
        IntStream.range(0, 20).forEach(_ -> node.wentWell(Service.LOGS));
        assertThat(wentBad(node, Service.LOGS, 3 * SECOND)).isFalse();
    }

    private static boolean wentBad(NodeTraffic node, Service service, long now) {
        return node.wentBad(service, 1, now, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @Test
    void whatNodesLackIsBounded() {
        var node = new NodeTraffic(new NodeId("main", "a"), 0);
        IntStream.range(0, 300).forEach(i -> node.lacking("m" + i, SECOND, 0));

        assertThat(IntStream.range(0, 300).filter(i -> node.lacks("m" + i, 0)).count())
                .isBetween(1L, 256L);
        assertThat(node.lacks("m299", 0)).isTrue();
        assertThat(node.lacks("m299", SECOND)).isFalse();
    }
}
