package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is safe or final never goes back for clients, nor does what is pending fall behind the latest block.
class TagFloorTest {
    private static final String BLOCK = "eth_getBlockByNumber";

    private final Lab lab = new Lab(Fleets.of("a", "b").ordered());

    @ParameterizedTest
    @ValueSource(strings = {"safe", "finalized"})
    void aNodeBelowWhatWasShownIsPassedOver(String tag) {
        lab.says("a", block(80));
        lab.call(BLOCK, at(tag));
        lab.says("a", block(48)).says("b", block(81));

        assertThat(lab.call(BLOCK, at(tag)).text()).isEqualTo(block(81));
    }

    @ParameterizedTest
    @ValueSource(strings = {"safe", "finalized"})
    void theBlockThatWasShownIsAskedForByNumberWhenAllAreBelowIt(String tag) {
        lab.says("a", block(80));
        lab.call(BLOCK, at(tag));
        lab.script("a", request -> lab.result(block(request.params().text().contains("0x50") ? 80 : 48)));
        lab.says("b", block(47));

        assertThat(lab.call(BLOCK, at(tag)).text()).isEqualTo(block(80));
        assertThat(lab.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void itIsAskedForByNumberAlsoWhileNodesDoNotTell() {
        lab.says("a", block(80));
        lab.call(BLOCK, at("finalized"));
        lab.script(
                "a",
                request -> request.params().text().contains("0x50")
                        ? lab.result(block(80))
                        : Lab.declined(ErrorMeaning.HEAD_NOT_THERE, -39001, "finalized block not found"));
        lab.says("b", "null");

        assertThat(lab.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void nullIsTheAnswerWhileNothingIsFinal() {
        lab.says("a", "null").says("b", "null");

        assertThat(lab.call(BLOCK, at("finalized")).text()).isEqualTo("null");
    }

    @Test
    void theFloorsAreApart() {
        lab.says("a", block(100));
        lab.call(BLOCK, at("latest"));
        lab.says("a", block(90));
        lab.call(BLOCK, at("safe"));
        lab.says("a", block(80));

        assertThat(lab.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void oneNodeThatLiesHighIsNotBelieved() {
        lab.says("a", block(60_000)).says("b", block(80));

        assertThat(lab.call(BLOCK, at("finalized")).text()).isEqualTo(block(80));
    }

    @Test
    void theStateAtATagComesFromANodeThatHasReachedIt() {
        lab.says("a", block(80));
        lab.call(BLOCK, at("finalized"));
        lab.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        lab.says("a", "\"new\"").says("b", "\"old\"");

        assertThat(lab.call("eth_getBalance", "[\"0x0\",\"finalized\"]").text()).isEqualTo("\"new\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"finalized\"", "\"0x10\""})
    void theLogsUpToATagComeFromANodeThatHasReachedIt(String from) {
        lab.says("a", block(80));
        lab.call(BLOCK, at("finalized"));
        lab.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        lab.says("a", "[]").says("b", "[\"old\"]");

        Lab.Asked asked = lab.call("eth_getLogs", "[{\"fromBlock\":" + from + ",\"toBlock\":\"finalized\"}]");

        assertThat(asked.text()).isEqualTo("[]");
    }

    @Test
    void whatIsPendingIsNotBehindTheLatest() {
        lab.says("a", block(100));
        lab.call(BLOCK, at("latest"));
        lab.says("a", block(7)).says("b", block(101));

        assertThat(lab.call(BLOCK, at("pending")).text()).isEqualTo(block(101));
    }

    @Test
    void whatIsPendingIsShownAsItIsWhenAllAreBehind() {
        lab.says("a", block(100));
        lab.call(BLOCK, at("latest"));
        lab.says("a", block(7)).says("b", block(8));

        assertThat(lab.call(BLOCK, at("pending")).text()).isEqualTo(block(8));
    }

    @Test
    void aRolledBackChainIsFollowedDown() {
        lab.says("a", block(100));
        lab.call(BLOCK, at("latest"));
        lab.says("a", block(96));
        lab.call(BLOCK, at("safe"));
        Fleets rolledBack = new Fleets().node("a", ready(90)).reference(90).ordered();
        lab.publish(rolledBack);
        lab.pass(Duration.ofSeconds(37));
        lab.publish(rolledBack);
        lab.says("a", block(90));

        assertThat(lab.call(BLOCK, at("safe")).text()).isEqualTo(block(90));
    }

    private static String block(long number) {
        return "{\"number\":\"0x%x\"}".formatted(number);
    }

    private static String at(String tag) {
        return "[\"" + tag + "\",false]";
    }
}
