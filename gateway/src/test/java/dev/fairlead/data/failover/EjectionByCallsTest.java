package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Nodes that fail calls are ejected, or spared a service, and tried again.
class EjectionByCallsTest {
    @Test
    void aCallThatIsTooMuchForANodeDoesNotEjectIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", request -> request.method().equals(CALL) ? nodes.result("1") : null);

        ClientCall tooMuch = nodes.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(60));
        nodes.pass(Duration.ofMillis(500));
        nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(30));

        assertThat(tooMuch.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("spared a for execution");
    }

    @Test
    void onlyOneCallTriesANodeWhoseEjectionIsOver() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.script("a", ScriptedNodes.HANGS);
        nodes.pass(Duration.ofMillis(1001));

        nodes.call(CALL, LATEST);
        ClientCall other = nodes.call(CALL, LATEST);
        nodes.pending.getFirst().end(nodes.result("\"a\""));
        nodes.says("a", "\"again\"");

        assertThat(other.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aFailedTrialEjectsTwiceAsLong() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);

        nodes.pass(Duration.ofMillis(1001));
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "ejected a for 2000 ms");
    }

    @Test
    void anAbandonedTrialLeavesTheTrialToTheNextCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.script("a", ScriptedNodes.HANGS);
        nodes.pass(Duration.ofMillis(1001));

        nodes.call(CALL, LATEST).call.abandon();
        nodes.says("a", "\"again\"");

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void healthReadmitsANodeThatBecameReadyAgain() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.publish(Fleets.of().node("a", unreachable()).node("b", ready(100)).ordered());

        nodes.publish(Fleets.of("a", "b").ordered());
        nodes.says("a", "\"again\"");

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aFixedTimeOutOfServiceDoesNotGrow() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.config = outOfService(Duration.ofSeconds(3));

        nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(3));
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).containsExactly("ejected a for 3000 ms", "ejected a for 3000 ms");
    }

    @Test
    void aNodeThatFailsWhatOthersAnswerIsEjected() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        IntStream.range(0, 12).forEach(_ -> nodes.call("eth_getBlockByNumber", "[\"0x5\",false]"));

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms");
        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(10);
    }

    @Test
    void aNodeThatFailsOneServiceIsSparedThatOneOnly() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                request -> request.method().equals("eth_getTransactionReceipt")
                        ? ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "transaction indexing is in progress")
                        : nodes.result("\"a\""));

        IntStream.range(0, 15).forEach(_ -> nodes.call("eth_getTransactionReceipt", "[\"0x1\"]"));

        assertThat(nodes.events.lines).containsExactly("spared a for transactions");
        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(10);
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"a\"");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aNodeThatIsSparedAServiceIsStillAskedWhenNobodyElseIsLeft() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "indexing is in progress"));
        IntStream.range(0, 10).forEach(_ -> nodes.call("eth_getLogs", "[{}]"));
        nodes.says("a", "\"a\"").script("b", ScriptedNodes.REFUSES);

        assertThat(nodes.call("eth_getLogs", "[{}]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aCallThatEveryNodeFailsEjectsNobody() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        ClientCall asked = nodes.call(CALL, LATEST);
        IntStream.range(0, 30).forEach(_ -> nodes.call(CALL, LATEST));

        assertThat(asked.text()).isEqualTo("-32603 internal error");
        assertThat(nodes.events.lines).isEmpty();
    }

    private static DispatchConfig outOfService(Duration fixed) {
        var usual = DispatchConfig.DEFAULT;
        return new DispatchConfig(
                usual.attempt(),
                usual.slowAttempt(),
                usual.attempts(),
                usual.broadcast(),
                usual.retryBudget(),
                usual.queue(),
                usual.queueTime(),
                usual.eject(),
                usual.ejectAtMost(),
                fixed);
    }
}
