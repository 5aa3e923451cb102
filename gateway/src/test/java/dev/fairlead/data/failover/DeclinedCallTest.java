package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client is told, and which nodes are asked, when nodes decline a call.
class DeclinedCallTest {
    @Test
    void theMostTellingObjectionGoesBackWhenAllDecline() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"))
                .script("c", _ -> ScriptedNodes.declined(ErrorMeaning.UNAUTHORIZED, -32000, "bad key 12345"));

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(2));

        assertThat(asked.text()).isEqualTo("-32000 missing trie node");
    }

    @Test
    void whatANodeSaysAboutOurKeyIsNotToldToTheClient() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.UNAUTHORIZED, -32000, "bad key 12345"));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("NODES_FAILED");
        assertThat(asked.answer().toString()).doesNotContain("12345");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            refuses,   refuses,   NO_NODE
            resets,    resets,    NO_NODE
            hangs,     hangs,     NO_NODE
            refuses,   hangs,     NO_NODE
            resets,    badGate,   NO_NODE
            http500,   nonsense,  NO_NODE
            http503,   refuses,   NO_NODE
            limited,   refuses,   NO_NODE
            http503,   http503,   OVERLOADED
            limited,   keyless,   OVERLOADED
            keyless,   refuses,   NO_NODE
            keyless,   hangs,     NO_NODE
            rubbish,   refuses,   NO_NODE
            rubbish,   hangs,     NO_NODE
            rubbish,   http500,   NO_NODE
            rubbish,   limited,   OVERLOADED
            rubbish,   keyless,   NODES_FAILED
            rubbish,   rubbish,   NODES_FAILED
            keyless,   keyless,   NODES_FAILED
            tooLarge,  tooLarge,  BODY_TOO_LARGE
            tooLarge,  refuses,   BODY_TOO_LARGE
            tooLarge,  limited,   BODY_TOO_LARGE
            """)
    void whatTheClientIsToldWhenNobodyAnswers(String first, String second, String told) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> fault(first)).script("b", _ -> fault(second));

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(21));

        assertThat(asked.text()).isEqualTo(told);
        Answer.Refused refused = (Answer.Refused) asked.answer();
        if (refused.why().httpStatus() == 503) assertThat(refused.retryAfter()).isPositive();
    }

    @Test
    void whoSpokeNoJsonForAMomentIsAskedAgainSoon() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> fault("rubbish"));

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        nodes.says("a", "\"a\"");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        nodes.pass(Duration.ofSeconds(31));

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"a\"");
    }

    @Test
    void rubbishIsNoSignThatAnEjectedNodeWorksAgain() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.script("a", _ -> fault("rubbish"));
        nodes.pass(Duration.ofSeconds(2));

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"b\"");

        assertThat(nodes.events.lines).noneMatch(line -> line.startsWith("readmitted"));
    }

    /// A node whose every reply is HTTP 404 or 405 is out by its probes; what is left is one that may come back.
    @Test
    void anOutageIsOneFromTheFirstCallToTheLast() {
        var nodes =
                new ScriptedNodes(new Fleets().node("rubbish", unreachable()).node("dead", unreachable()));
        nodes.script("rubbish", _ -> fault("rubbish")).script("dead", ScriptedNodes.REFUSES);

        for (int i = 0; i < 30; i++) {
            ClientCall asked = nodes.call("eth_gasPrice", "[]");
            nodes.pass(Duration.ofSeconds(1));

            Answer.Refused refused = (Answer.Refused) asked.answer();
            assertThat(refused.why()).isEqualTo(Refusal.NO_NODE);
            assertThat(refused.retryAfter()).isPositive();
        }
    }

    private static @Nullable Outcome fault(String name) {
        return switch (name) {
            case "refuses" -> new Outcome.NotSent("connection refused");
            case "resets" -> new Outcome.Unanswered("connection reset");
            case "hangs" -> null;
            case "nonsense" -> new Outcome.Unanswered("not JSON");
            case "badGate" -> http(ErrorMeaning.INTERNAL, 502);
            case "http500" -> http(ErrorMeaning.INTERNAL, 500);
            case "http503" -> http(ErrorMeaning.OVERLOADED, 503);
            case "limited" -> http(ErrorMeaning.RATE_LIMITED, 429);
            case "keyless" -> http(ErrorMeaning.UNAUTHORIZED, 401);
            case "rubbish" -> http(ErrorMeaning.UNSUPPORTED, 405);
            case "tooLarge" -> http(ErrorMeaning.RANGE_CAPPED, 413);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Outcome http(ErrorMeaning meaning, int status) {
        return new Outcome.Declined(
                meaning, status, null, Proof.of(status, null, "", false), Duration.ZERO, "HTTP " + status);
    }

    @Test
    void anObjectionThatGoesBackNamesItsNode() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "no"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.RANGE_CAPPED, -32005, "more than 10000 results"));

        ClientCall asked = nodes.call("eth_getLogs", "[{}]");

        assertThat(asked.text()).isEqualTo("-32005 more than 10000 results");
        assertThat(asked.call.servedBy()).isEqualTo(Fleets.id("b"));
    }
}
