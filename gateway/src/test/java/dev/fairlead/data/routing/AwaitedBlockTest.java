package dev.fairlead.data.routing;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.Lab;
import dev.fairlead.data.failover.Lab.Asked;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The node that showed block 0x65 is gone, and those that remain do not have it yet; blocks take 12 seconds.
class AwaitedBlockTest {
    private static final String BALANCE = "eth_getBalance";
    private static final String AT_SHOWN = "[\"0x0\",\"0x65\"]";
    private static final String HASH = "0x" + "ab".repeat(32);

    private final Lab lab = new Lab(Fleets.of("gone", "b", "c").ordered());
    private boolean arrived;

    AwaitedBlockTest() {
        lab.says("gone", "{\"hash\":\"" + HASH + "\",\"number\":\"0x65\"}");
        lab.call("eth_getBlockByNumber", "[\"latest\",false]");
        lab.publish(new Fleets().node("b", ready(100)).node("c", ready(100)).ordered());
        lab.asked.clear();
    }

    @Test
    void aBlockThatClientsWereShownIsWaitedFor() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        Asked asked = lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofSeconds(8));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        lab.pass(Duration.ofSeconds(1));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void nodesAreAskedForItOneAtATimeAndSeldom() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofSeconds(11));

        assertThat(lab.asked).hasSizeBetween(14, 36).contains("b", "c");
    }

    @Test
    void afterOneBlockTimeTheNodesAreTakenAtTheirWord() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        Asked asked = lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void theDeadlineOfTheCallEndsTheWait() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        Asked asked = lab.call(Request.of(BALANCE, AT_SHOWN), Duration.ofSeconds(5));
        lab.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void aBlockThatClientsWereNeverShownIsNotWaitedFor() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        assertThat(lab.call(BALANCE, "[\"0x0\",\"0x66\"]").text()).isEqualTo("-32602 block out of range");
    }

    @Test
    void aNodeThatHasTheBlockByNowIsAskedAtOnce() {
        lab.script("b", this::blockOutOfRange);
        lab.script("c", request -> arrived ? lab.result("\"0x1\"") : blockOutOfRange(request));
        Asked asked = lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofSeconds(5));

        lab.publish(new Fleets().node("b", ready(100)).node("c", ready(101)).ordered());
        lab.asked.clear();
        arrived = true;
        lab.pass(Duration.ofSeconds(1));

        assertThat(asked.text()).isEqualTo("\"0x1\"");
        assertThat(lab.asked).containsExactly("c");
    }

    @Test
    void nullForABlockThatClientsWereShownIsNoAnswerYet() {
        lab.script("b", _ -> lab.result(arrived ? "{\"number\":\"0x65\"}" : "null"));
        lab.says("c", "null");

        Asked asked = lab.call("eth_getBlockByNumber", "[\"0x65\",false]");
        lab.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        lab.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("{\"number\":\"0x65\"}");
        assertThat(lab.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void nullIsTheAnswerWhenTheBlockNeverComes() {
        lab.says("b", "null").says("c", "null");

        Asked asked = lab.call("eth_getBlockByNumber", "[\"0x65\",false]");
        lab.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("null");
    }

    @Test
    void anOldBlockThatEveryNodeShouldHaveIsNotWaitedFor() {
        lab.says("b", "null").says("c", "null");

        assertThat(lab.call("eth_getBlockByNumber", "[\"0x1\",false]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("b", "c");
    }

    @Test
    void aBlockThatClientsWereShownIsWaitedForByItsHashToo() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        Asked asked = lab.call(BALANCE, "[\"0x0\",{\"blockHash\":\"" + HASH + "\"}]");
        lab.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        lab.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void aStrangeHashIsNotWaitedFor() {
        lab.says("b", "null").says("c", "null");

        assertThat(lab.call("eth_getBlockByHash", "[\"0x" + "cd".repeat(32) + "\",false]")
                        .text())
                .isEqualTo("null");
    }

    @Test
    void theLatestBlockDoesNotGoBackWhileNobodyHasWhatWasShown() {
        lab.script("b", _ -> lab.result("{\"number\":\"" + (arrived ? "0x65" : "0x64") + "\"}"));
        lab.says("c", "{\"number\":\"0x64\"}");

        Asked asked = lab.call("eth_getBlockByNumber", "[\"latest\",false]");
        lab.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        arrived = true;
        lab.pass(Duration.ofSeconds(2));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo("{\"number\":\"0x65\"}");
        assertThat(lab.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void whatTheChainHasRolledBackIsNotWaitedForForEver() {
        lab.says("b", "null").says("c", "null");
        lab.pass(Duration.ofSeconds(13));

        assertThat(lab.call("eth_getBlockByNumber", "[\"0x65\",false]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("b", "c");
    }

    @Test
    void waitingIsNotHeldAgainstNodesNorTheRetryBudget() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);

        for (int i = 0; i < 50; i++) lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofSeconds(5));
        arrived = true;
        lab.script("b", Lab.RESETS);
        Asked asked = lab.call(BALANCE, "[\"0x0\",\"0x1\"]");

        assertThat(lab.told.lines).noneMatch(line -> line.startsWith("ejected c"));
        assertThat(asked.text()).isEqualTo("\"0x1\"");
    }

    @Test
    void aClientThatGoesAwayEndsTheWait() {
        lab.script("b", this::blockOutOfRange).script("c", this::blockOutOfRange);
        Asked asked = lab.call(BALANCE, AT_SHOWN);
        lab.pass(Duration.ofSeconds(2));

        asked.call.abandon();
        lab.asked.clear();
        lab.pass(Duration.ofSeconds(15));

        assertThat(lab.asked).isEmpty();
        assertThat(asked.answers).isEmpty();
    }

    private Outcome blockOutOfRange(Request request) {
        return arrived
                ? lab.result("\"0x1\"")
                : Lab.declined(ErrorMeaning.HEAD_NOT_THERE, -32602, "block out of range");
    }
}
