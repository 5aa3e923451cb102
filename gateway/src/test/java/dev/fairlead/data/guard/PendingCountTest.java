package dev.fairlead.data.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Wallets take the next nonce from the pending count: it counts what was sent a moment ago.
class PendingCountTest {
    private static final String COUNT = "eth_getTransactionCount";
    private static final String PENDING = "[\"0x" + "a1".repeat(20) + "\",\"pending\"]";

    private final ScriptedNodes nodes =
            new ScriptedNodes(Fleets.of("a", "b", "c").ordered());

    @BeforeEach
    void nobodyIsToldOfWhatOthersTook() {
        var usual = DispatchConfig.DEFAULT;
        nodes.config = new DispatchConfig(
                usual.attempt(),
                usual.slowAttempt(),
                usual.attempts(),
                0,
                usual.retryBudget(),
                usual.queue(),
                usual.queueTime(),
                usual.eject(),
                usual.ejectAtMost(),
                usual.outOfService());
    }

    @Test
    void theNodeThatTookTheLastTransactionIsAsked() {
        takenBy("c", "0xc0010203");
        nodes.says("a", "\"0x5\"").says("b", "\"0x5\"").says("c", "\"0x6\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"0x6\"");
        assertThat(nodes.asked).containsExactly("c");
    }

    @Test
    void theHighestOfThoseThatTookSomethingIsTheAnswer() {
        takenBy("b", "0xc0010203");
        takenBy("c", "0xc0010204");
        nodes.says("a", "\"0x5\"").says("b", "\"0x7\"").says("c", "\"0x6\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"0x7\"");
        assertThat(nodes.asked).containsExactlyInAnyOrder("b", "c");
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(3);
    }

    @Test
    void aCountBelowOneThatWasShownIsAskedOfTheNextNode() {
        nodes.says("a", "\"0x6\"");
        nodes.call(COUNT, PENDING);
        nodes.says("a", "\"0x5\"").says("b", "\"0x6\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"0x6\"");
    }

    @Test
    void aTransactionThatNodesHaveDroppedNoLongerCounts() {
        nodes.says("a", "\"0x6\"");
        nodes.call(COUNT, PENDING);
        nodes.says("a", "\"0x5\"").says("b", "\"0x5\"").says("c", "\"0x4\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"0x5\"");
        assertThat(nodes.asked).containsExactly("a", "a", "b", "c");
    }

    @Test
    void afterTwoBlockTimesEveryNodeMayBeAskedAgain() {
        takenBy("c", "0xc0010203");
        nodes.pass(Duration.ofSeconds(25));
        nodes.says("a", "\"0x5\"").says("c", "\"0x6\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"0x5\"");
    }

    @Test
    void aNodeThatWasToldOfItCountsItToo() {
        nodes.config = DispatchConfig.DEFAULT;
        nodes.script("a", nodes::taken).script("b", nodes::taken).script("c", nodes::taken);
        nodes.call("eth_sendRawTransaction", "[\"0xc0010203\"]");
        nodes.says("a", "\"0x6\"").says("b", "\"0x6\"").says("c", "\"0x6\"");
        nodes.asked.clear();

        nodes.call(COUNT, PENDING);

        assertThat(nodes.asked).hasSize(1);
    }

    @Test
    void otherCallsAboutWhatIsPendingFollow() {
        takenBy("c", "0xc0010203");
        nodes.says("a", "\"old\"").says("b", "\"old\"").says("c", "\"new\"");

        assertThat(nodes.call("eth_getBalance", "[\"0x0\",\"pending\"]").text()).isEqualTo("\"new\"");
    }

    @Test
    void anAnswerThatIsNoCountIsTheClientsBusiness() {
        takenBy("a", "0xc0010203");
        nodes.says("a", "\"many\"");

        assertThat(nodes.call(COUNT, PENDING).text()).isEqualTo("\"many\"");
    }

    private void takenBy(String node, String raw) {
        for (String other : "a b c".split(" ")) {
            nodes.script(other, other.equals(node) ? nodes::taken : ScriptedNodes.REFUSES);
        }
        nodes.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        nodes.pass(Duration.ofSeconds(2));
        for (String other : "a b c".split(" ")) nodes.says(other, "\"0x0\"");
        nodes.publish(Fleets.of("a", "b", "c").ordered());
        nodes.asked.clear();
    }
}
