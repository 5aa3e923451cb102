package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What must not be done twice is sent on only where a node proved that it did nothing.
class OnceOnlyCallTest {
    @Test
    void whatMustNotBeDoneTwiceIsNotSentAgainWhateverTheConnectionWas() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset"));

        assertThat(nodes.call("eth_sendTransaction", "[{}]").text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void aVerdictOfANodeThatCannotServeTheCallGoesBack() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32000, "txpool is full"));

        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");

        assertThat(asked.text()).isEqualTo("-32000 txpool is full");
        assertThat(asked.call.servedBy()).isEqualTo(Fleets.id("a"));
        assertThat(nodes.asked).containsExactly("a");
    }

    /// What such a reading would be told as the caller's own error.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EOF",
                "no response",
                "bad gateway",
                "service unavailable",
                "socket hang up",
                "already known",
                "duplicate transaction",
                "the transaction was added to the mempool but wasn't processed in 2s",
                "nonce too low (upstream said after 2 attempts)",
                "flux capacitor misaligned",
                ""
            })
    void anAnswerThatProvesNothingIsNoVerdict(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> nodes.error(-32000, words));

        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains("(error -32000: " + words + ")");
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce too low",
                "insufficient funds for gas * price + value",
                "replacement transaction underpriced",
                "unknown account",
                "execution reverted: request timed out"
            })
    void theNodesVerdictOnATransactionGoesBack(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> nodes.error(-32000, words));

        assertThat(nodes.call("eth_sendTransaction", "[{}]").answer()).isInstanceOf(Answer.Served.class);
        assertThat(nodes.asked).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            eth_sendTransaction,        -32603, internal error
            eth_sendTransaction,        -32000, server error
            eth_sendTransaction,        -32002, request timed out
            eth_signTransaction,        -32603, internal error
            eth_sendRawTransactionSync, 4,      added but not processed in time
            hardhat_mine,               -32603, internal error
            anvil_setBalance,           -32000, what
            foo_doSomething,            -32050, odd
            """)
    void troubleInsideTheNodeLeavesWhatMustNotBeDoneTwiceUncertain(String method, int code, String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, code, words));

        assertThat(nodes.call(method, "[]").text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            UNAUTHORIZED, 200, -32000, invalid api key
            UNAUTHORIZED, 403, -32000, forbidden
            UNSUPPORTED,  200, -32601, the method does not exist/is not available
            UNSUPPORTED,  500, -32601, Method not found
            UNSUPPORTED,  200, -32000, method not supported
            """)
    void whatWasRefusedBeforeAnyWorkIsSentOn(ErrorMeaning meaning, int status, int code, String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> refused(meaning, status, code, words));

        assertThat(nodes.call("eth_sendTransaction", "[{}]").text()).isEqualTo(ScriptedNodes.hashFrom("b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 405, 408, 413, 415, 421, 499, 500, 501, 502, 503, 504, 520, 524, 529})
    void aStatusWithoutAnErrorIsUncertain(int status) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                _ -> new Outcome.Declined(
                        ErrorMeaning.OVERLOADED,
                        status,
                        null,
                        Proof.of(status, null, "", true),
                        Duration.ofSeconds(1),
                        "HTTP " + status));

        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains("(HTTP " + status + ")");
        assertThat(nodes.asked).containsExactly("a");
    }

    /// A proxy may have passed it on before it was turned away itself.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eth_sendTransaction       | [{"from":"0x1"}] | 429 | 0      | HTTP 429
            eth_sendTransaction       | [{"from":"0x1"}] | 429 | -32005 | rate limit exceeded
            eth_sendTransaction       | [{"from":"0x1"}] | 200 | -32005 | rate limit exceeded
            eth_sign                  | ["0x1","0x2"]    | 429 | 0      | HTTP 429
            foo_doSomething           | []               | 429 | 0      | HTTP 429
            eth_sendPrivateTransaction | [{"from":"0x1"}] | 429 | 0      | HTTP 429
            eth_sendBundle            | []               | 429 | 0      | HTTP 429
            eth_sendBundle            | [{"txs":[{}]}]   | 429 | 0      | HTTP 429
            """)
    void whatWasTurnedAwayIsNotSentOn(String method, String params, int status, int code, String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        nodes.script("a", _ -> refused(ErrorMeaning.RATE_LIMITED, status, code, words));

        ClientCall asked = nodes.call(method, params);
        nodes.pass(Duration.ofSeconds(20));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains("(" + words + ")");
        assertThat(nodes.asked).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eth_sendBundle             | [{"txs":["0x01"],"blockNumber":"0x1"}]
            eth_sendPrivateTransaction | [{"tx":"0x01"}]
            mev_sendBundle             | [{"version":"v0.1","body":[{"tx":"0x01"}]}]
            """)
    void whatIsSignedAlreadyIsSentOnWhenItWasTurnedAway(String method, String params) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b".split(" "))
            nodes.script(node, _ -> refused(ErrorMeaning.RATE_LIMITED, 429, 0, "HTTP 429"));

        assertThat(nodes.call(method, params).text()).isEqualTo("\"c\"");
    }

    @Test
    void noNodeGetsTwiceWhatItRefused() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered()).script("b", ScriptedNodes.REFUSES);
        nodes.script("a", _ -> refused(ErrorMeaning.UNAUTHORIZED, 401, -32000, "unauthorized"))
                .script("c", ScriptedNodes.REFUSES);

        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");
        nodes.pass(Duration.ofSeconds(20));

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(nodes.asked).containsOnlyOnce("a");
    }

    @Test
    void theClientIsToldWhetherAnAnswerCame() {
        var silent = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.RESETS);
        var broken = new ScriptedNodes(Fleets.of("a").ordered())
                .script("a", _ -> new Outcome.Unanswered("reply is broken JSON"));

        assertThat(((Answer.Refused) silent.call("eth_sendTransaction", "[{}]").answer()).detail())
                .contains("no answer came");
        assertThat(((Answer.Refused) broken.call("eth_sendTransaction", "[{}]").answer()).detail())
                .contains("reply is broken JSON")
                .doesNotContain("no answer came");
    }

    @Test
    void aTransactionThatANodeSignsIsNeverSentTwice() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);

        assertThat(nodes.call("eth_sendTransaction", "[{}]").text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
    }

    /// The client would else be told of a deadline, as if nothing had been sent.
    @ParameterizedTest
    @CsvSource({
        "eth_sendRawTransaction, 200",
        "eth_sendRawTransactionSync, 200",
        "eth_sendTransaction, 200",
        "eth_sendRawTransaction, 400",
        "eth_sendRawTransactionSync, 1200",
        "eth_sendTransaction, 500"
    })
    void whatWasSentIsUncertainBeforeTheTimeOfTheCallIsOver(String method, int time) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> null).script("b", _ -> null);

        ClientCall asked = nodes.call(Request.of(method, RAW), Duration.ofMillis(time));
        nodes.pass(Duration.ofMillis(time - 5));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }
}
