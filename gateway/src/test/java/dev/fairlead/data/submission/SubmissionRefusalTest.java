package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.HASH;
import static dev.fairlead.data.submission.Submissions.QUOTED;
import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SEND;
import static dev.fairlead.data.submission.Submissions.later;
import static dev.fairlead.data.submission.Submissions.ofHttp;
import static dev.fairlead.data.submission.Submissions.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client is told of a transaction that nodes refuse: their own words where they are to be believed, else that
/// it is uncertain.
class SubmissionRefusalTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            eth_sendTransaction, HEAD_NOT_THERE, -32000, header not found
            eth_sign,            OVERLOADED,     -32000, node is busy
            hardhat_mine,        PRUNED,         -32000, missing trie node
            foo_doSomething,     RANGE_CAPPED,   -32000, too many results
            """)
    void wordsThatDoNotSayWhenTheNodeStoppedAreToldWithinTheDoubt(
            String method, ErrorMeaning meaning, int code, String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(meaning, code, words));

        ClientCall asked = nodes.call(method, "[]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains(words).doesNotContain("no answer came");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void anInternalErrorOfANodeThatTookTheTransactionIsNotTheClients() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SEND)
                        ? ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error")
                        : nodes.result("{}"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @Test
    void aFullPoolGoesBackWhenTheTransactionIsNowhere() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SEND)
                        ? ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32000, "txpool is full")
                        : nodes.result("null"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("-32000 txpool is full");
    }

    @Test
    void anInternalErrorIsUncertainWhenNobodyCanSayWhereTheTransactionIs() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }

    @Test
    void whatANodeTimedOutOnIsNotSentToAnother() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32002, "request timed out"));
        nodes.script("b", _ -> nodes.result("\"0x1\""));

        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }

    @Test
    void aBadGatewayInFrontOfANodeIsNoProofThatTheNodeDidNotAct() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SEND)
                        ? new Outcome.Declined(ErrorMeaning.INTERNAL, 502, null, Proof.LOST, Duration.ZERO, "502")
                        : nodes.result("null"));

        ClientCall raw = nodes.call(SEND, RAW);
        ClientCall other = nodes.call("eth_sendTransaction", "[{}]");
        nodes.script(
                "a", _ -> new Outcome.Declined(ErrorMeaning.INTERNAL, 502, null, Proof.LOST, Duration.ZERO, "502"));
        ClientCall once = nodes.call("eth_sendTransaction", "[{}]");
        nodes.pass(Duration.ofSeconds(3));

        assertThat(raw.text()).isEqualTo("UNCERTAIN");
        assertThat(other.text()).isEqualTo("UNCERTAIN");
        assertThat(once.text()).isEqualTo("UNCERTAIN");
    }

    /// A proxy may have passed it on before it said so.
    @ParameterizedTest
    @ValueSource(
            ints = {
                400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 421, 422, 425, 426, 429, 431,
                451, 499, 500, 501, 503, 529
            })
    void aStatusWithoutAnErrorIsNotBelievedWhereTheTransactionIsFound(int status) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> proxy =
                request -> request.method().equals(SEND) ? ofHttp(status) : nodes.result("{}");
        nodes.script("a", proxy).script("b", proxy);

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo(QUOTED);
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 409, 410, 411, 412, 414, 415, 421, 422, 426, 431, 451, 499, 501})
    void aStatusWithoutAnErrorIsUncertainWhereTheTransactionIsNowhere(int status) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> proxy =
                request -> request.method().equals(SEND) ? ofHttp(status) : nodes.result("null");
        nodes.script("a", proxy).script("b", proxy);

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains(HASH).contains("(HTTP " + status + ")");
        assertThat(sent(nodes)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            401, NODES_FAILED
            403, NODES_FAILED
            413, BODY_TOO_LARGE
            429, OVERLOADED
            """)
    void aRefusalStandsWhereTheTransactionIsNowhere(int status, String expected) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> proxy =
                request -> request.method().equals(SEND) ? ofHttp(status) : nodes.result("null");
        nodes.script("a", proxy).script("b", proxy);

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RATE_LIMITED | -32005 | failed to parse response body
            RATE_LIMITED | -32005 | rate limit exceeded
            UNSUPPORTED  | -32601 | the method eth_sendRawTransaction does not exist/is not available
            UNSUPPORTED  | -32601 | method handler crashed
            INTERNAL     | -32700 | parse error in upstream response
            UNAUTHORIZED | -32000 | invalid api key
            """)
    void noRefusalIsBelievedWhereTheTransactionIsFound(ErrorMeaning meaning, int code, String words) {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SEND)
                        ? ScriptedNodes.declined(meaning, code, words)
                        : nodes.result("{}"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo(QUOTED);
    }

    @Test
    void aLimitInWordsThatNobodyKnowsIsUncertainWhenNobodyCanSayWhereTheTransactionIs() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered())
                .script(
                        "a",
                        _ -> ScriptedNodes.declined(
                                ErrorMeaning.RATE_LIMITED, -32005, "failed to parse response body"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 407, 413, 429, 503})
    void aStatusWithoutAnErrorIsUncertainWhenNobodyCanSayWhereTheTransactionIs(int status) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> later(status)).script("b", _ -> later(status));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) asked.answer()).detail()).contains(HASH);
    }
}
