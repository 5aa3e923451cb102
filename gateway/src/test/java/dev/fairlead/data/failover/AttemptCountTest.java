package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.failover.Lab.Asked;
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
        var lab = new Lab(Fleets.of("a", "b", "c").ordered())
                .script("a", Lab.REFUSES)
                .script("b", Lab.REFUSES);

        Asked asked = lab.call("eth_gasPrice", "[]");

        assertThat(asked.text()).isEqualTo("\"c\"");
        assertThat(lab.asked).containsExactly("a", "b", "c");
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isZero();
    }

    @Test
    void aQuestionForTheHeadIsALookUp() {
        var lab = new Lab(new Fleets().node("a", ready(100)));
        lab.traffic.chain(Fleets.CHAIN).floor().served(BlockRef.Tag.LATEST, 101);
        lab.script("a", request -> lab.result(request.method().equals("eth_blockNumber") ? "\"0x65\"" : "\"0x1\""));

        Asked asked = lab.call("eth_call", LATEST);

        assertThat(asked.text()).isEqualTo("\"0x1\"");
        assertThat(lab.requests).hasSize(2);
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isEqualTo(1);
    }

    @Test
    void lookingForATransactionIsNoAttempt() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        for (String node : "a b".split(" ")) {
            lab.script(
                    node,
                    request -> request.method().equals("eth_getTransactionByHash")
                            ? lab.result("null")
                            : lab.error(-32000, "nonce too low"));
        }

        Asked asked = lab.call("eth_sendRawTransaction", RAW);
        lab.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).contains("-32000");
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isEqualTo(2);
    }

    @Test
    void noCallCountsMoreThanTheSettingAllows() {
        var lab = new Lab(Fleets.of("a", "b", "c", "d", "e", "f", "g", "h"));
        for (String node : "a b c d e f g h".split(" "))
            lab.script(node, _ -> Lab.declined(ErrorMeaning.INTERNAL, -32000, "database closed"));

        Asked asked = lab.call("eth_gasPrice", "[]");
        lab.pass(Duration.ofSeconds(21));

        assertThat(asked.call.attempts()).isBetween(2, lab.config.attempts());
    }

    @Test
    void tellingOthersOfATransactionIsNoAttempt() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());

        Asked asked = lab.call("eth_sendRawTransaction", RAW);

        assertThat(lab.asked).hasSizeGreaterThan(1);
        assertThat(asked.call.attempts()).isEqualTo(1);
        assertThat(asked.call.lookUps()).isZero();
    }

    @Test
    void anAttemptUnderWayCounts() {
        var lab = new Lab(Fleets.of("a")).script("a", Lab.HANGS);

        Asked asked = lab.call("eth_gasPrice", "[]");

        assertThat(asked.call.attempts()).isEqualTo(1);
    }
}
