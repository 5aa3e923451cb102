package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a client goes away, what is done for its call stops.
class AbandonedCallTest {
    @Test
    void anAbandonedCallStopsItsAttempt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call(CALL, LATEST);
        var attempt = nodes.pending.getFirst();

        asked.call.abandon();
        nodes.pass(Duration.ofSeconds(5));

        assertThat(attempt.cancelled).isTrue();
        assertThat(asked.answers).isEmpty();
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(nodes.events.attempts)
                .singleElement()
                .satisfies(end -> assertThat(end.reason()).isEqualTo("abandoned"));
    }

    @Test
    void anAbandonedSubmissionIsLetFinish() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");
        var attempt = nodes.pending.getFirst();

        asked.call.abandon();
        attempt.end(nodes.result("\"0x1\""));

        assertThat(attempt.cancelled).isFalse();
        assertThat(asked.answers).isEmpty();
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void anAbandonedCallInBackOffAsksNobodyAnyMore() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.REFUSES);
        ClientCall asked = nodes.call(CALL, LATEST);

        asked.call.abandon();
        nodes.pass(Duration.ofSeconds(1));

        assertThat(nodes.asked).containsExactly("a");
    }
}
