package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.HASH;
import static dev.fairlead.data.submission.Submissions.QUOTED;
import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SYNC;
import static dev.fairlead.data.submission.Submissions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of a submission that is answered with the receipt.
class ReceiptTest {
    /// What the node that has it mined says when it is sent once more, or says on the way to a receipt.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce too low",
                "already known",
                "insufficient funds",
                "The transaction was added to the mempool but wasn't processed in 2s."
            })
    void whoWaitsForTheReceiptGetsItWhenTheTransactionIsKnown(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> mined = request -> switch (request.method()) {
            case SYNC -> nodes.error(-32000, words);
            case "eth_getTransactionReceipt" -> nodes.result("{\"blockNumber\":\"0x1\"}");
            default -> nodes.result("{}");
        };
        nodes.script("a", mined).script("b", mined);

        assertThat(nodes.call(SYNC, RAW).text()).isEqualTo("{\"blockNumber\":\"0x1\"}");
        assertThat(nodes.requests.getLast().params().text()).isEqualTo("[" + QUOTED + "]");
        assertThat(nodes.bodies.subList(0, nodes.bodies.size() - 1)).allMatch(body -> body.refCnt() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce too low", "already known"})
    void whoWaitsForAReceiptThatIsNotThereIsToldThatTheTransactionWasAccepted(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script("a", request -> switch (request.method()) {
            case SYNC -> nodes.error(-32000, words);
            case "eth_getTransactionReceipt" -> nodes.result("null");
            default -> nodes.result("{}");
        });

        ClientCall asked = nodes.call(SYNC, RAW);
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("UNCERTAIN");
            assertThat(refused.data().text()).contains(HASH);
            assertThat(refused.detail()).contains("was accepted").doesNotContain(words);
        });
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    /// EIP-7966: the node's own time for the receipt is over.
    @Test
    void aTransactionThatANodeHasAddedIsNotSentToAnother() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", request -> switch (request.method()) {
            case SYNC ->
                ScriptedNodes.declined(
                        ErrorMeaning.INTERNAL,
                        4,
                        "The transaction was added to the transaction pool but wasn't processed");
            default -> nodes.result("{}");
        });

        assertThat(nodes.call(SYNC, RAW).text()).isEqualTo("{}");
        assertThat(nodes.asked).containsExactly("a", "a");
        assertThat(nodes.requests.getLast().method()).isEqualTo("eth_getTransactionReceipt");
    }

    @Test
    void whoWaitsForAReceiptIsServedByTheNextNodeWhenTheFirstBreaksOff() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script("b", _ -> nodes.result("{\"blockNumber\":\"0x1\"}"));

        assertThat(nodes.call(SYNC, RAW).text()).isEqualTo("{\"blockNumber\":\"0x1\"}");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void aVerdictOnATransactionThatIsNowhereGoesBackToWhoWaitsForItsReceipt() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SYNC) ? nodes.error(-32000, "nonce too low") : nodes.result("null"));

        assertThat(nodes.call(SYNC, RAW).text()).isEqualTo("{\"code\":-32000}");
    }
}
