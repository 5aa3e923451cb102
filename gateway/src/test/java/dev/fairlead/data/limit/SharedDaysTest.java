package dev.fairlead.data.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.limit.shared.RedisAddress;
import dev.fairlead.data.limit.shared.RedisConfig;
import dev.fairlead.data.limit.shared.SharedLimits;
import dev.fairlead.support.Await;
import dev.fairlead.support.QuietEvents;
import dev.fairlead.support.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Days of tenants that two gateways share over one real Redis.
@Tag("real")
class SharedDaysTest {
    private static final long QUOTA = 1_000;
    private static final Tenant TEAM = new Tenant("team");

    private final RedisServer redis = RedisServer.start();
    private final DailyUse one = new DailyUse(InstantSource.system(), new QuietEvents());
    private final DailyUse two = new DailyUse(InstantSource.system(), new QuietEvents());
    private final SharedLimits linkOfOne = link(one);
    private final SharedLimits linkOfTwo = link(two);

    @AfterEach
    void end() {
        linkOfOne.close();
        linkOfTwo.close();
        redis.close();
    }

    @Test
    void aDayIsSharedAndNotGivenASecondTimeWhenRedisLosesIt() {
        awaitEachOther();
        long taken = take(300);
        redis.kill();
        taken += take(200);
        redis.startAgain();
        Await.until("Redis is back", () -> linkOfOne.isReached() && linkOfTwo.isReached());
        taken += take(QUOTA);

        assertThat(taken).isBetween(950L, 1_050L);
    }

    @Test
    void ofTwoHeavyCallsAtTheSameTimeOnePassesWhenTheyComeBack() {
        awaitEachOther();
        int passed = 0;
        for (int i = 0; i < 4; i++) {
            for (DailyUse use : new DailyUse[] {one, two}) if (use.take(TEAM, QUOTA, QUOTA)) passed++;
            Await.forAWhile(DailyUse.AGREED);
        }

        assertThat(passed).isEqualTo(1);
        assertThat(two.untilLeft(TEAM, QUOTA, QUOTA)).isGreaterThan(DailyUse.AGREED);
    }

    @Test
    void aDayIsUsedUpAndNoMoreWhoeverAsksHoweverOften() throws Exception {
        awaitEachOther();
        var taken = new LongAdder();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) callers.submit(caller(i % 2 == 0 ? one : two, 1 + i / 2 * 20, taken));
        }

        assertThat(taken.sum()).isBetween(QUOTA - 5, QUOTA * 105 / 100);
    }

    private static Runnable caller(DailyUse use, long weight, LongAdder taken) {
        return () -> takeAll(use, weight, taken);
    }

    /// Until it was refused for five seconds.
    private static void takeAll(DailyUse use, long weight, LongAdder taken) {
        for (int refused = 0; refused < 1_000; refused++) {
            if (use.take(TEAM, weight, QUOTA)) {
                taken.add(weight);
                refused = 0;
            }
            Await.forAWhile(Duration.ofMillis(5));
        }
    }

    @Test
    void whatBothTookIsSoonKnownToBothThoughOneIsIdle() {
        awaitEachOther();
        two.take(TEAM, 1, QUOTA);
        for (int i = 0; i < 50; i++) one.take(TEAM, 1, QUOTA);

        Await.until("both know", () -> used(one) == 51 && used(two) == 51);
        String key =
                redis.command("KEYS test:taken:*").lines().skip(2).findFirst().orElseThrow();
        assertThat(redis.command("PTTL " + key)).startsWith(":").doesNotContain(":-");
        assertThat(key).doesNotContain("team");
    }

    @Test
    void whileRedisIsGoneNobodyTakesMoreThanItsPart() {
        awaitEachOther();
        take(100);
        redis.kill();
        Await.until("Redis is gone", () -> !linkOfOne.isReached() && !linkOfTwo.isReached());

        int taken = 0;
        while (one.take(TEAM, 1, QUOTA)) taken++;

        assertThat(taken).isBetween(400, 500);
    }

    private void awaitEachOther() {
        Await.until("both know of each other", () -> linkOfOne.gateways() == 2 && linkOfTwo.gateways() == 2);
    }

    private static long used(DailyUse use) {
        return use.uses().stream().mapToLong(DayUse::credits).sum();
    }

    /// Takes from both in turns until they have let that many through, or none for a while.
    private long take(long most) {
        long taken = 0;
        for (int refused = 0; taken < most && refused < 200; refused++) {
            for (DailyUse use : new DailyUse[] {one, two}) {
                if (!use.take(TEAM, 1, QUOTA)) continue;
                taken++;
                refused = 0;
            }
            Await.forAWhile(Duration.ofMillis(5));
        }
        return taken;
    }

    private SharedLimits link(DailyUse use) {
        RedisAddress address = Objects.requireNonNull(RedisAddress.parse(redis.url()));
        var config = new RedisConfig(address, null, null, "test", Duration.ofMillis(500), 1);
        var link = SharedLimits.of(
                config, address, use, new QuietEvents(), InstantSource.system(), new Supervisor(Faults.TO_LOG));
        link.start(Duration.ofSeconds(10));
        return link;
    }
}
