package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.control.store.AddedDays;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.DayTaker;
import dev.fairlead.support.QuietEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Days of tenants that two gateways share over one database.
class StoredDaysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final long QUOTA = 1_000;

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Store storeOfOne;
    private Store storeOfOther;
    private final DailyUse one = new DailyUse(() -> now, new QuietEvents());
    private final DailyUse other = new DailyUse(() -> now, new QuietEvents());
    private AddedDays ofOne;
    private AddedDays ofOther;

    @BeforeEach
    void open() {
        storeOfOne = SqliteStore.open(new StoreConfig(directory));
        storeOfOther = SqliteStore.open(new StoreConfig(directory));
        ofOne = new AddedDays(storeOfOne, one);
        ofOther = new AddedDays(storeOfOther, other);
    }

    @AfterEach
    void close() {
        storeOfOne.close();
        storeOfOther.close();
    }

    @Test
    void twoGatewaysLetHardlyMoreThroughThanTheQuota() {
        long taken = 0;
        for (int i = 0; i < 2 * QUOTA; i++) {
            taken += take(one, ofOne) + take(other, ofOther);
        }

        assertThat(taken).isBetween(QUOTA, QUOTA * 105 / 100);
        assertThat(kept(DAY)).isEqualTo(taken);
    }

    @Test
    void aGatewayThatCallsComeToLaterHearsSoonThatTheDayIsSpent() {
        for (int i = 0; i < QUOTA; i++) take(one, ofOne);

        long late = 0;
        for (int i = 0; i < QUOTA; i++) late += take(other, ofOther);

        assertThat(late).isBetween(0L, QUOTA * 5 / 100);
    }

    @Test
    void whatAStoreDidNotTakeIsWrittenOnceLater() {
        DayTaker.take(one, 7, QUOTA);
        storeOfOne.close();
        assertThatThrownBy(ofOne::write).isInstanceOf(StoreFailure.class);
        DayTaker.take(one, 1, QUOTA);
        storeOfOne = SqliteStore.open(new StoreConfig(directory));

        new AddedDays(storeOfOne, one).write();
        new AddedDays(storeOfOne, one).write();

        assertThat(kept(DAY)).isEqualTo(8);
    }

    @Test
    void whatWasTakenShortlyBeforeMidnightBelongsToItsDay() {
        DayTaker.take(one, 7, QUOTA);
        DayTaker.take(other, 4, QUOTA);
        now = Instant.parse("2026-01-02T00:00:00Z");
        DayTaker.take(one, 2, QUOTA);
        assertThat(other.uses()).isEmpty();
        ofOne.write();
        ofOther.write();

        assertThat(kept(DAY)).isEqualTo(11);
        assertThat(kept(DAY.plusDays(1))).isEqualTo(2);
        assertThat(one.uses()).containsExactly(new DayUse("team", DAY.plusDays(1), 2));
    }

    @Test
    void aRestartGoesOnWhereAllWere() {
        DayTaker.take(one, 400, QUOTA);
        DayTaker.take(other, 500, QUOTA);
        ofOne.write();
        ofOther.write();
        var restarted = new DailyUse(() -> now, new QuietEvents());
        restarted.restore(storeOfOne.uses(DAY, null));

        assertThat(DayTaker.take(restarted, 101, QUOTA)).isFalse();
        assertThat(DayTaker.take(restarted, 100, QUOTA)).isTrue();
        new AddedDays(storeOfOne, restarted).write();
        assertThat(kept(DAY)).isEqualTo(QUOTA);
    }

    private long kept(LocalDate day) {
        List<DayUse> uses = storeOfOther.uses(day, "team");
        return uses.stream()
                .filter(use -> use.day().equals(day))
                .findFirst()
                .map(DayUse::credits)
                .orElse(0L);
    }

    /// As the loop that writes does, which looks more often than calls come.
    private static int take(DailyUse use, AddedDays days) {
        if (!DayTaker.take(use, 1, QUOTA)) return 0;
        if (days.isPressing()) days.write();
        return 1;
    }
}
