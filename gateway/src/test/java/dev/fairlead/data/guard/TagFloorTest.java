package dev.fairlead.data.guard;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is safe or final never goes back for clients, nor does what is pending fall behind the latest block.
class TagFloorTest {
    private static final String BLOCK = "eth_getBlockByNumber";

    private final ScriptedNodes nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());

    @ParameterizedTest
    @ValueSource(strings = {"safe", "finalized"})
    void aNodeBelowWhatWasShownIsPassedOver(String tag) {
        nodes.says("a", block(80));
        nodes.call(BLOCK, at(tag));
        nodes.says("a", block(48)).says("b", block(81));

        assertThat(nodes.call(BLOCK, at(tag)).text()).isEqualTo(block(81));
    }

    @ParameterizedTest
    @ValueSource(strings = {"safe", "finalized"})
    void theBlockThatWasShownIsAskedForByNumberWhenAllAreBelowIt(String tag) {
        nodes.says("a", block(80));
        nodes.call(BLOCK, at(tag));
        nodes.script("a", request -> nodes.result(block(request.params().text().contains("0x50") ? 80 : 48)));
        nodes.says("b", block(47));

        assertThat(nodes.call(BLOCK, at(tag)).text()).isEqualTo(block(80));
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void itIsAskedForByNumberAlsoWhileNodesDoNotTell() {
        nodes.says("a", block(80));
        nodes.call(BLOCK, at("finalized"));
        nodes.script(
                "a",
                request -> request.params().text().contains("0x50")
                        ? nodes.result(block(80))
                        : ScriptedNodes.declined(ErrorMeaning.HEAD_NOT_THERE, -39001, "finalized block not found"));
        nodes.says("b", "null");

        assertThat(nodes.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void nullIsTheAnswerWhileNothingIsFinal() {
        nodes.says("a", "null").says("b", "null");

        assertThat(nodes.call(BLOCK, at("finalized")).text()).isEqualTo("null");
    }

    @Test
    void theFloorsAreApart() {
        nodes.says("a", block(100));
        nodes.call(BLOCK, at("latest"));
        nodes.says("a", block(90));
        nodes.call(BLOCK, at("safe"));
        nodes.says("a", block(80));

        assertThat(nodes.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void oneNodeThatLiesHighIsNotBelieved() {
        nodes.says("a", block(60_000)).says("b", block(80));

        assertThat(nodes.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void theStateAtATagComesFromANodeThatHasReachedIt() {
        nodes.says("a", block(80));
        nodes.call(BLOCK, at("finalized"));
        nodes.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        nodes.says("a", "\"new\"").says("b", "\"old\"");

        assertThat(nodes.call("eth_getBalance", "[\"0x0\",\"finalized\"]").text())
                .isEqualTo("\"new\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"finalized\"", "\"0x10\""})
    void theLogsUpToATagComeFromANodeThatHasReachedIt(String from) {
        nodes.says("a", block(80));
        nodes.call(BLOCK, at("finalized"));
        nodes.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        nodes.says("a", "[]").says("b", "[\"old\"]");

        ScriptedNodes.ClientCall asked =
                nodes.call("eth_getLogs", "[{\"fromBlock\":" + from + ",\"toBlock\":\"finalized\"}]");

        assertThat(asked.text()).isEqualTo("[]");
    }

    @Test
    void whatIsPendingIsNotBehindTheLatest() {
        nodes.says("a", block(100));
        nodes.call(BLOCK, at("latest"));
        nodes.says("a", block(7)).says("b", block(101));

        assertThat(nodes.call(BLOCK, at("pending")).text()).isEqualTo(block(101));
    }

    @Test
    void whatIsPendingIsShownAsItIsWhenAllAreBehind() {
        nodes.says("a", block(100));
        nodes.call(BLOCK, at("latest"));
        nodes.says("a", block(7)).says("b", block(8));

        assertThat(nodes.call(BLOCK, at("pending")).text()).isEqualTo(block(8));
    }

    @Test
    void aRolledBackChainIsFollowedDown() {
        nodes.says("a", block(100));
        nodes.call(BLOCK, at("latest"));
        nodes.says("a", block(96));
        nodes.call(BLOCK, at("safe"));
        Fleets rolledBack = new Fleets().node("a", ready(90)).reference(90).ordered();
        nodes.publish(rolledBack);
        nodes.pass(Duration.ofSeconds(37));
        nodes.publish(rolledBack);
        nodes.says("a", block(90));

        assertThat(nodes.call(BLOCK, at("safe")).text()).isEqualTo(block(90));
    }

    private static String block(long number) {
        return "{\"number\":\"0x%x\"}".formatted(number);
    }

    private static String at(String tag) {
        return "[\"" + tag + "\",false]";
    }
}
