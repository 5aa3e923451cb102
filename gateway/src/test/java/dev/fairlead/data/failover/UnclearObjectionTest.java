package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.reply.Outcome;
import org.junit.jupiter.api.Test;

/// A node objects in words that nobody knows to something that the caller had run.
class UnclearObjectionTest {
    private static final String CALL = "eth_call";
    private static final String PARAMS = "[{},\"latest\"]";

    @Test
    void anotherNodeIsAskedAndMayKnowBetter() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> unclear())
                .says("b", "\"0x1\"");

        assertThat(nodes.call(CALL, PARAMS).text()).isEqualTo("\"0x1\"");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void whenTwoNodesObjectTheCallerIsToldAndNobodyElseIsAsked() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d")
                .leader("leader", Fleets.ready(100))
                .ordered());
        for (String node : new String[] {"a", "b", "c", "d", "leader"}) nodes.script(node, _ -> unclear());

        assertThat(nodes.call(CALL, PARAMS).text()).isEqualTo("-32000 the frobnicator is out of order");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void theOnlyNodesWordsGoBackAtOnce() {
        var nodes = new ScriptedNodes(Fleets.of("a")).script("a", _ -> unclear());

        assertThat(nodes.call(CALL, PARAMS).text()).isEqualTo("-32000 the frobnicator is out of order");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void noNodeIsBlamedForIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> unclear())
                .says("b", "\"0x1\"");

        for (int i = 0; i < 200; i++) nodes.call(CALL, PARAMS);

        assertThat(nodes.traffic.ejected(Fleets.id("a"))).isEmpty();
    }

    private static Outcome unclear() {
        return ScriptedNodes.declined(ErrorMeaning.UNCLEAR, -32000, "the frobnicator is out of order");
    }
}
