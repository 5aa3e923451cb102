package dev.fairlead.data.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    private final InFlightLimit limit = new InFlightLimit(1);
    private final List<String> asked = new ArrayList<>();

    @Test
    void whoFoundNoPlaceIsAskedInTurnOnceOneIsFree() {
        limit.take(waiting("first"));
        InFlightLimit.Waiting second = waiting("second");
        limit.take(second);
        limit.take(waiting("third"));
        limit.take(second);

        limit.free();

        assertThat(asked).containsExactly("second", "third");
    }

    @Test
    void whoGaveUpIsForgotten() {
        limit.take(waiting("first"));
        InFlightLimit.Waiting gone = waiting("gone");
        limit.take(gone);

        limit.forget(gone);
        limit.free();

        assertThat(asked).isEmpty();
    }

    /// The streams of one connection, each of which moves little.
    @Test
    void whatAClientTakesOfAllStreamsMakesItAReader() {
        for (int look = 1; look <= 4; look++) {
            assertThat(limit.isOfReader()).isFalse();
            for (int stream = 0; stream < 20; stream++) limit.took(InFlightLimit.A_LITTLE / 20 + 1, look);
        }
        assertThat(limit.isOfReader()).isTrue();

        limit.took(0, 5);
        assertThat(limit.isOfReader()).as("what is taken comes in bursts").isTrue();

        limit.took(InFlightLimit.A_LITTLE / 2, 6);
        limit.took(InFlightLimit.A_LITTLE / 2, 7);
        assertThat(limit.isOfReader()).isFalse();
    }

    private InFlightLimit.Waiting waiting(String name) {
        return () -> asked.add(name);
    }
}
