package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.HASH;
import static dev.fairlead.data.submission.Submissions.QUOTED;
import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SEND;
import static dev.fairlead.data.submission.Submissions.SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A result is believed only when it is what the method gives: the transaction's own hash, or a receipt.
class SubmissionResultTest {
    private static final String OTHER = "\"0x" + "cd".repeat(32) + '"';

    @ParameterizedTest
    @MethodSource("oddResults")
    void aResultThatIsNotTheTransactionsHashIsNoSuccess(String result) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script("a", request -> nodes.result(request.method().equals(SEND) ? result : "null"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains(HASH).contains("reply has ");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @ParameterizedTest
    @MethodSource("oddResults")
    void whatANodeTookGetsItsHashWhateverTheResult(String result) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script("a", request -> nodes.result(request.method().equals(SEND) ? result : "{}"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "5", "[]", "{}", "\"0x\"", "\"queued\"", "\"0x01\"", "\"\"", "\"0X12\""})
    void whatIsNoHashIsNoSuccessOfWhatANodeSigns(String result) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).says("a", result);

        assertThat(nodes.call("eth_sendTransaction", "[{}]").text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "\"0x\"", "[]"})
    void whatIsNoReceiptIsLookedFor(String result) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a", request -> nodes.result(request.method().equals(SYNC) ? result : "{\"blockNumber\":\"0x1\"}"));

        assertThat(nodes.call(SYNC, RAW).text()).isEqualTo("{\"blockNumber\":\"0x1\"}");
    }

    @Test
    void theHashMayBeInCapitals() {
        String capitals = "\"0x" + HASH.substring(2).toUpperCase(Locale.ROOT) + '"';
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", capitals);

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(capitals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x7801c0", "0x64c0c0", "0x71c0c0", "0x7bc0c0"})
    void theHashOfATypeThatAChainHasForItselfIsTheChainsToTell(String raw) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", OTHER);

        assertThat(nodes.call(SEND, "[\"" + raw + "\"]").text()).isEqualTo(OTHER);
    }

    @Test
    void otherSubmissionsHaveResultsOfTheirOwn() {
        String bundle = "{\"bundleHash\":\"0x1\"}";
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", bundle);

        assertThat(nodes.call("eth_sendBundle", "[{\"txs\":[\"0x01\"]}]").text())
                .isEqualTo(bundle);
    }

    static List<String> oddResults() {
        return List.of("null", "true", "5", "[]", "{}", "\"0x\"", "\"queued\"", "\"\"", OTHER, "\"" + HASH + "00\"");
    }
}
