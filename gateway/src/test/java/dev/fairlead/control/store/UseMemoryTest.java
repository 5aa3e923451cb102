package dev.fairlead.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UseCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UseMemoryTest {
    private static final Duration NEVER = Duration.ofHours(9);
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    @TempDir
    Path directory;

    private Store store;
    private Instant now = Instant.parse("2026-01-02T23:04:05Z");
    private final UseCounts counts = new UseCounts(() -> now);
    private List<DayUse> days = List.of();

    @BeforeEach
    void open() {
        store = SqliteStore.open(new StoreConfig(directory));
        counts.count(true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasCountedIsToldBeforeItIsWrittenAndOnceAfterwards() {
        days = List.of(new DayUse("team", DAY, 7));
        UseMemory memory = memory();
        counts.ended(call("web"));
        counts.ended(call("app"));

        assertThat(memory.keys(null, KeyPlace.BEGINNING, 10))
                .extracting(KeyUse::key, KeyUse::answered)
                .containsExactly(tuple("app", 1L), tuple("web", 1L));
        assertThat(store.tenantUses(DAY, null)).isEmpty();
        assertThat(memory.tenants(DAY, "team").credits()).containsExactly(new DayUse("team", DAY, 7));

        memory.start();
        counts.ended(call("web"));
        memory.close();

        assertThat(store.tenantUses(DAY, null)).extracting(KeyUse::answered).containsExactly(3L);
        assertThat(memory.tenants(DAY, null).calls())
                .extracting(KeyUse::answered)
                .containsExactly(3L);
        counts.ended(call("web"));
        assertThat(memory.tenants(DAY, null).calls())
                .extracting(KeyUse::answered)
                .containsExactly(4L);
        assertThat(memory.keys("team", new KeyPlace("team", "app"), 1))
                .extracting(KeyUse::answered)
                .containsExactly(3L);
    }

    @Test
    void twoGatewaysOverOneStoreCountTogether() {
        UseMemory one = memory();
        counts.ended(call("web"));
        one.start();
        one.close();
        var others = new UseCounts(() -> now);
        others.count(true);
        others.ended(call("web"));
        var other = new UseMemory(store, new KnownDays(store, List::of), others, () -> now, NEVER, supervisor());
        other.start();
        other.close();

        assertThat(memory().tenants(DAY, null).calls())
                .extracting(KeyUse::answered)
                .containsExactly(2L);
    }

    @Test
    void callsBelongToTheDayInWhichTheirRoundBegan() {
        UseMemory memory = memory();
        counts.ended(call("web"));
        now = Instant.parse("2026-01-03T00:00:00Z");
        assertThat(memory.keys(null, KeyPlace.BEGINNING, 10))
                .extracting(KeyUse::day, KeyUse::answered)
                .containsExactly(tuple(DAY.plusDays(1), 0L));
        counts.ended(call("web"));

        assertThat(memory.tenants(DAY, null).calls())
                .extracting(KeyUse::day, KeyUse::answered)
                .containsExactly(tuple(DAY, 1L), tuple(DAY.plusDays(1), 1L));
    }

    @Test
    void thirtyFiveDaysAreKept() {
        LocalDate last = DAY.minusDays(UseMemory.KEPT_DAYS);
        store.rememberUses(
                List.of(new DayUse("team", last, 1), new DayUse("team", last.plusDays(1), 2)),
                List.of(new KeyUse("team", "web", last, 1, 0, Map.of("limited", 1L), 1, null)));
        UseMemory memory = memory();

        memory.start();
        memory.close();

        assertThat(store.uses(LocalDate.EPOCH, null))
                .extracting(DayUse::credits)
                .containsExactly(2L);
        assertThat(store.tenantUses(LocalDate.EPOCH, null)).isEmpty();
    }

    private UseMemory memory() {
        return new UseMemory(store, new KnownDays(store, () -> days), counts, () -> now, NEVER, supervisor());
    }

    private static Supervisor supervisor() {
        return new Supervisor((_, _, _) -> {});
    }

    private static CallEnded call(String key) {
        return new CallEnded(
                1,
                null,
                "mainnet",
                "eth_call",
                Ending.SERVED,
                null,
                1,
                0,
                0,
                null,
                200,
                9,
                "team",
                key,
                "c",
                null,
                null,
                null,
                2);
    }
}
