package dev.fairlead.data.limit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.DayTaker;
import dev.fairlead.support.QuietEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Days that several gateways lease from one real Redis, by a clock that the test moves.
@Tag("real")
class LeasedDaysTest {
    private static final long MILLI = 1_000_000;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(1);

    private static TimedRedis redis;
    private static int used;

    private final String prefix = "test" + used++;
    private final List<Gateway> gateways = new ArrayList<>();
    private long millis = 1_700_000_000_000L;

    @BeforeAll
    static void begin() {
        redis = TimedRedis.of("days.lua");
    }

    @AfterAll
    static void end() {
        if (redis != null) redis.close();
    }

    private final class Gateway implements RedisScripts {
        private final DailyUse use = new DailyUse(() -> NOON, new QuietEvents());
        private final ToldDays days = new ToldDays(this, new LeaseKeys(prefix), use);
        private final int count;
        private boolean isAnswerLost;

        Gateway(int count) {
            this.count = count;
            use.shareAmong(count);
        }

        boolean take(long credits, long quota) {
            return DayTaker.take(use, credits, quota);
        }

        Duration waitFor(long credits, long quota) {
            return DayTaker.wait(use, credits, quota);
        }

        void share() {
            try {
                days.share(millis * MILLI, count);
            } catch (RedisGone gone) {
                use.keepToPart(count);
                use.shareAmong(count);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        long used() {
            return use.uses().stream().mapToLong(DayUse::credits).sum();
        }

        @Override
        public List<String> run(String script, List<String> keys, List<String> arguments) throws RedisGone {
            List<String> answer = redis.run(keys, arguments, millis);
            if (isAnswerLost) throw new RedisGone("no answer");
            return answer;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"2,100,100", "2,100,60", "3,100,100", "4,1000,600"})
    void ofHeavyCallsAtAllGatewaysAtOnceOnePasses(int count, long quota, long weight) {
        begin(count);
        run(2_000);

        long passed = 0;
        for (int second = 0; second < 6; second++) {
            for (Gateway gateway : gateways) if (gateway.take(weight, quota)) passed++;
            run(1_000);
        }

        assertThat(passed).isEqualTo(1);
        assertThat(gateways).allSatisfy(gateway -> {
            assertThat(gateway.used()).isEqualTo(weight);
            assertThat(gateway.waitFor(weight, quota)).isEqualTo(Duration.ofHours(12));
        });
    }

    @Test
    void aHeavyCallPassesWhenItComesBackAsItWasToldThoughLightOnesCome() {
        begin(2);
        for (int i = 0; i < 4; i++) {
            assertThat(gateways.getFirst().take(1_900, 10_000)).isFalse();
            assertThat(gateways.getFirst().waitFor(1_900, 10_000)).isEqualTo(SOON);
            for (int tenth = 0; tenth < 10; tenth++) {
                for (Gateway each : gateways) for (int call = 0; call < 10; call++) each.take(1, 10_000);
                run(100);
            }
            assertThat(gateways.getFirst().take(1_900, 10_000)).isTrue();
        }
    }

    @Test
    void whatACallDoesNotComeBackForIsForTheOthers() {
        begin(2);
        assertThat(gateways.getFirst().take(100, 100)).isFalse();
        run(100);
        assertThat(gateways.getLast().take(100, 100)).isFalse();
        assertThat(gateways.getLast().waitFor(100, 100)).isEqualTo(SOON);
        run(4_000);

        assertThat(gateways.getLast().take(100, 100)).isFalse();
        run(1_000);
        assertThat(gateways.getLast().take(100, 100)).isTrue();
    }

    @Test
    void whatAGatewayLeasedThatIsGoneIsForTheOthers() {
        begin(2);
        Gateway gone = gateways.getFirst();
        assertThat(gone.take(100, 100)).isFalse();
        run(100);
        gateways.remove(gone);
        run(31_000);
        assertThat(gateways.getLast().take(100, 100)).isFalse();
        run(1_000);

        assertThat(gateways.getLast().take(100, 100)).isTrue();
    }

    @Test
    void whatAGatewayLeasedThatLeavesIsForTheOthersAtOnce() {
        begin(2);
        Gateway leaving = gateways.getFirst();
        assertThat(leaving.take(100, 100)).isFalse();
        run(100);
        leaving.days.leave();
        leaving.share();
        gateways.remove(leaving);
        assertThat(gateways.getLast().take(100, 100)).isFalse();
        run(1_000);

        assertThat(gateways.getLast().take(100, 100)).isTrue();
    }

    @Test
    void aLeaseThatWasNotHeardOfIsNotTakenTwice() {
        begin(2);
        Gateway first = gateways.getFirst();
        for (int i = 0; i < 5; i++) {
            first.take(30, 100);
            first.isAnswerLost = true;
            run(100);
            first.isAnswerLost = false;
        }
        long passed = 0;
        for (int i = 0; i < 10; i++) {
            if (first.take(20, 100)) passed += 20;
            run(1_000);
        }

        assertThat(passed).isEqualTo(100);
        assertThat(first.used()).isEqualTo(100);
    }

    record Load(int gateways, long quota, long heaviest, int callsEach, boolean isLossy) {}

    static Stream<Load> loads() {
        var loads = new ArrayList<Load>();
        for (int gateways = 1; gateways <= 4; gateways++) {
            for (boolean isLossy : new boolean[] {false, true}) {
                loads.add(new Load(gateways, 1_000, 1, 1, isLossy));
                loads.add(new Load(gateways, 1_000, 1, 50, isLossy));
                loads.add(new Load(gateways, 1_000, 30, 3, isLossy));
                loads.add(new Load(gateways, 1_000, 400, 2, isLossy));
                loads.add(new Load(gateways, 10_000, 300, 20, isLossy));
                loads.add(new Load(gateways, 100, 50, 1, isLossy));
            }
        }
        return loads.stream();
    }

    /// All that they want, at one gateway after the other or at all of them, until nobody gets anything any more.
    @ParameterizedTest
    @MethodSource("loads")
    void whateverIsWantedADayIsHardlyExceededAndUsedUp(Load load) {
        begin(load.gateways());
        var random = new Random(11);
        long passed = 0;
        for (int tick = 0; tick < 3_000; tick++) {
            if (load.isLossy())
                for (Gateway each : gateways) each.isAnswerLost = tick < 1_500 && random.nextInt(20) == 0;
            for (Gateway each : gateways) {
                if (tick / 20 % 3 == 0 && each != gateways.get(tick / 60 % gateways.size())) continue;
                for (int i = 0; i < load.callsEach(); i++) {
                    long weight = tick < 2_000 ? 1 + random.nextLong(load.heaviest()) : 1;
                    if (each.take(weight, load.quota())) passed += weight;
                }
            }
            run(20);
        }

        assertThat(passed).isBetween(load.quota() - load.gateways() * 2L, load.quota() + load.quota() / 20);
    }

    /// Of a day that was spent elsewhere a gateway that has not heard of it gives no more than its share of a
    /// twentieth.
    @ParameterizedTest
    @CsvSource({"2,1", "2,5", "2,30", "4,1", "4,100"})
    void aGatewayThatCallsComeToLaterGivesHardlyMore(int count, long weight) {
        begin(count);
        for (int i = 0; i < 2_000; i++) {
            gateways.getFirst().take(1, 1_000);
            run(20);
        }
        assertThat(gateways.getFirst().used()).isEqualTo(1_000);

        long late = 0;
        for (Gateway each : gateways) for (int i = 0; i < 500; i++) if (each.take(weight, 1_000)) late += weight;

        assertThat(late).isBetween(0L, 50L);
    }

    private void begin(int count) {
        for (int i = 0; i < count; i++) gateways.add(new Gateway(count));
    }

    private void run(long forMillis) {
        for (long end = millis + forMillis; millis < end; millis += 5) gateways.forEach(Gateway::share);
    }
}
