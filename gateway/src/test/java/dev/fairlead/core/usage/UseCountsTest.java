package dev.fairlead.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UseCountsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    private Instant now = AT;
    private final UseCounts counts = new UseCounts(() -> now);

    @Test
    void callsAreCountedByWhatCameOfThem() {
        counts.count(true);
        counts.ended(call("team", "web", Ending.SERVED, null, 3));
        counts.ended(call("team", "web", Ending.OBJECTED, null, 1));
        counts.ended(call("team", "web", Ending.FAILED, "deadline", 1));
        counts.ended(call("team", "web", Ending.REFUSED, "limited", 0));
        counts.ended(call("team", "web", Ending.REFUSED, "limited", 0));
        counts.ended(call("team", "web", Ending.REFUSED, null, 0));
        counts.ended(call("public", null, Ending.REFUSED, "unauthorized", 0));

        assertThat(counts.take(DAY, AT))
                .containsExactlyInAnyOrder(
                        new KeyUse("team", "web", DAY, 2, 1, Map.of("limited", 2L, "other", 1L), 5, AT),
                        new KeyUse("public", KeyUse.ALL, DAY, 0, 0, Map.of("unauthorized", 1L), 0, null));
        assertThat(counts.take(DAY, AT)).isEmpty();
    }

    @Test
    void aKeyWasLastUsedWhenItsLastCallEndedNotWhenThatIsWritten() {
        counts.count(true);
        counts.ended(call("team", "web", Ending.SERVED, null, 1));
        now = AT.plusMillis(3_999);
        counts.ended(call("team", "web", Ending.REFUSED, "limited", 0));
        now = AT.plusSeconds(4);
        counts.ended(call("team", "web", Ending.REFUSED, "unauthorized", 0)); // revoked meanwhile
        now = AT.plusSeconds(9);

        assertThat(counts.take(DAY, now)).extracting(KeyUse::lastAt).containsExactly(AT.plusSeconds(3));
        counts.ended(call("team", "web", Ending.REFUSED, "unauthorized", 0));
        assertThat(counts.take(DAY, now)).extracting(KeyUse::lastAt).containsOnlyNulls();
    }

    @Test
    void nothingIsCountedWhileNobodyHasAKey() {
        counts.ended(call("public", null, Ending.SERVED, null, 0));

        assertThat(counts.take(DAY, AT)).isEmpty();
    }

    @Test
    void noCallIsLostWhileCountsAreTaken() throws InterruptedException {
        counts.count(true);
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 20_000; i++) counts.ended(call("team", "web", Ending.SERVED, null, 2));
                }))
                .toList();
        var taken = new ArrayList<KeyUse>();
        while (callers.stream().anyMatch(Thread::isAlive)) taken.addAll(counts.take(DAY, AT));
        for (Thread caller : callers) caller.join();
        taken.addAll(counts.take(DAY, AT));

        assertThat(taken.stream().mapToLong(KeyUse::answered).sum()).isEqualTo(80_000);
        assertThat(taken.stream().mapToLong(KeyUse::credits).sum()).isEqualTo(160_000);
    }

    @Test
    void aKeyThatDoesNotCallForAnHourIsForgotten() {
        counts.count(true);
        counts.ended(call("team", "web", Ending.SERVED, null, 1));
        assertThat(counts.size()).isOne();
        counts.take(DAY, AT);
        counts.take(DAY, AT.plusSeconds(3_600));
        assertThat(counts.size()).isOne();

        counts.take(DAY, AT.plusSeconds(3_602));

        assertThat(counts.size()).isZero();
    }

    private static CallEnded call(
            String tenant, @Nullable String key, Ending ending, @Nullable String refusal, int credits) {
        return new CallEnded(
                1,
                null,
                "mainnet",
                "eth_call",
                ending,
                null,
                1,
                0,
                0,
                null,
                200,
                9,
                tenant,
                key,
                "c",
                null,
                null,
                refusal,
                credits);
    }
}
