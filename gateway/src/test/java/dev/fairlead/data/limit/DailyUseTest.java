package dev.fairlead.data.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.support.QuietEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class DailyUseTest {
    private static final Tenant TEAM = new Tenant("team");

    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final DailyUse uses = uses();

    private DailyUse uses() {
        return new DailyUse(() -> now, new QuietEvents() {
            @Override
            public void quota(String tenant, int percent, long quota) {
                told.add(tenant + " " + percent + " of " + quota);
            }
        });
    }

    @Test
    void asMuchAsTheQuotaAndAgainFromMidnightUtc() {
        assertThat(take(12, 10)).isEqualTo(10);
        assertThat(uses.untilLeft(TEAM, 1, 10)).isEqualTo(Duration.ofHours(12));
        now = Instant.parse("2026-01-01T23:59:59.999Z");
        assertThat(take(12, 10)).isZero();
        now = Instant.parse("2026-01-02T00:00:00Z");
        assertThat(take(12, 10)).isEqualTo(10);
    }

    @Test
    void operatorsAreToldOnceAtEachShareOfTheQuota() {
        for (int i = 0; i < 150; i++) if (uses.take(TEAM, 1, 100)) uses.tell(TEAM, 100);

        assertThat(told).containsExactly("team 75 of 100", "team 85 of 100", "team 100 of 100");
    }

    @Test
    void whatIsGivenBackAndTakenAgainIsToldOnce() {
        take(7, 10);
        for (int i = 0; i < 100; i++) {
            uses.take(TEAM, 1, 10);
            uses.giveBack(TEAM, 1);
        }
        assertThat(told).isEmpty();

        for (int i = 0; i < 5; i++) {
            uses.take(TEAM, 1, 10);
            uses.tell(TEAM, 10);
            uses.giveBack(TEAM, 1);
        }
        assertThat(told).containsExactly("team 75 of 10");
    }

    @Test
    void anotherQuotaIsToldOfAnewAndARestartIsNot() {
        take(90, 0);
        uses.tell(TEAM, 100);
        uses.tell(TEAM, 1_000);
        uses.tell(TEAM, 100);
        assertThat(told).containsExactly("team 75 of 100", "team 85 of 100", "team 75 of 100", "team 85 of 100");
        told.clear();

        DailyUse restarted = uses();
        restarted.restore(uses.uses());
        restarted.take(TEAM, 1, 100);
        restarted.tell(TEAM, 100);
        assertThat(told).isEmpty();
        restarted.take(TEAM, 9, 100);
        restarted.tell(TEAM, 100);
        assertThat(told).containsExactly("team 100 of 100");

        now = Instant.parse("2026-01-02T08:00:00Z");
        restarted.take(TEAM, 80, 100);
        restarted.tell(TEAM, 100);
        assertThat(told).containsExactly("team 100 of 100", "team 75 of 100");
    }

    @Test
    void afterARestartADayThatIsSpentIsNotToldAgain() {
        DailyUse full = restartedAfter(100);
        full.tellRefused(TEAM, 1, 100);
        DailyUse nearlyFull = restartedAfter(90);
        nearlyFull.restoreSpent(List.of("team"));
        nearlyFull.tellRefused(TEAM, 20, 100);
        nearlyFull.take(TEAM, 10, 100);
        nearlyFull.tell(TEAM, 100);

        assertThat(told).isEmpty();
    }

    @Test
    void afterARestartADayIsToldWhoseQuotaWasRaisedMeanwhile() {
        DailyUse restarted = restartedAfter(100);
        restarted.restoreSpent(List.of("team"));
        restarted.take(TEAM, 80, 200);
        restarted.tell(TEAM, 200);
        restarted.tellRefused(TEAM, 21, 200);

        assertThat(told).containsExactly("team 75 of 200", "team 85 of 200", "team 100 of 200");
        now = Instant.parse("2026-01-02T08:00:00Z");
        restarted.take(TEAM, 180, 200);
        restarted.tell(TEAM, 200);
        restarted.tellRefused(TEAM, 21, 200);
        assertThat(told).hasSize(6).last().isEqualTo("team 100 of 200");
    }

    private DailyUse restartedAfter(long taken) {
        DailyUse restarted = uses();
        restarted.restore(List.of(new DayUse("team", LocalDate.of(2026, 1, 1), taken)));
        return restarted;
    }

    @Test
    void oneHeavyCallMayPassSeveralShares() {
        uses.take(TEAM, 90, 100);
        uses.tell(TEAM, 100);

        assertThat(told).containsExactly("team 75 of 100", "team 85 of 100");
        assertThat(uses.take(TEAM, 11, 100)).isFalse();
        assertThat(uses.take(TEAM, 10, 100)).isTrue();
    }

    @Test
    void aCallThatIsRefusedForTheDayTellsOnceThatItIsSpent() {
        uses.take(TEAM, 83, 100);
        uses.tell(TEAM, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(uses.take(TEAM, 20, 100)).isFalse();
            uses.tellRefused(TEAM, 20, 100);
        }
        uses.take(TEAM, 17, 100);
        uses.tell(TEAM, 100);

        assertThat(told).containsExactly("team 75 of 100", "team 100 of 100");
        now = Instant.parse("2026-01-02T08:00:00Z");
        uses.take(TEAM, 90, 100);
        uses.tellRefused(TEAM, 20, 100);
        assertThat(told).hasSize(3).last().isEqualTo("team 100 of 100");
    }

    @Test
    void aCallThatIsRefusedForThisGatewaysPartDoesNotTellThatTheDayIsSpent() {
        uses.keepToPart(2);
        uses.take(TEAM, 45, 100);
        assertThat(uses.take(TEAM, 20, 100)).isFalse();
        uses.tellRefused(TEAM, 20, 100);

        assertThat(told).isEmpty();
        assertThat(uses.untilLeft(TEAM, 20, 100)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whoeverCannotHearOfTheOthersTakesNoMoreThanItsPart() {
        uses.keepToPart(2);

        assertThat(uses.take(TEAM, 51, 100)).isFalse();
        assertThat(uses.take(TEAM, 50, 100)).isTrue();
        assertThat(uses.take(TEAM, 1, 100)).isFalse();
    }

    @Test
    void aHeavyCallWaitsForItsLeaseAndALightOneDoesNot() {
        uses.shareAmong(2);

        assertThat(uses.take(TEAM, 100, 1_000)).isFalse();
        assertThat(uses.untilLeft(TEAM, 100, 1_000)).isEqualTo(Duration.ofSeconds(1));
        assertThat(uses.take(TEAM, 1, 1_000)).isTrue();
        assertThat(uses.isPressing()).isTrue();
        uses.granted(uses.needs(0).getFirst().look(), 100, 0);

        assertThat(uses.take(TEAM, 100, 1_000)).isTrue();
        assertThat(uses.take(TEAM, 100, 1_000)).isFalse();
    }

    @Test
    void whatWasLeasedIsNotTakenAnyMoreWhenTheOthersCannotBeHeardOf() {
        uses.shareAmong(2);
        assertThat(uses.take(TEAM, 100, 100)).isFalse();
        uses.granted(uses.needs(0).getFirst().look(), 100, 0);
        uses.keepToPart(2);

        assertThat(uses.take(TEAM, 100, 100)).isFalse();
        uses.shareAmong(2);
        assertThat(uses.take(TEAM, 100, 100)).isFalse();
    }

    @Test
    void whatIsGivenBackOfALeaseIsLeasedStill() {
        uses.shareAmong(2);
        assertThat(uses.take(TEAM, 100, 1_000)).isFalse();
        uses.granted(uses.needs(0).getFirst().look(), 100, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(uses.take(TEAM, 100, 1_000)).isTrue();
            uses.giveBack(TEAM, 100);
        }

        assertThat(used()).isZero();
        assertThat(uses.take(TEAM, 100, 1_000)).isTrue();
        assertThat(uses.take(TEAM, 100, 1_000)).isFalse();
    }

    @Test
    void aRestartGivesNobodyASecondDay() {
        take(8, 10);
        List<DayUse> written = uses.uses();
        assertThat(written).containsExactly(new DayUse("team", LocalDate.of(2026, 1, 1), 8));

        DailyUse restarted = uses();
        restarted.restore(written);
        assertThat(restarted.take(TEAM, 3, 10)).isFalse();
        assertThat(restarted.take(TEAM, 2, 10)).isTrue();

        now = Instant.parse("2026-01-02T08:00:00Z");
        DailyUse nextDay = uses();
        nextDay.restore(written);
        assertThat(nextDay.take(TEAM, 10, 10)).isTrue();
    }

    @Test
    void whoDidNotCallTodayIsForgotten() {
        take(3, 10);
        now = Instant.parse("2026-01-02T08:00:00Z");
        uses.take(new Tenant("other"), 1, 0);

        assertThat(uses.uses()).containsExactly(new DayUse("other", LocalDate.of(2026, 1, 2), 1));
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        take(10, 10);
        uses.giveBack(TEAM, 4);

        assertThat(take(10, 10)).isEqualTo(4);
    }

    @Test
    void manyAtOnceTakeNoMoreThanTheQuota() throws Exception {
        var taken = new LongAdder();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                threads.submit(() -> {
                    for (int i = 0; i < 10_000; i++) if (uses.take(TEAM, 1, 20_000)) taken.increment();
                });
            }
        }

        assertThat(taken.sum()).isEqualTo(20_000);
    }

    private long used() {
        return uses.uses().stream().mapToLong(DayUse::credits).sum();
    }

    private int take(int calls, long quota) {
        int taken = 0;
        for (int i = 0; i < calls; i++) if (uses.take(TEAM, 1, quota)) taken++;
        return taken;
    }
}
