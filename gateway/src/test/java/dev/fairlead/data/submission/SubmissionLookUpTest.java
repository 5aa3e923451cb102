package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.HASH;
import static dev.fairlead.data.submission.Submissions.QUOTED;
import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SEND;
import static dev.fairlead.data.submission.Submissions.answer;
import static dev.fairlead.data.submission.Submissions.later;
import static dev.fairlead.data.submission.Submissions.refused;
import static dev.fairlead.data.submission.Submissions.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes are asked whether they have a transaction before its client is told that it was refused, or that nobody knows.
class SubmissionLookUpTest {
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
    void nodesThatCannotSayDoNotCountWhereATransactionIsLookedFor() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d", "e").ordered());
        for (String node : "a b c d".split(" ")) nodes.script(node, _ -> later(429));
        nodes.script("e", request -> request.method().equals(SEND) ? later(429) : nodes.result("{}"));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo(QUOTED);
    }
}
