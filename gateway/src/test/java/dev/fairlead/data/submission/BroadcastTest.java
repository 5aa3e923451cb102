package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SEND;
import static dev.fairlead.data.submission.Submissions.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import org.junit.jupiter.api.Test;

/// An accepted transaction is told to further own nodes.
class BroadcastTest {
    @Test
    void anAcceptedTransactionIsToldToTwoFurtherOwnNodes() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());

        nodes.call(SEND, RAW);

        assertThat(nodes.asked).containsExactly("a", "b", "c");
        assertThat(nodes.bodies.subList(1, 3)).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void aRejectedTransactionIsToldToNobodyElse() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        nodes.script("a", _ -> nodes.error(-32000, "insufficient funds for gas * price + value"));

        nodes.call(SEND, RAW);

        assertThat(sent(nodes)).containsExactly("a");
    }

    @Test
    void aPrivateTransactionIsToldToNobodyElse() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());

        nodes.call("eth_sendPrivateRawTransaction", RAW);

        assertThat(nodes.asked).containsExactly("a");
    }
}
