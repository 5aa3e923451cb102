package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.reply.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that lacks a method is passed over for that method only.
class LackedMethodTest {
    @Test
    void aNodeThatLacksAMethodIsPassedOverForThatMethodOnly() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(CALL)
                        ? nodes.result("1")
                        : ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "method not found"));

        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a", "b", "b", "a");
    }

    @Test
    void aMethodThatNobodyOffersCostsTwoAttemptsWhenItIsAskedForOftenAndAllNodesGetTheirTurn() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("no such method"));

        for (int i = 0; i < 1000; i++) {
            nodes.pass(Duration.ofMillis(5));
            assertThat(nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text())
                    .isEqualTo("-32601 no such method");
        }

        assertThat(nodes.asked).hasSizeBetween(2000, 2200);
        for (String node : List.of("a", "b", "c", "d"))
            assertThat(Collections.frequency(nodes.asked, node)).isBetween(450, 600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_getProof", "eth_sendTransaction"})
    void aMethodThatOneNodeOffersAgainIsServedAtOnce(String method) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String again : List.of("d", "c", "b", "a", "d")) {
            for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("method not found"));
            for (int i = 0; i < 4; i++)
                assertThat(nodes.call(method, "[{}]").text()).startsWith("-32601");
            nodes.says(again, ScriptedNodes.hashFrom(again));

            assertThat(nodes.call(method, "[{}]").text()).isEqualTo(ScriptedNodes.hashFrom(again));
            assertThat(nodes.traffic.node(Fleets.id(again)).lacks(method, nodes.traffic.now()))
                    .isFalse();
            nodes.asked.clear();
            assertThat(nodes.call(method, "[{}]").text()).isEqualTo(ScriptedNodes.hashFrom(again));
            assertThat(nodes.asked).containsExactly(again);
        }
    }

    @Test
    void aMethodThatIsAskedForOftenIsFoundAgainWithinAFewCalls() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("method not found"));
        for (int i = 0; i < 1000; i++) {
            nodes.pass(Duration.ofMillis(1));
            nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        }
        nodes.says("c", "\"here\"");

        nodes.pass(Duration.ofMillis(1));
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.pass(Duration.ofMillis(1));

        assertThat(nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text()).isEqualTo("\"here\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "method handler crashed", "the method is busy, try again", "nope, not today"})
    void otherWordsUnderThatCodeDoNotMeanThatTheNodeLacksTheMethod(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", _ -> lacking(words));

        for (int i = 0; i < 3; i++) nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(nodes.asked).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void anObjectionToWhatIsAskedForShowsThatTheMethodIsThere() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", _ -> lacking("method not found"));
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.script("a", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(nodes.traffic.node(Fleets.id("a")).lacks("eth_getProof", nodes.traffic.now()))
                .isFalse();
    }

    private static Outcome lacking(String words) {
        return ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, words);
    }
}
