package dev.fairlead.data.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client never gets an error for a transaction that was accepted.
class SubmissionTest {
    private static final String SEND = "eth_sendRawTransaction";
    private static final String SYNC = "eth_sendRawTransactionSync";
    private static final String RAW = "[\"0x02f8650180843b9aca00847735940082520894000000000000000000000000000000000000"
            + "0001018080c080a0000000000000000000000000000000000000000000000000000000000000000101\"]";
    private static final String HASH = Objects.requireNonNull(TxHash.ofSubmission(Slice.of(RAW)));
    private static final String QUOTED = '"' + HASH + '"';

    @Test
    void alreadyKnownAfterALostAnswerIsSuccessWithTheRightHash() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script("b", _ -> nodes.error(-32000, "already known"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

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

    @Test
    void alreadyKnownAtOnceIsSuccessToo() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        nodes.script("a", _ -> nodes.error(-32003, "transaction already imported"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void alreadyKnownIsSuccessWhenItComesAsADeclineToo() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "already known"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce too low",
                "nonce too low: next nonce 8, tx nonce 7",
                "OldNonce",
                "invalid nonce; got 7, expected 8",
                "replacement transaction underpriced",
                "Upfront cost exceeds account balance",
                "insufficient funds for gas * price + value"
            })
    void anObjectionAtOnceIsSuccessWhenTheTransactionIsMined(String objection) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a", request -> request.method().equals(SEND) ? nodes.error(-32000, objection) : nodes.result("{}"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(nodes.asked).containsExactly("a", "a");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void anObjectionAtOnceIsCheckedAtAFewNodesAndGoesBackAsTheNodePutIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d", "e").ordered());
        for (String node : "a b c d e".split(" ")) {
            nodes.script(
                    node,
                    request -> request.method().equals(SEND)
                            ? nodes.error(-32000, "nonce too low")
                            : nodes.result("null"));
        }

        ClientCall asked = nodes.call(SEND, RAW);

