package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.forked;
import static dev.fairlead.data.failover.Fleets.lagging;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverTest {
    private static final String CALL = "eth_getBalance";
    private static final String LATEST = "[\"0x0000000000000000000000000000000000000001\",\"latest\"]";

    @Test
    void anAnswerGoesStraightBack() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("\"a\"");
        assertThat(asked.call.servedBy()).isEqualTo(Fleets.id("a"));
        assertThat(nodes.events.attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("answered");
            assertThat(attempt.number()).isEqualTo(1);
        });
    }

    @Test
    void anErrorThatBelongsToTheCallerGoesStraightBack() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", _ -> nodes.error(3, "execution reverted"));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(((Answer.Served) asked.answer()).reply().error()).isNotNull();
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void aDeadNodeCostsNoClientItsAnswerAndGetsNoSecondCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);

        ClientCall first = nodes.call(CALL, LATEST);
        ClientCall second = nodes.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "b", "b");
        assertThat(nodes.suspected).containsExactly("a");
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms");
    }

    @Test
    void aReadingIsPutToTheNextNodeAfterNoAnswer() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"b\"");
    }

    @Test
    void whatMustNotBeDoneTwiceIsNotSentAgain() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);

        ClientCall asked = nodes.call("eth_sign", "[]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void whatNeverLeftMayBeSentAgainWhateverItIs() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);

        assertThat(nodes.call("eth_sign", "[]").text()).isEqualTo("\"b\"");
    }

    @Test
    void aHungNodeIsLeftAfterOneTimeout() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        ClientCall first = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(4));
        ClientCall second = nodes.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "b", "b");
        assertThat(nodes.events.attempts.getFirst().reason()).isEqualTo("timeout");
    }

    @Test
    void aNodeThatIsSilentForASecondGetsNoFurtherCallsMeanwhile() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, LATEST);

        nodes.pass(Duration.ofMillis(1100));
        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void aCallThatIsTooMuchForANodeDoesNotEjectIt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", request -> request.method().equals(CALL) ? nodes.result("1") : null);

        ClientCall tooMuch = nodes.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(60));
        nodes.pass(Duration.ofMillis(500));
        nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(30));

        assertThat(tooMuch.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("spared a for execution");
    }

    @Test
    void heavyMethodsGetTheLongTimeout() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered());

        nodes.call("debug_traceBlockByNumber", "[\"0x1\"]");
        nodes.call(CALL, LATEST);

        assertThat(nodes.timeouts).containsExactly(Duration.ofMillis(19_750), Duration.ofSeconds(4));
    }

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

    @Test
    void aRateLimitedNodeIsLeftAloneForAsLongAsItAsked() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                _ -> new Outcome.Declined(
                        ErrorMeaning.RATE_LIMITED, 429, null, Proof.TURNED_AWAY, Duration.ofSeconds(3), "429"));
        nodes.call(CALL, LATEST);

        nodes.pass(Duration.ofMillis(2900));
        nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofMillis(200));
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a", "b", "b", "a", "b");
    }

    @Test
    void whenEveryNodeIsRateLimitedTheClientIsToldToComeAgainAndNobodyIsAskedTwice() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        for (String node : "a b".split(" ")) {
            nodes.script(
                    node,
                    _ -> new Outcome.Declined(
                            ErrorMeaning.RATE_LIMITED,
                            429,
                            null,
                            Proof.TURNED_AWAY,
                            Duration.ofSeconds(3),
                            "HTTP 429"));
        }

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("OVERLOADED");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void aMomentInWhichEveryNodeIsRateLimitedIsWaitedFor() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            nodes.script(
                    node,
                    _ -> new Outcome.Declined(
                            ErrorMeaning.RATE_LIMITED,
                            429,
                            null,
                            Proof.TURNED_AWAY,
                            Duration.ofSeconds(1),
                            "HTTP 429"));
        }

        ClientCall met = nodes.call(CALL, LATEST);
        ClientCall spared = nodes.call(CALL, LATEST);
        for (String node : "a b c".split(" ")) nodes.says(node, "\"served\"");
        nodes.pass(Duration.ofMillis(1300));

        assertThat(met.text()).isEqualTo("\"served\"");
        assertThat(spared.text()).isEqualTo("\"served\"");
        assertThat(nodes.asked).hasSize(5).startsWith("a", "b", "c");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).resting()).isZero();
    }

    @Test
    void nodesThatGoOnAskingToBeLeftAloneAreNamedAsTheReason() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(20));

        assertThat(asked.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("OVERLOADED");
            assertThat(refused.detail()).contains("asked to be left alone");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(nodes.asked.size()).isLessThan(30);
    }

    @Test
    void theLineOfThoseThatWaitForNodesToBeAskedAgainIsBounded() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));
        var calls = IntStream.range(0, nodes.config.queue() + 2)
                .mapToObj(_ -> nodes.call(CALL, LATEST))
                .toList();

        assertThat(calls.getLast().text()).isEqualTo("OVERLOADED");
        assertThat(nodes.traffic.chain(Fleets.CHAIN).resting()).isEqualTo(nodes.config.queue());
    }

    @Test
    void whatOneNodeLacksIsWaitedForAtAnotherThatIsRateLimited() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "no such method"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));

        ClientCall asked = nodes.call("eth_feeHistory", "[]");
        nodes.says("b", "\"b\"");
        nodes.pass(Duration.ofMillis(1300));

        assertThat(asked.text()).isEqualTo("\"b\"");
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
        if (refused.why().status() == 503) assertThat(refused.retryAfter()).isPositive();
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

    @Test
    void ourOwnLackOfConnectionsIsNotHeldAgainstTheNode() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> new Outcome.NotSent("no free connection to a: 64 calls wait already"));

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void aNodeThatLacksAMethodIsPassedOverForThatMethodOnly() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                request -> request.method().equals(CALL)
                        ? nodes.result("1")
                        : ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "method not found"));

        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a", "b", "b", "a");
    }

    @Test
    void aMethodThatNobodyOffersCostsTwoAttemptsWhenItIsAskedForOftenAndAllNodesGetTheirTurn() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("no such method"));

        for (int i = 0; i < 1000; i++) {
            nodes.pass(Duration.ofMillis(5));
            assertThat(nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text())
                    .isEqualTo("-32601 no such method");
        }

        assertThat(nodes.asked).hasSizeBetween(2000, 2200);
        for (String node : List.of("a", "b", "c", "d"))
            assertThat(Collections.frequency(nodes.asked, node)).isBetween(450, 600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_getProof", "eth_sendTransaction"})
    void aMethodThatOneNodeOffersAgainIsServedAtOnce(String method) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String again : List.of("d", "c", "b", "a", "d")) {
            for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("method not found"));
            for (int i = 0; i < 4; i++)
                assertThat(nodes.call(method, "[{}]").text()).startsWith("-32601");
            nodes.says(again, ScriptedNodes.hashFrom(again));

            assertThat(nodes.call(method, "[{}]").text()).isEqualTo(ScriptedNodes.hashFrom(again));
            assertThat(nodes.traffic.node(Fleets.id(again)).lacks(method, nodes.traffic.now()))
                    .isFalse();
            nodes.asked.clear();
            assertThat(nodes.call(method, "[{}]").text()).isEqualTo(ScriptedNodes.hashFrom(again));
            assertThat(nodes.asked).containsExactly(again);
        }
    }

    @Test
    void aMethodThatIsAskedForOftenIsFoundAgainWithinAFewCalls() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) nodes.script(node, _ -> lacking("method not found"));
        for (int i = 0; i < 1000; i++) {
            nodes.pass(Duration.ofMillis(1));
            nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        }
        nodes.says("c", "\"here\"");

        nodes.pass(Duration.ofMillis(1));
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.pass(Duration.ofMillis(1));

        assertThat(nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text()).isEqualTo("\"here\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "method handler crashed", "the method is busy, try again", "nope, not today"})
    void otherWordsUnderThatCodeDoNotMeanThatTheNodeLacksTheMethod(String words) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", _ -> lacking(words));

        for (int i = 0; i < 3; i++) nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(nodes.asked).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void anObjectionToWhatIsAskedForShowsThatTheMethodIsThere() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", _ -> lacking("method not found"));
        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        nodes.script("a", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        nodes.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(nodes.traffic.node(Fleets.id("a")).lacks("eth_getProof", nodes.traffic.now()))
                .isFalse();
    }

    private static Outcome lacking(String words) {
        return ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, words);
    }

    @Test
    void aShortTotalOutageFailsNoCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", ScriptedNodes.REFUSES)
                .script("b", ScriptedNodes.REFUSES);

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofMillis(1500));
        nodes.says("b", "\"back\"");
        nodes.pass(Duration.ofMillis(500));

        assertThat(asked.text()).isEqualTo("\"back\"");
    }

    @Test
    void aLongTotalOutageIsRefusedOnceHealthHasSeenIt() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.REFUSES);
        ClientCall early = nodes.call(CALL, LATEST);

        nodes.publish(new Fleets().node("a", unreachable()).ordered());
        nodes.pass(Duration.ofMillis(400));
        int before = nodes.asked.size();
        ClientCall late = nodes.call(CALL, LATEST);

        assertThat(early.text()).isEqualTo("NO_NODE");
        assertThat(late.text()).isEqualTo("NO_NODE");
        assertThat(nodes.asked).hasSize(before);
    }

    @Test
    void noNodeAtAllIsRefusedAtOnceWithReasonsButNoNames() {
        var nodes = new ScriptedNodes(new Fleets().node("secret-name", forked()));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(((Answer.Refused) asked.answer()).detail())
                .contains("1 on another branch")
                .doesNotContain("secret-name");
    }

    @Test
    void anUnknownChainIsRefused() {
        var nodes = new ScriptedNodes(Fleets.of("a"));
        nodes.board.publish(dev.fairlead.core.fleet.Fleet.EMPTY);

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("NO_SUCH_CHAIN");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void noAttemptGoesBeyondTheDeadlineOfTheCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", ScriptedNodes.HANGS)
                .script("b", ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(Request.of(CALL, LATEST), Duration.ofSeconds(5));
        nodes.pass(Duration.ofMillis(5100));

        assertThat(nodes.timeouts).containsExactly(Duration.ofSeconds(4), Duration.ofMillis(750));
        assertThat(asked.text()).isEqualTo("NO_NODE");
    }

    @Test
    void noMoreThanTheBoundOfAttemptsIsMade() {
        var nodes =
                new ScriptedNodes(Fleets.of("a", "b", "c", "d", "e", "f", "g").ordered());
        for (String node : "a b c d e f g".split(" ")) nodes.script(node, ScriptedNodes.RESETS);

        ClientCall asked = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(nodes.asked).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void retriesStayWithinTheBudgetWhenEverythingFails() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            nodes.script(
                    node,
                    _ -> new Outcome.Declined(ErrorMeaning.OVERLOADED, 503, null, Proof.NONE, Duration.ZERO, "503"));
        }

        IntStream.range(0, 1000).forEach(_ -> nodes.call(CALL, LATEST));
        nodes.pass(Duration.ofSeconds(3));

        assertThat(nodes.asked).hasSizeBetween(2000, 2000 + 100 + 200 + 50);
    }

    @Test
    void panicNodesAreNotAskedForWhatGoodNodesDecline() {
        var nodes = new ScriptedNodes(new Fleets()
                .node("a", ready(100))
                .node("stale", lagging(50, 50))
                .ordered());
        nodes.script("a", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("-32000 missing trie node");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void theLeaderIsUsedWhenTheOwnNodesFailAndNotLonger() {
        var nodes = new ScriptedNodes(
                new Fleets().leader("leader", ready(100)).node("a", ready(100)).ordered());
        nodes.script("a", ScriptedNodes.REFUSES);

        ClientCall first = nodes.call(CALL, LATEST);
        ClientCall second = nodes.call(CALL, LATEST);
        nodes.says("a", "\"back\"");
        nodes.pass(Duration.ofMillis(1001));
        ClientCall third = nodes.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"leader\"");
        assertThat(second.text()).isEqualTo("\"leader\"");
        assertThat(third.text()).isEqualTo("\"back\"");
        assertThat(nodes.events.lines)
                .containsExactly("ejected a for 1000 ms", "last resort true", "last resort false", "readmitted a");
    }

    @Test
    void theLeaderGetsNoMoreThanItsRate() {
        var nodes = new ScriptedNodes(new Fleets().leader("leader", ready(100)).leaderRate(5));

        var texts = IntStream.range(0, 8)
                .mapToObj(_ -> nodes.call(CALL, LATEST).text())
                .toList();
        nodes.pass(Duration.ofSeconds(1));

        assertThat(texts)
                .containsExactly(
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "\"leader\"",
                        "OVERLOADED",
                        "OVERLOADED",
                        "OVERLOADED");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"leader\"");
    }

    @Test
    void panicIsToldOnceWhenItBeginsAndOnceWhenItEnds() {
        var nodes = new ScriptedNodes(new Fleets().node("a", lagging(50, 50)));
        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        nodes.publish(Fleets.of("a"));
        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).containsExactly("panic true", "panic false");
    }

    @Test
    void onlyOneCallTriesANodeWhoseEjectionIsOver() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.script("a", ScriptedNodes.HANGS);
        nodes.pass(Duration.ofMillis(1001));

        nodes.call(CALL, LATEST);
        ClientCall other = nodes.call(CALL, LATEST);
        nodes.pending.getFirst().end(nodes.result("\"a\""));
        nodes.says("a", "\"again\"");

        assertThat(other.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aFailedTrialEjectsTwiceAsLong() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);

        nodes.pass(Duration.ofMillis(1001));
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "ejected a for 2000 ms");
    }

    @Test
    void anAbandonedTrialLeavesTheTrialToTheNextCall() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.script("a", ScriptedNodes.HANGS);
        nodes.pass(Duration.ofMillis(1001));

        nodes.call(CALL, LATEST).call.abandon();
        nodes.says("a", "\"again\"");

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void healthReadmitsANodeThatBecameReadyAgain() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.REFUSES);
        nodes.call(CALL, LATEST);
        nodes.publish(Fleets.of().node("a", unreachable()).node("b", ready(100)).ordered());

        nodes.publish(Fleets.of("a", "b").ordered());
        nodes.says("a", "\"again\"");

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aNodeThatFailsWhatOthersAnswerIsEjected() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        IntStream.range(0, 12).forEach(_ -> nodes.call("eth_getBlockByNumber", "[\"0x5\",false]"));

        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms");
        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(10);
    }

    @Test
    void aNodeThatFailsOneServiceIsSparedThatOneOnly() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script(
                "a",
                request -> request.method().equals("eth_getTransactionReceipt")
                        ? ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "transaction indexing is in progress")
                        : nodes.result("\"a\""));

        IntStream.range(0, 15).forEach(_ -> nodes.call("eth_getTransactionReceipt", "[\"0x1\"]"));

        assertThat(nodes.events.lines).containsExactly("spared a for transactions");
        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(10);
        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"a\"");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aNodeThatIsSparedAServiceIsStillAskedWhenNobodyElseIsLeft() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "indexing is in progress"));
        IntStream.range(0, 10).forEach(_ -> nodes.call("eth_getLogs", "[{}]"));
        nodes.says("a", "\"a\"").script("b", ScriptedNodes.REFUSES);

        assertThat(nodes.call("eth_getLogs", "[{}]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aSlowCallIsGivenItsTimeAndPutToOneFurtherNodeAtTheMost() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) nodes.script(node, ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(90));
        nodes.pass(Duration.ofSeconds(91));

        assertThat(nodes.timeouts).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(asked.text()).isEqualTo("NODES_FAILED");
        assertThat(nodes.events.lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth_call",
                "eth_estimateGas",
                "eth_createAccessList",
                "eth_simulateV1",
                "eth_getProof",
                "eth_getLogs",
                "debug_traceTransaction",
                "trace_filter",
                "eth_getBlockReceipts"
            })
    void aCallThatTakesLongerThanGethGivesTheEvmIsAnswered(String method) {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        ClientCall asked = nodes.call(method, "[{},\"0x1\",\"0x1\"]");
        nodes.pass(Duration.ofMillis(5500));
        nodes.pending.getFirst().end(nodes.result("\"late\""));

        assertThat(asked.text()).isEqualTo("\"late\"");
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void healthIsAskedToLookAtANodeThatKeepsASlowCallWaiting() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);

        nodes.call("eth_call", "[{},\"latest\"]");
        nodes.pass(Duration.ofMillis(1600));

        assertThat(nodes.suspected).containsExactly("a");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatHealthFindsDead() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call("eth_call", "[{},\"latest\"]");
        nodes.pass(Duration.ofMillis(100));

        nodes.publish(
                new Fleets().node("a", unreachable()).node("b", ready(100)).ordered());
        nodes.pass(Duration.ofMillis(600));

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.attempts.getFirst().reason()).isEqualTo("given-up");
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatFailsAQuickOneMeanwhile() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall slow = nodes.call("eth_call", "[{},\"latest\"]");
        nodes.call("eth_gasPrice", "[]");

        nodes.pass(Duration.ofMillis(4600));

        assertThat(slow.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("ejected a for 1000 ms");
    }

    @Test
    void whatMustNotBeDoneTwiceIsGivenTheLongTime() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.HANGS);

        nodes.call(Request.of("eth_sendTransaction", "[{}]"), Duration.ofSeconds(60));

        assertThat(nodes.timeouts).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void aCallThatEveryNodeFailsEjectsNobody() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"))
                .script("b", _ -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        ClientCall asked = nodes.call(CALL, LATEST);
        IntStream.range(0, 30).forEach(_ -> nodes.call(CALL, LATEST));

        assertThat(asked.text()).isEqualTo("-32603 internal error");
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void anAbandonedCallStopsItsAttempt() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call(CALL, LATEST);
        var attempt = nodes.pending.getFirst();

        asked.call.abandon();
        nodes.pass(Duration.ofSeconds(5));

        assertThat(attempt.cancelled).isTrue();
        assertThat(asked.answers).isEmpty();
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(nodes.events.attempts)
                .singleElement()
                .satisfies(end -> assertThat(end.reason()).isEqualTo("abandoned"));
    }

    @Test
    void anAbandonedSubmissionIsLetFinish() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.HANGS);
        ClientCall asked = nodes.call("eth_sendTransaction", "[{}]");
        var attempt = nodes.pending.getFirst();

        asked.call.abandon();
        attempt.end(nodes.result("\"0x1\""));

        assertThat(attempt.cancelled).isFalse();
        assertThat(asked.answers).isEmpty();
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void anAbandonedCallInBackOffAsksNobodyAnyMore() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", ScriptedNodes.REFUSES);
        ClientCall asked = nodes.call(CALL, LATEST);

        asked.call.abandon();
        nodes.pass(Duration.ofSeconds(1));

        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void aStrangeNumberOfNodesIsWalkedThrough() {
        var count = new AtomicInteger();
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            nodes.script(
                    node,
                    _ -> count.incrementAndGet() < 3
                            ? new Outcome.NotSent("connection refused")
                            : nodes.result("\"third\""));
        }

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"third\"");
    }
}
