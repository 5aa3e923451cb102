package dev.fairlead.data.limit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.RedisState;
import dev.fairlead.support.Await;
import dev.fairlead.support.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two gateways and one real Redis. What passes is counted over the time that it took, however long that was.
@Tag("real")
class SharedLimitsTest {
    private static final long RATE = 200;
    private static final long BURST = 100;
    private static final Duration LONG = Duration.ofSeconds(4);

    private final RedisServer redis = RedisServer.start();
    private final LoadedGateway one = new LoadedGateway(redis.url(), 1);
    private final LoadedGateway two = new LoadedGateway(redis.url(), 1);

    @AfterEach
    void end() {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void togetherTheyLetThroughWhatOneMay() {
        long begin = System.nanoTime();
        load(even(), 1, 1);
        Await.forAWhile(LONG);
        long end = System.nanoTime();

        assertThat(passed(begin, end)).isBetween(atLeast(begin, end), atMost(begin, end));
        assertThat(one.gateways()).isEqualTo(2);
        assertThat(one.told).containsExactly("reached");
    }

    @Test
    void aSmallBurstAndALargeDifferenceChangeNothing() {
        Limit small = limit(50, Duration.ofSeconds(1), 2, false);
        long begin = System.nanoTime();
        load(small, 1, 15);
        Await.forAWhile(LONG);
        long end = System.nanoTime();

        double seconds = (end - begin) / 1e9;
        assertThat((double) passed(begin, end)).isBetween(50 * seconds * 0.95, (50 * seconds + 4) * 1.05);
    }

    @Test
    void ofAFixedWindowTheyTakeNoMoreThanItHas() {
        Limit fixed = limit(300, Duration.ofSeconds(2), 300, true);
        load(fixed, 1, 2);
        // whole windows: of the first only a part is seen
        long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        Await.forAWhile(Duration.ofSeconds(7));
        long window = Duration.ofSeconds(2).toNanos();
        long first = (System.nanoTime() + offset) / window * window - 2 * window - offset;

        for (long from : List.of(first, first + window)) {
            assertThat(passed(from, from + window)).isBetween(285L, 315L);
        }
    }

    /// The limit holds over the whole time, and while Redis is away each keeps to its part.
    @ParameterizedTest
    @MethodSource("troubles")
    void whateverBecomesOfRedisTheLimitHolds(Trouble trouble) {
        long begin = System.nanoTime();
        load(even(), 1, 1);
        Await.forAWhile(LONG);
        trouble.begin().accept(redis);
        if (trouble.isGone()) Await.until("Redis is gone", () -> !one.isReached() && !two.isReached());
        long gone = System.nanoTime();
        Await.forAWhile(LONG);
        long back = System.nanoTime();
        trouble.end().accept(redis);
        Await.until("Redis is back", () -> one.isReached() && two.isReached());
        Await.forAWhile(LONG);
        long end = System.nanoTime();

        assertThat(passed(begin, end)).isBetween(atLeast(begin, end), atMost(begin, end));
        assertThat(passed(gone, back)).isBetween(atLeast(gone, back), atMost(gone, back));
        if (trouble.isGone()) {
            assertThat(one.told).hasSize(3).first().isEqualTo("reached");
            assertThat(one.told.getLast()).isEqualTo("reached");
        }
    }

    record Trouble(String name, boolean isGone, Consumer<RedisServer> begin, Consumer<RedisServer> end) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble("killed, and started anew", true, RedisServer::kill, RedisServer::startAgain),
                new Trouble("stopped, and continued", true, RedisServer::hang, RedisServer::goOn),
                new Trouble("emptied", false, redis -> redis.command("FLUSHALL"), _ -> {}));
    }

    /// One had three times as much as the other.
    @Test
    void whileRedisIsGoneEachKeepsThePartThatItHad() {
        Limit wide = limit(RATE, Duration.ofSeconds(1), BURST, false);
        one.load(wide, 8);
        two.load(wide, 24);
        Await.forAWhile(LONG);
        redis.kill();
        Await.until("Redis is gone", () -> !one.isReached() && !two.isReached());
        for (int i = 0; i < 8; i++) {
            one.load(wide, 1);
            two.load(wide, 1);
        }
        Await.forAWhile(Duration.ofSeconds(1));
        long begin = System.nanoTime();
        Await.forAWhile(LONG);
        long end = System.nanoTime();

        double seconds = (end - begin) / 1e9;
        double part = one.passed(begin, end) / (RATE * seconds);
        assertThat(part).isBetween(0.6, 0.9);
        assertThat(passed(begin, end)).isBetween(atLeast(begin, end), atMost(begin, end));
    }

    @Test
    void aGatewayThatStartsWithoutRedisTakesThePartThatIsDeclared() {
        redis.kill();
        try (var started = new LoadedGateway(redis.url(), 4)) {
            var bucket = started.bucket(limit(100, Duration.ofHours(1), 100, false), "x");
            int passed = 0;
            while (bucket.take(1) == 0) passed++;

            assertThat(passed).isEqualTo(25);
            Await.until("the log says it", () -> !started.told.isEmpty());
            assertThat(started.told).hasSize(1).first().asString().contains("refused");
        }
    }

    @Test
    void operatorsSeeSinceWhenRedisIsReachedOrNotAndWhy() {
        Await.until("both are counted", () -> one.state().gateways() == 2);
        RedisState reached = one.state();
        assertThat(reached.isReached()).isTrue();
        assertThat(reached.url()).isEqualTo(redis.url());
        assertThat(reached.since()).isNotNull();
        assertThat(reached.fault()).isNull();

        redis.kill();
        Await.until("Redis is gone", () -> !one.state().isReached());
        RedisState gone = one.state();
        assertThat(gone.since()).isAfterOrEqualTo(reached.since());
        assertThat(gone.fault()).isNotBlank().doesNotContain(redis.url());
        Await.forAWhile(Duration.ofMillis(1_200));
        assertThat(one.state().since()).isEqualTo(gone.since());

        redis.startAgain();
        Await.until("Redis is back", () -> one.state().isReached());
        assertThat(one.state().fault()).isNull();
    }

    @Test
    void whatIsLeasedAndNotUsedGoesBack() {
        Limit slow = limit(100, Duration.ofHours(1), 100, false);
        var here = one.bucket(slow, "x");
        assertThat(here.take(1)).isZero();
        Await.until("a bucket", () -> redis.command("KEYS test:limit:*").contains("test:limit:"));
        String key =
                redis.command("KEYS test:limit:*").lines().skip(2).findFirst().orElseThrow();

        Await.until("given back", () -> left(key) > 98.9);

        assertThat(left(key)).isLessThan(99.5);
        assertThat(redis.command("PTTL " + key)).doesNotContain("-");
    }

    private double left(String key) {
        List<String> lines = redis.command("HGET " + key + " left").lines().toList();
        return Double.parseDouble(lines.get(1));
    }

    @Test
    void everyKeyHasAnEndAndNoneShowsWhoCalls() {
        one.bucket(even(), "127.0.0.77").take(1);
        Await.until("a bucket", () -> redis.command("KEYS test:limit:*").contains("test:limit:"));

        List<String> keys = redis.command("KEYS *")
                .lines()
                .filter(line -> line.startsWith("test:"))
                .toList();

        assertThat(keys).hasSize(2).allSatisfy(key -> {
            assertThat(redis.command("PTTL " + key)).startsWith(":").doesNotContain(":-");
            assertThat(key).doesNotContain("127.0.0.77");
        });
    }

    private void load(Limit limit, long pauseOne, long pauseTwo) {
        for (int i = 0; i < 4; i++) {
            one.load(limit, pauseOne);
            two.load(limit, pauseTwo);
        }
    }

    private long passed(long from, long to) {
        return one.passed(from, to) + two.passed(from, to);
    }

    private static long atLeast(long from, long to) {
        return (long) (RATE * (to - from) / 1e9 * 0.95);
    }

    private static long atMost(long from, long to) {
        return (long) Math.ceil((RATE * (to - from) / 1e9 + BURST) * 1.05);
    }

    private static Limit even() {
        return limit(RATE, Duration.ofSeconds(1), BURST, false);
    }

    private static Limit limit(long credits, Duration window, long burst, boolean isFixed) {
        return new Limit("l", List.of(), credits, window, burst, isFixed, List.of(), null, null, Exempt.NOBODY);
    }
}
