package dev.fairlead.data.limit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.data.call.CreditBucket.Left;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Buckets of several gateways by a clock that the test moves, with the script in a real Redis.
@Tag("real")
class LeasedBucketTest {
    private static TimedRedis redis;
    private static int used;

    @BeforeAll
    static void begin() {
        redis = TimedRedis.of(LeaseBatch.SCRIPT);
    }

    @AfterAll
    static void end() {
        if (redis != null) redis.close();
    }

    private enum Trouble {
        NONE,
        LOST,
        GONE,
        GONE_AND_LOST,
        LATE
    }

    record Load(int gateways, long latency, long perSecond, long burst, long weight, Trouble trouble) {}

    static Stream<Load> loads() {
        var loads = new ArrayList<Load>();
        for (int gateways = 1; gateways <= 4; gateways++) {
            for (Trouble trouble : Trouble.values()) {
                loads.add(new Load(gateways, 2, 1, 60, 1, trouble));
                loads.add(new Load(gateways, 400, 10, 200, 1, trouble));
                loads.add(new Load(gateways, 100, 100, 1000, 20, trouble));
            }
            loads.add(new Load(gateways, 300, 1000, 1000, 1, Trouble.NONE));
        }
        return loads.stream();
    }

    /// All that they want, at all gateways, for 20 seconds; Redis loses what it knew every two seconds, or is
    /// gone for one of them.
    @ParameterizedTest
    @MethodSource("loads")
    void whateverIsWantedNoMorePassesThanTheLimit(Load load) {
        var gateways = gateways(load.perSecond(), load.burst(), load.gateways(), load.latency());
        long passed = 0;
        for (int second = 0; second < 20; second++) {
            trouble(load.trouble(), second, gateways);
            for (int i = 0; i < 100; i++) {
                for (int at = 0; at < load.gateways(); at++) passed += gateways.take(at, load.weight(), 25);
                gateways.run(10);
            }
        }
        gateways.isGone = false;

        double limit = 20.0 * load.perSecond() + load.burst();
        assertThat((double) passed).isBetween(limit * 0.85, limit * 1.05 + load.gateways() * load.weight());
    }

    private static void trouble(Trouble trouble, int second, TimedGateways gateways) {
        boolean isGone = trouble == Trouble.GONE || trouble == Trouble.GONE_AND_LOST;
        gateways.isGone = isGone && second % 4 >= 2;
        gateways.isLate = trouble == Trouble.LATE && second % 4 >= 2;
        if (trouble == Trouble.LOST && second % 2 == 1) redis.lose();
        if (trouble == Trouble.GONE_AND_LOST && second % 4 == 3) redis.lose();
    }

