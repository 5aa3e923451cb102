package dev.fairlead.data.shown;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Heads never go backwards for a client.
class HeadFloorTest {
    private static final String NUMBER = "eth_blockNumber";
    private static final String BLOCK = "eth_getBlockByNumber";
    private static final String LATEST = "[\"latest\",false]";

    @Test
    void aNodeBehindWhatClientsWereToldIsPassedOver() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .says("a", "\"0x64\"")
                .says("b", "\"0x65\"");
        nodes.says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("a", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x65\"");
        assertThat(nodes.asked).containsExactly("a", "a", "b");
    }

    @Test
    void theFloorItselfIsAnsweredWhenEveryNodeIsBehindIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .says("a", "\"0x65\"")
                .says("b", "\"0x63\"");
        nodes.call(NUMBER, "[]");
        nodes.says("a", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x65\"");
        assertThat(nodes.bodies.subList(1, 3)).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void aLatestBlockBelowTheFloorIsAskedForByItsNumber() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.script(
                "a",
                request -> request.params().text().contains("latest")
                        ? nodes.result("{\"number\":\"0x64\"}")
                        : nodes.result("{\"number\":\"0x65\",\"asked\":" + request.params() + "}"));
        nodes.says("b", "{\"number\":\"0x63\"}");

        ClientCall asked = nodes.call(BLOCK, LATEST);

        assertThat(asked.text()).isEqualTo("{\"number\":\"0x65\",\"asked\":[\"0x65\",false]}");
    }

    @Test
    void theHighestThereIsGoesBackWhenTheFloorIsNowhereForABlockTime() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.script(
                "a",
                request -> nodes.result(request.params().text().contains("latest") ? "{\"number\":\"0x64\"}" : "null"));
        nodes.says("b", "{\"number\":\"0x63\"}");

        ClientCall asked = nodes.call(BLOCK, LATEST);
        nodes.pass(Duration.ofSeconds(11));
        List<Object> early = List.copyOf(asked.answers);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(early).isEmpty();
        assertThat(asked.text()).isEqualTo("{\"number\":\"0x64\"}");
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(2);
    }

    @Test
    void aBlockThatTheClientNamesIsNotWeighed() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("a", "{\"number\":\"0x10\"}");

        assertThat(nodes.call(BLOCK, "[\"0x10\",false]").text()).isEqualTo("{\"number\":\"0x10\"}");
    }

    @Test
    void oneNodeThatLiesHighIsNotBelieved() {
        var nodes = new ScriptedNodes(Fleets.of("liar", "b").ordered())
                .says("liar", "\"0xffff\"")
                .says("b", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x64\"");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(100);
    }

    @Test
    void whoIsTooHighIsNotBelievedBecauseOthersAreTooLow() {
        var nodes = new ScriptedNodes(Fleets.of("liar", "b", "c").ordered()).says("liar", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("liar", "\"0xffff\"").says("b", "\"0x64\"").says("c", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x65\"");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(101);
        assertThat(nodes.bodies.subList(1, 4)).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void theLatestBlockOfWhoIsTooHighIsNotShownBecauseOthersAreTooLow() {
        var nodes = new ScriptedNodes(Fleets.of("liar", "b").ordered()).says("liar", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("liar", "{\"number\":\"0xffff\"}");
        nodes.script(
                "b",
                request -> request.params().text().contains("latest")
                        ? nodes.result("{\"number\":\"0x64\"}")
                        : nodes.result("{\"number\":\"0x65\"}"));

        ClientCall asked = nodes.call(BLOCK, LATEST);
        nodes.pass(Duration.ofSeconds(14));

        assertThat(asked.text()).doesNotContain("0xffff");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(101);
    }

    @Test
    void oneNodeAloneDoesNotLiftItToWhereTheChainCannotBeYet() {
        var nodes = new ScriptedNodes(Fleets.of("liar", "b", "c").ordered())
                .says("liar", "\"0x6d\"")
                .says("b", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x64\"");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(100);
    }

    @Test
    void aReceiptThatOneNodeMadeUpDoesNotLiftIt() {
        var nodes = new ScriptedNodes(Fleets.of("liar", "b", "c").ordered())
                .says("liar", "{\"blockNumber\":\"0x6d\",\"blockHash\":\"0x%064x\"}".formatted(7));

        nodes.call("eth_getTransactionReceipt", "[\"0x%064x\"]".formatted(1));

        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isLessThan(101);
    }

    @Test
    void whatTwoNodesHaveReachedIsBelievedOfAThird() {
        var ahead = new Fleets()
                .node("a", ready(108))
                .node("b", ready(107))
                .node("c", ready(100))
                .reference(100)
                .ordered();
        var nodes = new ScriptedNodes(ahead).says("a", "\"0x6c\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x6c\"");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void whenAllNodesSayThatTheChainHasJumpedItHas() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .says("a", "\"0xffff\"")
                .says("b", "\"0xfffe\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0xfffe\"");
    }

    @Test
    void anUnreadableAnswerIsTheClientsBusiness() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", "\"many\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"many\"");
    }

    @Test
    void theFloorDoesNotHideThatNobodyAnswers() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.script("a", ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(NUMBER, "[]");
        nodes.pass(Duration.ofSeconds(25));

        assertThat(asked.text()).isEqualTo("NO_NODE");
    }

    @Test
    void heldRepliesAreReleasedWhenTheClientGoesAway() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("a", "\"0x64\"").script("b", ScriptedNodes.HANGS);

        nodes.call(NUMBER, "[]").call.abandon();

        assertThat(nodes.bodies.getLast().refCnt()).isZero();
    }

    @Test
    void aRolledBackChainIsFollowedDownAfterAWhile() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", "\"0x65\"");
        nodes.call(NUMBER, "[]");
        nodes.says("a", "\"0x5a\"");
        Fleets rolledBack = new Fleets().node("a", ready(90)).reference(90).ordered();

        nodes.publish(rolledBack);
        String early = nodes.call(NUMBER, "[]").text();
        nodes.pass(Duration.ofSeconds(37));
        nodes.publish(rolledBack);
        String late = nodes.call(NUMBER, "[]").text();

        assertThat(early).isEqualTo("\"0x65\"");
        assertThat(late).isEqualTo("\"0x5a\"");
    }

    @Test
    void whatClientsAreToldNeverFalls() {
        Property.holds(
                200,
                any -> whatClientsAreToldNeverFalls(
                        any.list(0, 30, () -> any.between(90, 110)), any.list(30, 30, () -> any.between(0, 4))));
    }

    private void whatClientsAreToldNeverFalls(List<Integer> heads, List<Integer> failures) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c"));
        var told = new ArrayList<Long>();
        for (int i = 0; i < heads.size(); i++) {
            int at = i;
            for (String node : "a b c".split(" ")) {
                boolean fails = failures.get(at) == node.charAt(0) - 'a';
                int lag = node.charAt(0) - 'a';
                nodes.script(
                        node,
                        _ -> fails
                                ? new Outcome.Unanswered("connection reset")
                                : nodes.result("\"0x" + Integer.toHexString(heads.get(at) - lag) + '"'));
            }
            ClientCall asked = nodes.call(NUMBER, "[]");
            nodes.pass(Duration.ofMillis(700));
            told.add(Long.parseLong(asked.text().replaceAll("\"(0x)?", ""), 16));
        }

        assertThat(told).isSorted();
    }
}
