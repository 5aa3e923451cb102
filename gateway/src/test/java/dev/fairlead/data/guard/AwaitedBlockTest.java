package dev.fairlead.data.guard;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The node that showed block 0x65 is gone, and those that remain do not have it yet; blocks take 12 seconds.
class AwaitedBlockTest {
    private static final String BALANCE = "eth_getBalance";
    private static final String AT_SHOWN = "[\"0x0\",\"0x65\"]";
    private static final String HASH = "0x" + "ab".repeat(32);

    private final ScriptedNodes nodes =
            new ScriptedNodes(Fleets.of("gone", "b", "c").ordered());
    private boolean arrived;

    AwaitedBlockTest() {
        nodes.says("gone", "{\"hash\":\"" + HASH + "\",\"number\":\"0x65\"}");
        nodes.call("eth_getBlockByNumber", "[\"latest\",false]");
        nodes.publish(new Fleets().node("b", ready(100)).node("c", ready(100)).ordered());
        nodes.asked.clear();
    }

    @Test
    void aBlockThatClientsWereShownIsWaitedFor() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        ClientCall asked = nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofSeconds(8));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        nodes.pass(Duration.ofSeconds(1));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void nodesAreAskedForItOneAtATimeAndSeldom() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofSeconds(11));

        assertThat(nodes.asked).hasSizeBetween(14, 36).contains("b", "c");
    }

    @Test
    void afterOneBlockTimeTheNodesAreTakenAtTheirWord() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        ClientCall asked = nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void theDeadlineOfTheCallEndsTheWait() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        ClientCall asked = nodes.call(Request.of(BALANCE, AT_SHOWN), Duration.ofSeconds(5));
        nodes.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void aBlockThatClientsWereNeverShownIsNotWaitedFor() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        assertThat(nodes.call(BALANCE, "[\"0x0\",\"0x66\"]").text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void aNodeThatHasTheBlockByNowIsAskedAtOnce() {
        nodes.script("b", this::blockOutOfRange);
        nodes.script("c", request -> arrived ? nodes.result("\"0x1\"") : blockOutOfRange(request));
        ClientCall asked = nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofSeconds(5));

        nodes.publish(new Fleets().node("b", ready(100)).node("c", ready(101)).ordered());
        nodes.asked.clear();
        arrived = true;
        nodes.pass(Duration.ofSeconds(1));

        assertThat(asked.text()).isEqualTo("\"0x1\"");
        assertThat(nodes.asked).containsExactly("c");
    }

    @Test
    void nullForABlockThatClientsWereShownIsNoAnswerYet() {
        nodes.script("b", _ -> nodes.result(arrived ? "{\"number\":\"0x65\"}" : "null"));
        nodes.says("c", "null");

        ClientCall asked = nodes.call("eth_getBlockByNumber", "[\"0x65\",false]");
        nodes.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        nodes.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("{\"number\":\"0x65\"}");
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void nullIsTheAnswerWhenTheBlockNeverComes() {
        nodes.says("b", "null").says("c", "null");

        ClientCall asked = nodes.call("eth_getBlockByNumber", "[\"0x65\",false]");
        nodes.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("null");
    }

    @Test
    void anOldBlockThatEveryNodeShouldHaveIsNotWaitedFor() {
        nodes.says("b", "null").says("c", "null");

        assertThat(nodes.call("eth_getBlockByNumber", "[\"0x1\",false]").text()).isEqualTo("null");
        assertThat(nodes.asked).containsExactly("b", "c");
    }

    @Test
    void aBlockThatClientsWereShownIsWaitedForByItsHashToo() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        ClientCall asked = nodes.call(BALANCE, "[\"0x0\",{\"blockHash\":\"" + HASH + "\"}]");
        nodes.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        nodes.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void aStrangeHashIsNotWaitedFor() {
        nodes.says("b", "null").says("c", "null");

        assertThat(nodes.call("eth_getBlockByHash", "[\"0x" + "cd".repeat(32) + "\",false]")
                        .text())
                .isEqualTo("null");
    }

    @Test
    void theLatestBlockDoesNotGoBackWhileNobodyHasWhatWasShown() {
        nodes.script("b", _ -> nodes.result("{\"number\":\"" + (arrived ? "0x65" : "0x64") + "\"}"));
        nodes.says("c", "{\"number\":\"0x64\"}");

        ClientCall asked = nodes.call("eth_getBlockByNumber", "[\"latest\",false]");
        nodes.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        nodes.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("{\"number\":\"0x65\"}");
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void whatTheChainHasRolledBackIsNotWaitedForForEver() {
        nodes.says("b", "null").says("c", "null");
        nodes.pass(Duration.ofSeconds(13));

        assertThat(nodes.call("eth_getBlockByNumber", "[\"0x65\",false]").text())
                .isEqualTo("null");
        assertThat(nodes.asked).containsExactly("b", "c");
    }

    @Test
    void waitingIsNotHeldAgainstNodesNorTheRetryBudget() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        for (int i = 0; i < 50; i++) nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofSeconds(5));
        arrived = true;
        nodes.script("b", ScriptedNodes.RESETS);
        ClientCall asked = nodes.call(BALANCE, "[\"0x0\",\"0x1\"]");

        assertThat(nodes.events.lines).noneMatch(line -> line.startsWith("ejected c"));
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void aClientThatGoesAwayEndsTheWait() {
        nodes.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);
        ClientCall asked = nodes.call(BALANCE, AT_SHOWN);
        nodes.pass(Duration.ofSeconds(2));

        asked.call.abandon();
        nodes.asked.clear();
        nodes.pass(Duration.ofSeconds(15));

        assertThat(nodes.asked).isEmpty();
        assertThat(asked.answers).isEmpty();
    }

    private Outcome blockOutOfRange(Request request) {
        return arrived
                ? nodes.result("\"0x1\"")
                : ScriptedNodes.declined(ErrorMeaning.HEAD_NOT_THERE, -32602, "block out of range");
    }
}
