package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that may take long get their time, unless their node turns out to be dead.
class SlowCallTest {
    @Test
    void aHungNodeIsLeftAfterOneTimeout() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        ClientCall first = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(4));
        ClientCall second = nodes.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "b", "b");
        assertThat(nodes.events.attempts.getFirst().reason()).isEqualTo("timeout");
    }

    @Test
    void aNodeThatIsSilentForASecondGetsNoFurtherCallsMeanwhile() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, LATEST);

        nodes.pass(Duration.ofMillis(1100));
        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void heavyMethodsGetTheLongTimeout() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());

        nodes.call("debug_traceBlockByNumber", "[\"0x1\"]");
        nodes.call(CALL, LATEST);

        assertThat(nodes.timeouts).containsExactly(Duration.ofMillis(19_750), Duration.ofSeconds(4));
    }

    @Test
    void aSlowCallIsGivenItsTimeAndPutToOneFurtherNodeAtTheMost() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) nodes.script(node, ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(90));
        nodes.pass(Duration.ofSeconds(91));

        assertThat(nodes.timeouts).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(asked.text()).isEqualTo("NODES_FAILED");
        assertThat(nodes.events.lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth_call",
                "eth_estimateGas",
                "eth_createAccessList",
                "eth_simulateV1",
                "eth_getProof",
                "eth_getLogs",
                "debug_traceTransaction",
                "trace_filter",
                "eth_getBlockReceipts"
            })
    void aCallThatTakesLongerThanGethGivesTheEvmIsAnswered(String method) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(method, "[{},\"0x1\",\"0x1\"]");
        nodes.pass(Duration.ofMillis(5500));
        nodes.pending.getFirst().end(nodes.result("\"late\""));

        assertThat(asked.text()).isEqualTo("\"late\"");
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void healthIsAskedToLookAtANodeThatKeepsASlowCallWaiting() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        nodes.call("eth_call", "[{},\"latest\"]");
        nodes.pass(Duration.ofMillis(1600));

        assertThat(nodes.suspected).containsExactly("a");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatHealthFindsDead() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call("eth_call", "[{},\"latest\"]");
        nodes.pass(Duration.ofMillis(100));

        nodes.publish(
                new Fleets().node("a", unreachable()).node("b", ready(100)).ordered());
        nodes.pass(Duration.ofMillis(600));

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.attempts.getFirst().reason()).isEqualTo("given-up");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void aSlowCallGoesOnHoweverManyNodesAreFoundDeadWhileItWaits(int dead) {
        ScriptedNodes nodes = hanging(dead);
        ClientCall asked = nodes.call("eth_estimateGas", "[{},\"latest\"]");

        for (int i = 1; i <= dead; i++) {
            nodes.publish(found(i, dead));
            nodes.pass(Duration.ofMillis(600));
        }

        assertThat(asked.text()).isEqualTo("\"serves\"");
        assertThat(asked.call.attempts()).isEqualTo(dead + 1);
    }

    /// More calls than the retry budget would let through.
    @Test
    void manySlowCallsGoOnAtOnce() {
        ScriptedNodes nodes = hanging(3);
        List<ClientCall> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) asked.add(nodes.call("eth_call", "[{},\"latest\"]"));

        for (int i = 1; i <= 3; i++) {
            nodes.publish(found(i, 3));
            nodes.pass(Duration.ofMillis(600));
        }

        assertThat(asked).extracting(ClientCall::text).containsOnly("\"serves\"");
    }

    @Test
    void aSlowCallThatLeftADeadNodeStillLeavesOneThatHangs() {
        ScriptedNodes nodes = hanging(2);
        ClientCall asked = nodes.call("eth_call", "[{},\"latest\"]");
        nodes.publish(found(1, 2));

        nodes.pass(Duration.ofSeconds(10));

        assertThat(asked.text()).isEqualTo("\"serves\"");
    }

    @Test
    void whenEveryNodeIsFoundDeadTheClientIsToldSo() {
        ScriptedNodes nodes = hanging(3).script("serves", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call("eth_call", "[{},\"latest\"]");

        for (int i = 1; i <= 4; i++) {
            nodes.publish(found(i, 3));
            nodes.pass(Duration.ofMillis(600));
        }
        nodes.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(((Answer.Refused) asked.answer()).detail()).startsWith("no node of chain main can serve now");
        assertThat(nodes.asked).as("each, and two of them once more").hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatFailsAQuickOneMeanwhile() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall slow = nodes.call("eth_call", "[{},\"latest\"]");
        nodes.call("eth_gasPrice", "[]");

        nodes.pass(Duration.ofMillis(4600));

        assertThat(slow.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms");
    }

    /// So many nodes that hang, and one that serves, in this order.
    private static ScriptedNodes hanging(int hanging) {
        var nodes = new ScriptedNodes(found(0, hanging));
        for (int i = 1; i <= hanging; i++) nodes.script("dead" + i, ScriptedNodes.HANGS);
        return nodes;
    }

    /// @param dead how many of them health has found dead; one more than hang means all
    private static Fleets found(int dead, int hanging) {
        var fleets = new Fleets();
        for (int i = 1; i <= hanging; i++) fleets.node("dead" + i, i <= dead ? unreachable() : ready(100));
        return fleets.node("serves", dead > hanging ? unreachable() : ready(100))
                .ordered();
    }

    @Test
    void whatMustNotBeDoneTwiceIsGivenTheLongTime() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.HANGS);

        nodes.call(Request.of("eth_sendTransaction", "[{}]"), Duration.ofSeconds(60));

        assertThat(nodes.timeouts).containsExactly(Duration.ofSeconds(30));
    }
}
