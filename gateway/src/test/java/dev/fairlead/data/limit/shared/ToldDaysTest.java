package dev.fairlead.data.limit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.DayTaker;
import dev.fairlead.support.QuietEvents;
import dev.fairlead.support.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What gateways tell one real Redis, when its answers get lost on their way.
@Tag("real")
class ToldDaysTest {
    private static final long QUOTA = 100_000;

    private final RedisServer redis = RedisServer.start();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Gateway one = new Gateway();
    private final Gateway two = new Gateway();

    private final class Gateway implements RedisScripts {
        private final RedisLink link = new RedisLink(config(), Objects.requireNonNull(config().address()));
        private final DailyUse use = new DailyUse(() -> now, new QuietEvents());
        private final ToldDays days = new ToldDays(this, new LeaseKeys("test"), use);
        private boolean isAnswerLost;

        @Override
        public List<String> run(String script, List<String> keys, List<String> arguments)
                throws RedisGone, InterruptedException {
            List<String> answer = link.run(script, keys, arguments);
            if (isAnswerLost) throw new RedisGone("no answer");
            return answer;
        }

        void take(long credits) {
            assertThat(DayTaker.take(use, credits, QUOTA)).isTrue();
        }

        void share() throws Exception {
            days.hurry();
            days.share(System.nanoTime(), 1);
        }

        void shareInVain() {
            isAnswerLost = true;
            assertThatThrownBy(this::share).isInstanceOf(RedisGone.class);
            isAnswerLost = false;
        }

        long used() {
            return use.uses().stream().mapToLong(DayUse::credits).sum();
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @AfterEach
    void end() {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void whatIsToldAgainAfterALostAnswerCountsOnce() throws Exception {
        one.take(7);
        one.share();
        for (int i = 0; i < 5; i++) {
            one.take(1);
            one.shareInVain();
        }
        two.take(3);
        two.share();
        assertThat(two.used()).isEqualTo(15);
        one.share();

        assertThat(one.used()).isEqualTo(15);
    }

    @Test
    void aRedisThatLostTheDayIsToldAllOfItOnce() throws Exception {
        one.take(40);
        one.share();
        two.take(2);
        two.share();
        redis.command("FLUSHALL");
        one.take(1);
        one.shareInVain();
        two.take(1);
        two.share();
        one.take(1);
        one.share();

        assertThat(one.used()).isEqualTo(45);
    }

    @Test
    void aGatewayThatStartsAnewGoesOnWhereAllWere() throws Exception {
        one.take(5);
        one.share();
        try (var again = new Gateway()) {
            again.take(2);
            again.shareInVain();
            again.share();
            assertThat(again.used()).isEqualTo(7);
        }
    }

    @Test
    void whatWasToldInVainBeforeMidnightBelongsToItsDay() throws Exception {
        one.take(5);
        one.shareInVain();
        now = Instant.parse("2026-01-02T00:00:00Z");
        one.take(1);
        one.share();
        two.take(1);
        two.share();

        assertThat(two.used()).isEqualTo(2);
    }

    private RedisConfig config() {
        return new RedisConfig(
                Objects.requireNonNull(RedisAddress.parse(redis.url())), null, null, "test", Duration.ofSeconds(10), 1);
    }
}
