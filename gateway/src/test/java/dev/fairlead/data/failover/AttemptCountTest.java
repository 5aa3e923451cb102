package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the log line of a call counts is what `dispatch.attempts` bounds.
class AttemptCountTest {
    private static final String LATEST = "[{\"to\":\"0x1\"},\"latest\"]";
    private static final String RAW = "[\"0x02f86c0180843b9aca00843b9aca0082520894000000000000000000000000000000000000"
            + "000080a0c080a00000000000000000000000000000000000000000000000000000000000000001a0"
            + "0000000000000000000000000000000000000000000000000000000000000001\"]";

    @Test
    void whatNeverReachedANodeDoesNotCount() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered())
                .script("a", ScriptedNodes.REFUSES)
                .script("b", ScriptedNodes.REFUSES);

        ClientCall asked = nodes.call("eth_gasPrice", "[]");

        assertThat(asked.text()).isEqualTo("\"c\"");
        assertThat(nodes.asked).containsExactly("a", "b", "c");
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isZero();
    }

    @Test
    void aQuestionForTheHeadIsALookUp() {
        var nodes = new ScriptedNodes(new Fleets().node("a", ready(100)));
        nodes.traffic.chain(Fleets.CHAIN).floor().served(BlockRef.Tag.LATEST, 101);
        nodes.script("a", request -> nodes.result(request.method().equals("eth_blockNumber") ? "\"0x65\"" : "\"0x1\""));

        ClientCall asked = nodes.call("eth_call", LATEST);

        assertThat(asked.text()).isEqualTo("\"0x1\"");
        assertThat(nodes.requests).hasSize(2);
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isEqualTo(1);
    }

    @Test
    void lookingForATransactionIsNoAttempt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        for (String node : "a b".split(" ")) {
            nodes.script(
                    node,
                    request -> request.method().equals("eth_getTransactionByHash")
                            ? nodes.result("null")
                            : nodes.error(-32000, "nonce too low"));
        }

        ClientCall asked = nodes.call("eth_sendRawTransaction", RAW);
        nodes.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).contains("-32000");
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isEqualTo(2);
    }

    @Test
    void noCallCountsMoreThanTheSettingAllows() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d", "e", "f", "g", "h"));
        for (String node : "a b c d e f g h".split(" "))
            nodes.script(node, _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "database closed"));

        ClientCall asked = nodes.call("eth_gasPrice", "[]");
        nodes.pass(Duration.ofSeconds(21));

        assertThat(asked.call.attempts()).isBetween(2, nodes.config.attempts());
    }

    @Test
    void tellingOthersOfATransactionIsNoAttempt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());

        ClientCall asked = nodes.call("eth_sendRawTransaction", RAW);

        assertThat(nodes.asked).hasSizeGreaterThan(1);
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isZero();
    }

    @Test
    void anAttemptUnderWayCounts() {
        var nodes = new ScriptedNodes(Fleets.of("a")).script("a", ScriptedNodes.HANGS);

        ClientCall asked = nodes.call("eth_gasPrice", "[]");

        assertThat(asked.call.attempts()).isEqualTo(1);
    }
}