    /// Four fifths of the limit, evenly, each call at one of the gateways; idle for a while in between.
    @ParameterizedTest
    @MethodSource("loads")
    void whoKeepsWellBelowTheLimitIsNeverRefused(Load load) {
        if (load.trouble() != Trouble.NONE && load.trouble() != Trouble.LOST) return;
        var gateways = gateways(load.perSecond(), load.burst(), load.gateways(), load.latency());
        double calls = 0;
        long refused = 0;
        for (int tenth = 0; tenth < 200; tenth++) {
            if (tenth % 20 == 0) trouble(load.trouble(), tenth / 20, gateways);
            for (int i = 0; i < 10; i++) {
                if (tenth % 60 < 50) calls += load.perSecond() * 0.8 / load.weight() / 100;
                for (; calls >= 1; calls--) if (gateways.take(gateways.some(), load.weight(), 1) == 0) refused++;
                gateways.run(10);
            }
        }

        assertThat(refused).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10,12,10", "200,60,60", "200,100,100", "200,200,200", "200,250,200"})
    void aBatchAtTheOnlyGatewayPassesAsFarAsThereIsAnything(long burst, int calls, long passing) {
        for (long latency : List.of(2L, 400L)) {
            var gateways = gateways(1, burst, 1, latency);

            assertThat(gateways.take(0, 1, calls)).isEqualTo(passing);
            gateways.run(2_500);
            assertThat(gateways.take(0, 1, calls)).isEqualTo(Math.min(calls, burst - passing + 2));
        }
    }

    @Test
    void whatRedisTookWithoutBeingHeardIsNotTakenTwice() {
        var gateways = gateways(1, 200, 1, 10);
        gateways.take(0, 1, 1);
        gateways.run(2_000);
        gateways.isLate = true;
        assertThat(gateways.take(0, 1, 60)).isEqualTo(60);
        gateways.run(3_000);
        gateways.take(0, 1, 1);
        gateways.run(1_000);
        gateways.isLate = false;
        gateways.run(1_000);
        gateways.take(0, 1, 1); // is what tells Redis again
        gateways.run(1_000);

        assertThat(gateways.take(0, 1, 200)).isBetween(138L, 146L);
    }

    @Test
    void batchesAtSeveralGatewaysAtOncePassNoMoreThanTheBurst() {
        var gateways = gateways(1, 200, 2, 10);

        assertThat(gateways.take(0, 1, 200) + gateways.take(1, 1, 200)).isEqualTo(200);
        long passed = 0;
        for (int i = 0; i < 200; i++) {
            gateways.run(100);
            passed += gateways.take(0, 1, 200) + gateways.take(1, 1, 200);
        }
        assertThat(passed).isBetween(18L, 21L);
    }

    @Test
    void whoStaysAtOneOfSeveralGatewaysHasTheWholeBurstThere() {
        var gateways = gateways(100, 200, 3, 10);
        for (int i = 0; i < 10; i++) {
            gateways.take(0, 1, 50);
            gateways.run(500);
        }
        gateways.run(2_000);

        assertThat(gateways.take(0, 1, 200)).isGreaterThan(180);
    }

    /// What was let through too much is paid back before anything else passes.
    @Test
    void whoGoesFromGatewayToGatewayGainsLessThanABurstOnce() {
        var gateways = gateways(10, 200, 4, 10);
        long passed = 0;
        for (int round = 0; round < 60; round++) {
            for (int at = 0; at < 4; at++) {
                passed += gateways.take(at, 1, 200);
                gateways.run(250);
            }
        }

        assertThat(passed).isBetween(760L, 800L + 200);
    }

    @ParameterizedTest
    @CsvSource({"1,200", "2,100", "2,150", "3,100", "4,200"})
    void aHeavyCallPassesAtOnceAndThoseOfAllTogetherKeepToTheLimit(int count, long weight) {
        var gateways = gateways(10, 200, count, 10);

        assertThat(gateways.take(0, weight, 1)).isEqualTo(weight);
        long passed = weight;
        for (int i = 0; i < 200; i++) {
            for (int at = 0; at < count; at++) passed += gateways.take(at, weight, 1);
            gateways.run(200);
        }

        assertThat(passed).isBetween(600 - weight, 600 + weight);
    }

    @Test
    void twoHeavyCallsAtTwoGatewaysAreTheWholeBurst() {
        var gateways = gateways(1, 200, 2, 10);
        long passed = 0;
        for (int i = 0; i < 3; i++) {
            passed += gateways.take(0, 100, 1) + gateways.take(1, 100, 1);
            gateways.run(2);
        }

        assertThat(passed).isEqualTo(200);
    }

    /// Others keep half of it in use; whoever is refused comes back after as many whole seconds as it was told.
    @Test
    void aHeavyCallThatWasRefusedPassesWhenItComesBack() {
        var gateways = gateways(100, 200, 2, 10);
        int tries = 0;
        for (int i = 0; i < 50; i++) {
            gateways.take(1, 1, 10);
            gateways.run(100);
        }
        while (gateways.take(0, 110, 1) == 0 && tries < 10) {
            tries++;
            long seconds = Math.ceilDiv(Math.max(1, gateways.waitFor(0, 110)), 1_000);
            for (int i = 0; i < seconds * 10; i++) {
                gateways.take(1, 1, 8);
                gateways.run(100);
            }
        }

        assertThat(tries).isLessThan(4);
    }

    @Test
    void ofAFixedWindowTheyTakeWhatItHasAlsoWhenRedisLosesIt() {
        var gateways = new TimedGateways(redis, window(), "test" + used++, 2, 10);
        long passed = 0;
        for (int i = 0; i < 30; i++) {
            if (i % 5 == 4) redis.lose();
            passed += gateways.take(0, 1, 4) + gateways.take(1, 1, 4);
            gateways.run(100);
        }

        assertThat(passed).isBetween(95L, 105L);
    }

    @Test
    void whatIsLeftIsToldAsRedisSaidItLastAndOfTheOwnPartWhileRedisIsGone() {
        var gateways = gateways(1, 200, 2, 10);
        assertThat(gateways.left(0)).isEqualTo(new Left.NotHeard());

        gateways.take(0, 1, 40);
        gateways.run(100);
        assertThat(gateways.left(0))
                .isInstanceOfSatisfying(
                        Left.OfAll.class, left -> assertThat(left.credits()).isBetween(158L, 162L));
        assertThat(gateways.left(1)).isEqualTo(new Left.NotHeard());

        gateways.isGone = true;
        gateways.run(3_000);
        assertThat(gateways.left(0)).isInstanceOf(Left.OfPart.class);
        assertThat(gateways.left(1)).isEqualTo(new Left.OfPart(100));
    }

    /// At all of them at once, at one after the other, or at one for a while and then at the next.
    @ParameterizedTest
    @CsvSource({"2,2", "2,10", "2,100", "3,10", "4,10"})
    void ofAFixedWindowAllGatewaysTogetherTakeATwentiethTooMuchAtTheMost(int count, long latency) {
        for (long weight : List.of(1L, 5L, 20L, 50L, 100L)) {
            for (int calls : new int[] {2, 4, 200}) {
                for (int turns : new int[] {0, 1, 20}) {
                    assertThat(inAWindow(count, latency, weight, calls, turns))
                            .as("weight %d, %d calls, %d turns", weight, calls, turns)
                            .isBetween(95L, 105L);
                }
            }
        }
    }

    private static long inAWindow(int count, long latency, long weight, int calls, int turns) {
        var gateways = new TimedGateways(redis, window(), "test" + used++, count, latency);
        long passed = 0;
        for (int i = 0; i < 500; i++) {
            for (int at = 0; at < count; at++) {
                if (turns == 0 || i / turns % count == at) passed += gateways.take(at, weight, calls);
            }
            gateways.run(10);
        }
        return passed;
    }

    @Test
    void aBatchThatAFixedWindowRefusedPassesWhenItComesBack() {
        var gateways = new TimedGateways(redis, window(), "test" + used++, 2, 10);
        long passed = gateways.take(0, 1, 50);
        assertThat(passed).isBetween(5L, 10L);
        gateways.run(1_000);

        assertThat(gateways.take(0, 1, 50 - (int) passed)).isEqualTo(50 - passed);
    }

    private static Limit window() {
        return new Limit("l", List.of(), 100, Duration.ofHours(1), 100, true, List.of(), null, null, Exempt.NOBODY);
    }

    private static TimedGateways gateways(long perSecond, long burst, int count, long latency) {
        var limit = new Limit(
                "l", List.of(), perSecond, Duration.ofSeconds(1), burst, false, List.of(), null, null, Exempt.NOBODY);
        return new TimedGateways(redis, limit, "test" + used++, count, latency);
    }
}