        assertThat(((Answer.Served) asked.answer()).reply().error()).isNotNull();
        assertThat(asked.text()).isEqualTo("{\"code\":-32000}");
        assertThat(nodes.asked).containsExactly("a", "a", "b", "c");
    }

    /// Whoever answered a transaction so may have taken it: what it says is told only where it has it not.
    @ParameterizedTest
    @MethodSource("wordsOfTakers")
    void noRefusalIsToldWhereWhoeverGaveItCannotSayWhetherItHasTheTransaction(String said, String asked) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "b c".split(" ")) {
            nodes.script(node, request -> request.method().equals(SEND) ? answer(nodes, said) : nodes.result("null"));
        }
        nodes.script("a", request -> answer(nodes, request.method().equals(SEND) ? said : asked));

        ClientCall called = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(called.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) called.answer()).detail()).contains(HASH);
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    static Stream<Arguments> wordsOfTakers() {
        var said = List.of("429", "later", "limit", "401", "method", "nonce", "funds", "key");
        var asked = List.of("429", "reset", "hangs", "502", "method", "401", "limit", "locked");
        return said.stream().flatMap(word -> asked.stream().map(look -> Arguments.of(word, look)));
    }

    @ParameterizedTest
    @CsvSource({"later, OVERLOADED", "401, NODES_FAILED", "nonce, {\"code\":-32000}", "limit, OVERLOADED"})
    void aRefusalIsToldWhenAllThatMayHaveTakenItSayThatTheyHaveItNot(String said, String expected) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            nodes.script(node, request -> request.method().equals(SEND) ? answer(nodes, said) : nodes.result("null"));
        }

        ClientCall called = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(called.text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"reset, nonce", "502, funds", "429, funds", "401, full", "reset, method", "hangs, 429", "reset, 401"})
    void wordsOfOneNodeDoNotSpeakForAnotherThatCannotBeAsked(String first, String second) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", request -> answer(nodes, request.method().equals(SEND) ? first : "429"));
        nodes.script("b", request -> request.method().equals(SEND) ? answer(nodes, second) : nodes.result("null"));

        ClientCall called = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(called.text()).isEqualTo("UNCERTAIN");
        assertThat(((Answer.Refused) called.answer()).detail()).contains(HASH);
    }

    @Test
    void whatIsWrongWithTheBytesThemselvesIsToldWhoeverCannotBeAsked() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script(
                "b",
                request ->
                        request.method().equals(SEND) ? nodes.error(-32000, "invalid sender") : nodes.result("null"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("{\"code\":-32000}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"429", "later", "401", "nonce", "reset", "limit"})
    void aLookUpThatIsLostOnAnOldConnectionIsAskedAgain(String said) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        var lost = new AtomicBoolean();
        for (String node : "b c".split(" ")) {
            nodes.script(node, request -> request.method().equals(SEND) ? answer(nodes, said) : nodes.result("null"));
        }
        nodes.script("a", request -> {
            if (request.method().equals(SEND)) return answer(nodes, said);
            return lost.getAndSet(true)
                    ? nodes.result("{}")
                    : new Outcome.Unanswered(NoAnswerReason.STALE, "connection closed");
        });

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(9));

        assertThat(asked.text()).isEqualTo(QUOTED);
        assertThat(lost).isTrue();
    }

    @Test
    void beforeNodesThatAskForRestAreSentItAgainTheyAreAskedForIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "b c".split(" ")) {
            nodes.script(node, request -> request.method().equals(SEND) ? later(429) : nodes.result("null"));
        }
        nodes.script("a", request -> request.method().equals(SEND) ? later(429) : nodes.result("{}"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(sent(nodes)).doesNotHaveDuplicates();
    }

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

    private static @Nullable Outcome answer(ScriptedNodes nodes, String word) {
        return switch (word) {
            case "429" -> ofHttp(429);
            case "later" -> later(429);
            case "401" -> ofHttp(401);
            case "502" -> new Outcome.Unanswered("HTTP 502 from a proxy before the node");
            case "reset" -> new Outcome.Unanswered("connection reset");
            case "hangs" -> null;
            case "nonce" -> nodes.error(-32000, "nonce too low");
            case "funds" -> nodes.error(-32000, "insufficient funds for gas * price + value");
            case "full" -> ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32000, "txpool is full");
            case "limit" -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "rate limit exceeded");
            case "key" -> refused(ErrorMeaning.UNAUTHORIZED, 401, -32000, "unauthorized");
            case "locked" -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "database is locked");
            case "method" ->
                ScriptedNodes.declined(
                        ErrorMeaning.UNSUPPORTED, -32601, "the method X does not exist/is not available");
            default -> throw new AssertionError(word);
        };
    }

    @Test
    void aConnectionThatHadGrownOldIsNoReasonForUncertainty() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());
        var first = new AtomicBoolean(true);
        nodes.script(
                "a",
                _ -> first.getAndSet(false)
                        ? new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset")
                        : nodes.error(-32000, "already known"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(nodes.asked).containsExactly("a", "a");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void theSameNodeIsAskedAgainOnceOnly() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset"));

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "a", "b");
    }

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
    void nonceTooLowAfterALostAnswerIsSuccessWhenTheTransactionIsFound() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script(
                "b",
                request -> request.method().equals(SEND)
                        ? nodes.error(-32000, "nonce too low")
                        : nodes.result("{\"hash\":1}"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(nodes.requests.getLast()).isEqualTo(Request.of("eth_getTransactionByHash", "[" + QUOTED + "]"));
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void nonceTooLowAfterALostAnswerGoesBackWhenTheTransactionIsNowhere() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(SEND)
                        ? new Outcome.Unanswered("connection reset")
                        : nodes.result("null"));
        nodes.script(
                "b",
                request -> request.method().equals(SEND) ? nodes.error(-32000, "nonce too low") : nodes.result("null"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.answer()).isInstanceOf(Answer.Served.class);
        assertThat(((Answer.Served) asked.answer()).reply().error()).isNotNull();
    }

    @Test
    void nonceTooLowAfterALostAnswerIsUncertainWhenNobodyCanSayWhereTheTransactionIs() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script(
                "b",
                request -> request.method().equals(SEND)
                        ? nodes.error(-32000, "nonce too low")
                        : ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void whenNobodyAnsweredItIsLookedUp() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> silent =
                request -> request.method().equals(SEND)
                        ? new Outcome.Unanswered("connection reset")
                        : nodes.result("{\"hash\":1}");
        nodes.script("a", silent).script("b", silent);

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @Test
    void whenItCannotBeFoundTheClientIsToldHowToFindOut() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> silent = request ->
                request.method().equals(SEND) ? new Outcome.Unanswered("connection reset") : nodes.result("null");
        nodes.script("a", silent).script("b", silent);

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("UNCERTAIN");
            assertThat(refused.data().text()).isEqualTo("{\"transactionHash\":" + QUOTED + "}");
            assertThat(refused.detail()).contains("eth_getTransactionByHash").contains("may or may not");
        });
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

    @Test
    void aTransactionThatANodeSignsIsNeverSentTwice() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);

        assertThat(nodes.call("eth_sendTransaction", "[{}]").text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
    }

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

    @Test
    void nodesThatCannotSayDoNotCountWhereATransactionIsLookedFor() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d", "e").ordered());
        for (String node : "a b c d".split(" ")) nodes.script(node, _ -> later(429));
        nodes.script("e", request -> request.method().equals(SEND) ? later(429) : nodes.result("{}"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo(QUOTED);
    }

    @Test
    void aChainThatWasRemovedMeanwhileIsNoReasonToSayThatNothingWasSent() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", _ -> later(429));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.board.publish(Fleet.EMPTY);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }

    private static Outcome later(int status) {
        ErrorMeaning meaning = NodeErrors.complaint(MethodTable.of(SEND), status, null, "");
        Proof proof = Proof.of(status, null, "", true);
        return new Outcome.Declined(meaning, status, null, proof, Duration.ofMillis(500), "HTTP " + status);
    }

    private static Outcome ofHttp(int status) {
        ErrorMeaning meaning = NodeErrors.complaint(MethodTable.of(SEND), status, null, "");
        Proof proof = Proof.of(status, null, "", false);
        return new Outcome.Declined(meaning, status, null, proof, Duration.ZERO, "HTTP " + status);
    }

    private static Outcome refused(ErrorMeaning meaning, int status, int code, String words) {
        RpcError error = code == 0 ? null : ScriptedNodes.wellFormed(code, words);
        return new Outcome.Declined(meaning, status, error, Proof.of(status, error, "", false), Duration.ZERO, words);
    }

    enum Fate {
        ACCEPTS,
        ACCEPTS_BUT_RESETS,
        ACCEPTS_BUT_HANGS,
        ACCEPTS_BUT_TIMES_OUT,
        ACCEPTS_BUT_FAILS,
        ACCEPTS_BUT_GROWS_OLD,
        LOSES_IT,
        REFUSES,
        OVERLOADED,
        BAD_GATEWAY
    }

    /// One network: what one node accepted all others know, as soon as they are asked again.
    @Test
    void noErrorForAnAcceptedTransactionWhateverTheNodesDo() {
        Property.holds(400, any -> noErrorForAnAcceptedTransactionWhateverTheNodesDo(fates(any)));
    }

    private void noErrorForAnAcceptedTransactionWhateverTheNodesDo(List<Fate> fates) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        Set<String> accepted = new HashSet<>();
        var script = fates.iterator();
        for (String node : "a b c".split(" ")) {
            nodes.script(node, request -> {
                if (!request.method().equals(SEND)) return nodes.result(accepted.isEmpty() ? "null" : "{}");
                if (!accepted.isEmpty() && node.equals("c")) return nodes.error(-32000, "nonce too low");
                if (!accepted.isEmpty()) return nodes.error(-32000, "already known");
                return play(nodes, script.hasNext() ? script.next() : Fate.REFUSES, accepted, node);
            });
        }

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(25));

        boolean success = asked.text().equals(QUOTED);
        if (!accepted.isEmpty()) assertThat(success).as(asked.text()).isTrue();
        if (success) assertThat(accepted).isNotEmpty();
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    private static List<String> sent(ScriptedNodes nodes) {
        return IntStream.range(0, nodes.asked.size())
                .filter(at -> nodes.requests.get(at).method().equals(SEND))
                .mapToObj(nodes.asked::get)
                .toList();
    }

    private static @Nullable Outcome play(ScriptedNodes nodes, Fate fate, Set<String> accepted, String node) {
        return switch (fate) {
            case ACCEPTS -> {
                accepted.add(node);
                yield nodes.result(QUOTED);
            }
            case ACCEPTS_BUT_RESETS -> {
                accepted.add(node);
                yield new Outcome.Unanswered("connection reset");
            }
            case ACCEPTS_BUT_HANGS -> {
                accepted.add(node);
                yield null;
            }
            case ACCEPTS_BUT_TIMES_OUT -> {
                accepted.add(node);
                yield ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32002, "request timed out");
            }
            case ACCEPTS_BUT_FAILS -> {
                accepted.add(node);
                yield ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error");
            }
            case ACCEPTS_BUT_GROWS_OLD -> {
                accepted.add(node);
                yield new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset");
            }
            case LOSES_IT -> new Outcome.Unanswered("connection reset");
            case REFUSES -> new Outcome.NotSent("connection refused");
            case OVERLOADED ->
                new Outcome.Declined(ErrorMeaning.OVERLOADED, 503, null, Proof.NONE, Duration.ZERO, "503");
            case BAD_GATEWAY ->
                new Outcome.Declined(ErrorMeaning.INTERNAL, 502, null, Proof.LOST, Duration.ZERO, "502");
        };
    }

    private static List<Fate> fates(Generator any) {
        return any.list(0, 6, () -> any.oneOf(Fate.values()));
    }
}
