package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cli.console.AdminClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DrainWaitTest {
    private final StringWriter progress = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    @Test
    void itEndsWhenNoCallWasSeenTwiceAndTellsEachNumberOnce() {
        Deque<String> looks = new ArrayDeque<>(List.of("3", "3", "0", "1", "0", "0", "9"));

        JsonNode drained = await(looks, "draining");

        assertThat(drained.path("inFlight").asInt()).isZero();
        assertThat(looks).containsExactly("9");
        assertThat(progress.toString().lines()).containsExactly("a/b: 3 calls in flight", "a/b: 1 call in flight");
    }

    @Test
    void callsThatAreNotKnownCountAsNone() {
        assertThat(await(new ArrayDeque<>(List.of("null", "null")), "draining").isObject())
                .isTrue();
    }

    @Test
    void itGivesUpAtItsBound() {
        Deque<String> looks = new ArrayDeque<>(List.of("2", "2", "2", "2", "2", "2", "2"));

        assertThatThrownBy(() -> await(looks, "draining"))
                .isInstanceOf(AdminClient.Rejected.class)
                .hasMessageContaining("a/b still has 2 calls in flight after 5 s");
        assertThat(looks).hasSize(1);
    }

    @Test
    void anotherOrderEndsIt() {
        assertThatThrownBy(() -> await(new ArrayDeque<>(List.of("2")), "serving"))
                .hasMessageContaining("no longer draining, it is serving");
    }

    private JsonNode await(Deque<String> looks, String mode) {
        var wait = new DrainWait(
                () -> AdminClient.JSON.readTree("{\"mode\":\"" + mode + "\",\"inFlight\":" + looks.pop() + "}"),
                () -> now.getAndAdd(Duration.ofSeconds(1).toNanos()),
                () -> {},
                new PrintWriter(progress));
        return wait.await("a/b", Duration.ofSeconds(5));
    }
}
