package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(new Peer("127.0.0.1", 1), 1);
    private final List<String> asked = new ArrayList<>();

    @Test
    void whoFoundNoPlaceIsAskedInTurnOnceOneIsFree() {
        places.take(waiting("first"));
        Places.Waiting second = waiting("second");
        places.take(second);
        places.take(waiting("third"));
        places.take(second);

        places.free();

        assertThat(asked).containsExactly("second", "third");
    }

    @Test
    void whoGaveUpIsForgotten() {
        places.take(waiting("first"));
        Places.Waiting gone = waiting("gone");
        places.take(gone);

        places.forget(gone);
        places.free();

        assertThat(asked).isEmpty();
    }

    private Places.Waiting waiting(String name) {
        return () -> asked.add(name);
    }
}
