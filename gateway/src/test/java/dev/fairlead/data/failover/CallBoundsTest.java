package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a chain or a group says of its own calls counts before what is said for all.
class CallBoundsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CallBounds ONE_SECOND = new CallBounds(SECOND, null, null, null);

    @Test
    void whereNothingIsSaidTheUsualBoundsCount() {
        var nodes = hanging(new Fleets().boundedChain(CallBounds.NONE).bounded(CallBounds.NONE));

        nodes.call(CALL, LATEST);

        assertThat(nodes.timeouts).containsExactly(nodes.config.attempt());
    }

    @Test
    void aChainsAttemptsMayBeShorter() {
        var nodes = hanging(new Fleets().boundedChain(ONE_SECOND).bounded(CallBounds.NONE));

        nodes.call(CALL, LATEST);

        assertThat(nodes.timeouts).containsExactly(SECOND);
    }

    @Test
    void aGroupsCountBeforeItsChains() {
        var longer = new CallBounds(SECOND.multipliedBy(9), null, null, null);
        var nodes = hanging(new Fleets().boundedChain(ONE_SECOND).bounded(longer));

        nodes.call(CALL, LATEST);

        assertThat(nodes.timeouts).containsExactly(SECOND.multipliedBy(9));
    }

    @Test
    void slowMethodsHaveABoundOfTheirOwn() {
        var slow = new CallBounds(null, SECOND.multipliedBy(7), null, null);
        var nodes = hanging(new Fleets().bounded(slow));

        nodes.call(CALL, LATEST);
        nodes.call("eth_call", "[{},\"latest\"]");

        assertThat(nodes.timeouts).containsExactly(nodes.config.attempt(), SECOND.multipliedBy(7));
    }

    @Test
    void oneAttemptIsEnoughWhereSoIsSaid() {
        var once = new CallBounds(null, null, 1, null);
        var nodes = hanging(new Fleets().bounded(once)).script("a", ScriptedNodes.RESETS);

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a");
        assertThat(asked.text()).isEqualTo("NO_NODE");
    }

    @Test
    void theDeadlineIsBroughtForward() {
        var short3 = new CallBounds(SECOND, null, null, SECOND.multipliedBy(3));
        var nodes = hanging(new Fleets().boundedChain(short3).bounded(CallBounds.NONE));

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofMillis(3_000));

        assertThat(asked.text()).isEqualTo("NO_NODE");
    }

    @Test
    void aDeadlineIsNeverPutOff() {
        var nodes = hanging(new Fleets().bounded(new CallBounds(null, null, null, Duration.ofDays(1))));

        ClientCall asked = nodes.call(CALL, LATEST);
        long usual = new ScriptedNodes(new Fleets()).call(CALL, LATEST).call.deadline();

        assertThat(asked.call.deadline()).isEqualTo(usual);
    }

    private static ScriptedNodes hanging(Fleets fleets) {
        var nodes = new ScriptedNodes(
                fleets.node("a", Fleets.ready(100)).node("b", Fleets.ready(100)).node("c", Fleets.ready(100)));
        for (String node : "a b c".split(" ")) nodes.script(node, ScriptedNodes.HANGS);
        return nodes;
    }
}
