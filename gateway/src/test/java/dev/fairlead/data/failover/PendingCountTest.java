package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Wallets take the next nonce from the pending count: it counts what was sent a moment ago.
class PendingCountTest {
    private static final String COUNT = "eth_getTransactionCount";
    private static final String PENDING = "[\"0x" + "a1".repeat(20) + "\",\"pending\"]";

    private final Lab lab = new Lab(Fleets.of("a", "b", "c").ordered());

    @BeforeEach
    void nobodyIsToldOfWhatOthersTook() {
        var usual = DispatchConfig.DEFAULT;
        lab.config = new DispatchConfig(
                usual.attempt(),
                usual.slowAttempt(),
                usual.attempts(),
                0,
                usual.retryBudget(),
                usual.queue(),
                usual.queueTime(),
                usual.eject(),
                usual.ejectAtMost());
    }

    @Test
    void theNodeThatTookTheLastTransactionIsAsked() {
        takenBy("c", "0xc0010203");
        lab.says("a", "\"0x5\"").says("b", "\"0x5\"").says("c", "\"0x6\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"0x6\"");
        assertThat(lab.asked).containsExactly("c");
    }

    @Test
    void theHighestOfThoseThatTookSomethingIsTheAnswer() {
        takenBy("b", "0xc0010203");
        takenBy("c", "0xc0010204");
        lab.says("a", "\"0x5\"").says("b", "\"0x7\"").says("c", "\"0x6\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"0x7\"");
        assertThat(lab.asked).containsExactlyInAnyOrder("b", "c");
        assertThat(lab.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(3);
    }

    @Test
    void aCountBelowOneThatWasShownIsAskedOfTheNextNode() {
        lab.says("a", "\"0x6\"");
        lab.call(COUNT, PENDING);
        lab.says("a", "\"0x5\"").says("b", "\"0x6\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"0x6\"");
    }

    @Test
    void aTransactionThatNodesHaveDroppedNoLongerCounts() {
        lab.says("a", "\"0x6\"");
        lab.call(COUNT, PENDING);
        lab.says("a", "\"0x5\"").says("b", "\"0x5\"").says("c", "\"0x4\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"0x5\"");
        assertThat(lab.asked).containsExactly("a", "a", "b", "c");
    }

    @Test
    void afterTwoBlockTimesEveryNodeMayBeAskedAgain() {
        takenBy("c", "0xc0010203");
        lab.pass(Duration.ofSeconds(25));
        lab.says("a", "\"0x5\"").says("c", "\"0x6\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"0x5\"");
    }

    @Test
    void aNodeThatWasToldOfItCountsItToo() {
        lab.config = DispatchConfig.DEFAULT;
        lab.script("a", lab::taken).script("b", lab::taken).script("c", lab::taken);
        lab.call("eth_sendRawTransaction", "[\"0xc0010203\"]");
        lab.says("a", "\"0x6\"").says("b", "\"0x6\"").says("c", "\"0x6\"");
        lab.asked.clear();

        lab.call(COUNT, PENDING);

        assertThat(lab.asked).hasSize(1);
    }

    @Test
    void otherCallsAboutWhatIsPendingFollow() {
        takenBy("c", "0xc0010203");
        lab.says("a", "\"old\"").says("b", "\"old\"").says("c", "\"new\"");

        assertThat(lab.call("eth_getBalance", "[\"0x0\",\"pending\"]").text()).isEqualTo("\"new\"");
    }

    @Test
    void anAnswerThatIsNoCountIsTheClientsBusiness() {
        takenBy("a", "0xc0010203");
        lab.says("a", "\"many\"");

        assertThat(lab.call(COUNT, PENDING).text()).isEqualTo("\"many\"");
    }

    private void takenBy(String node, String raw) {
        for (String other : "a b c".split(" ")) {
            lab.script(other, other.equals(node) ? lab::taken : Lab.REFUSES);
        }
        lab.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        lab.pass(Duration.ofSeconds(2));
        for (String other : "a b c".split(" ")) lab.says(other, "\"0x0\"");
        lab.publish(Fleets.of("a", "b", "c").ordered());
        lab.asked.clear();
    }
}
