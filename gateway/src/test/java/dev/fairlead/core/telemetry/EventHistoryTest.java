package dev.fairlead.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fault.Part;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventHistoryTest {
    private final EventHistory history = new EventHistory(InstantSource.fixed(Instant.EPOCH));

    private static Stream<Function<EventHistory, IntConsumer>> floods() {
        return Stream.of(
                history -> i -> history.fault(Part.CLIENTS, "fault " + i, new IllegalStateException()),
                history -> i -> history.quota("team" + i, 100, 8),
                history -> i -> history.panic("chain", "group" + i, true),
                history -> i -> history.stalled("chain" + i, null));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void noKindOfEventDrivesOutTheOthers(Function<EventHistory, IntConsumer> flood) {
        history.order("ann", "tenants add a");
        history.lastResort("mainnet", true);

        IntStream.range(0, 10_000).forEach(flood.apply(history));

        assertThat(history.after(0, 2_000).subList(0, 2))
                .extracting(HistoryLine::kind)
                .containsExactly("order", "last-resort");
        assertThat(history.latest(10_000)).hasSize(2_000);
        assertThat(history.latest(1).getFirst().serial()).isEqualTo(10_002);
    }

    @Test
    void ofTheKindThatThereAreMostOfTheOldestAreForgotten() {
        for (int i = 0; i < 3_000; i++) history.quota("team" + i, 75, 8);

        assertThat(history.after(0, 1).getFirst().text()).contains("team1000 ");
    }
}
