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

    private InFlightLimit.Waiting waiting(String name) {
        return () -> asked.add(name);
    }
}
