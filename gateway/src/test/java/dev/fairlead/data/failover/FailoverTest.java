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
import dev.fairlead.data.failover.Lab.Asked;
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
        var lab = new Lab(Fleets.of("a").ordered());

        Asked asked = lab.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("\"a\"");
        assertThat(asked.call.servedBy()).isEqualTo(Fleets.id("a"));
        assertThat(lab.told.attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("answered");
            assertThat(attempt.number()).isEqualTo(1);
        });
    }

    @Test
    void anErrorThatBelongsToTheCallerGoesStraightBack() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", _ -> lab.error(3, "execution reverted"));

        Asked asked = lab.call(CALL, LATEST);

        assertThat(((Answer.Served) asked.answer()).reply().error()).isNotNull();
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void aDeadNodeCostsNoClientItsAnswerAndGetsNoSecondCall() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);

        Asked first = lab.call(CALL, LATEST);
        Asked second = lab.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(lab.asked).containsExactly("a", "b", "b");
        assertThat(lab.suspected).containsExactly("a");
        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms");
    }

    @Test
    void aReadingIsPutToTheNextNodeAfterNoAnswer() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"b\"");
    }

    @Test
    void whatMustNotBeDoneTwiceIsNotSentAgain() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);

        Asked asked = lab.call("eth_sign", "[]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void whatNeverLeftMayBeSentAgainWhateverItIs() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);

        assertThat(lab.call("eth_sign", "[]").text()).isEqualTo("\"b\"");
    }

    @Test
    void aHungNodeIsLeftAfterOneTimeout() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);

        Asked first = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(4));
        Asked second = lab.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(lab.asked).containsExactly("a", "b", "b");
        assertThat(lab.told.attempts.getFirst().reason()).isEqualTo("timeout");
    }

    @Test
    void aNodeThatIsSilentForASecondGetsNoFurtherCallsMeanwhile() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);
        lab.call(CALL, LATEST);

        lab.pass(Duration.ofMillis(1100));
        Asked asked = lab.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(lab.asked).containsExactly("a", "b");
    }

    @Test
    void aCallThatIsTooMuchForANodeDoesNotEjectIt() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", request -> request.method().equals(CALL) ? lab.result("1") : null);

        Asked tooMuch = lab.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(60));
        lab.pass(Duration.ofMillis(500));
        lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(30));

        assertThat(tooMuch.text()).isEqualTo("\"b\"");
        assertThat(lab.told.lines).containsExactly("spared a for execution");
    }

    @Test
    void heavyMethodsGetTheLongTimeout() {
        var lab = new Lab(Fleets.of("a").ordered());

        lab.call("debug_traceBlockByNumber", "[\"0x1\"]");
        lab.call(CALL, LATEST);

        assertThat(lab.timeouts).containsExactly(Duration.ofMillis(19_750), Duration.ofSeconds(4));
    }

    @Test
    void theMostTellingObjectionGoesBackWhenAllDecline() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"))
                .script("b", _ -> Lab.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"))
                .script("c", _ -> Lab.declined(ErrorMeaning.UNAUTHORIZED, -32000, "bad key 12345"));

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(2));

        assertThat(asked.text()).isEqualTo("-32000 missing trie node");
    }

    @Test
    void whatANodeSaysAboutOurKeyIsNotToldToTheClient() {
        var lab = new Lab(Fleets.of("a").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.UNAUTHORIZED, -32000, "bad key 12345"));

        Asked asked = lab.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("NODES_FAILED");
        assertThat(asked.answer().toString()).doesNotContain("12345");
    }

    @Test
    void aRateLimitedNodeIsLeftAloneForAsLongAsItAsked() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script(
                "a",
                _ -> new Outcome.Declined(
                        ErrorMeaning.RATE_LIMITED, 429, null, Proof.TURNED_AWAY, Duration.ofSeconds(3), "429"));
        lab.call(CALL, LATEST);

        lab.pass(Duration.ofMillis(2900));
        lab.call(CALL, LATEST);
        lab.pass(Duration.ofMillis(200));
        lab.call(CALL, LATEST);

        assertThat(lab.asked).containsExactly("a", "b", "b", "a", "b");
    }

    @Test
    void whenEveryNodeIsRateLimitedTheClientIsToldToComeAgainAndNobodyIsAskedTwice() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        for (String node : "a b".split(" ")) {
            lab.script(
                    node,
                    _ -> new Outcome.Declined(
                            ErrorMeaning.RATE_LIMITED,
                            429,
                            null,
                            Proof.TURNED_AWAY,
                            Duration.ofSeconds(3),
                            "HTTP 429"));
        }

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("OVERLOADED");
        assertThat(lab.asked).containsExactly("a", "b");
    }

    @Test
    void aMomentInWhichEveryNodeIsRateLimitedIsWaitedFor() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            lab.script(
                    node,
                    _ -> new Outcome.Declined(
                            ErrorMeaning.RATE_LIMITED,
                            429,
                            null,
                            Proof.TURNED_AWAY,
                            Duration.ofSeconds(1),
                            "HTTP 429"));
        }

        Asked met = lab.call(CALL, LATEST);
        Asked spared = lab.call(CALL, LATEST);
        for (String node : "a b c".split(" ")) lab.says(node, "\"served\"");
        lab.pass(Duration.ofMillis(1300));

        assertThat(met.text()).isEqualTo("\"served\"");
        assertThat(spared.text()).isEqualTo("\"served\"");
        assertThat(lab.asked).hasSize(5).startsWith("a", "b", "c");
        assertThat(lab.traffic.chain(Fleets.CHAIN).resting()).isZero();
    }

    @Test
    void nodesThatGoOnAskingToBeLeftAloneAreNamedAsTheReason() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"))
                .script("b", _ -> Lab.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(20));

        assertThat(asked.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("OVERLOADED");
            assertThat(refused.detail()).contains("asked to be left alone");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(lab.asked.size()).isLessThan(30);
    }

    @Test
    void theLineOfThoseThatWaitForNodesToBeAskedAgainIsBounded() {
        var lab = new Lab(Fleets.of("a").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));
        var calls = IntStream.range(0, lab.config.queue() + 2)
                .mapToObj(_ -> lab.call(CALL, LATEST))
                .toList();

        assertThat(calls.getLast().text()).isEqualTo("OVERLOADED");
        assertThat(lab.traffic.chain(Fleets.CHAIN).resting()).isEqualTo(lab.config.queue());
    }

    @Test
    void whatOneNodeLacksIsWaitedForAtAnotherThatIsRateLimited() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.UNSUPPORTED, -32601, "no such method"))
                .script("b", _ -> Lab.declined(ErrorMeaning.RATE_LIMITED, -32005, "slow down"));

        Asked asked = lab.call("eth_feeHistory", "[]");
        lab.says("b", "\"b\"");
        lab.pass(Duration.ofMillis(1300));

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
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", _ -> fault(first)).script("b", _ -> fault(second));

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(21));

        assertThat(asked.text()).isEqualTo(told);
        Answer.Refused refused = (Answer.Refused) asked.answer();
        if (refused.why().status() == 503) assertThat(refused.retryAfter()).isPositive();
    }

    @Test
    void whoSpokeNoJsonForAMomentIsAskedAgainSoon() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", _ -> fault("rubbish"));

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        lab.says("a", "\"a\"");
        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        lab.pass(Duration.ofSeconds(31));

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"a\"");
    }

    @Test
    void rubbishIsNoSignThatAnEjectedNodeWorksAgain() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", Lab.REFUSES);
        lab.call(CALL, LATEST);
        lab.script("a", _ -> fault("rubbish"));
        lab.pass(Duration.ofSeconds(2));

        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"b\"");

        assertThat(lab.told.lines).noneMatch(line -> line.startsWith("readmitted"));
    }

    /// A node whose every reply is HTTP 404 or 405 is out by its probes; what is left is one that may come back.
    @Test
    void anOutageIsOneFromTheFirstCallToTheLast() {
        var lab = new Lab(new Fleets().node("rubbish", unreachable()).node("dead", unreachable()));
        lab.script("rubbish", _ -> fault("rubbish")).script("dead", Lab.REFUSES);

        for (int i = 0; i < 30; i++) {
            Asked asked = lab.call("eth_gasPrice", "[]");
            lab.pass(Duration.ofSeconds(1));

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
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.UNSUPPORTED, -32601, "no"))
                .script("b", _ -> Lab.declined(ErrorMeaning.RANGE_CAPPED, -32005, "more than 10000 results"));

        Asked asked = lab.call("eth_getLogs", "[{}]");

        assertThat(asked.text()).isEqualTo("-32005 more than 10000 results");
        assertThat(asked.call.servedBy()).isEqualTo(Fleets.id("b"));
    }

    @Test
    void ourOwnLackOfConnectionsIsNotHeldAgainstTheNode() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> new Outcome.NotSent("no free connection to a: 64 calls wait already"));

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"b\"");
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void aNodeThatLacksAMethodIsPassedOverForThatMethodOnly() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script(
                "a",
                request -> request.method().equals(CALL)
                        ? lab.result("1")
                        : Lab.declined(ErrorMeaning.UNSUPPORTED, -32601, "method not found"));

        lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        lab.call(CALL, LATEST);

        assertThat(lab.asked).containsExactly("a", "b", "b", "a");
    }

    @Test
    void aMethodThatNobodyOffersCostsTwoAttemptsWhenItIsAskedForOftenAndAllNodesGetTheirTurn() {
        var lab = new Lab(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) lab.script(node, _ -> lacking("no such method"));

        for (int i = 0; i < 1000; i++) {
            lab.pass(Duration.ofMillis(5));
            assertThat(lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text())
                    .isEqualTo("-32601 no such method");
        }

        assertThat(lab.asked).hasSizeBetween(2000, 2200);
        for (String node : List.of("a", "b", "c", "d"))
            assertThat(Collections.frequency(lab.asked, node)).isBetween(450, 600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_getProof", "eth_sendTransaction"})
    void aMethodThatOneNodeOffersAgainIsServedAtOnce(String method) {
        var lab = new Lab(Fleets.of("a", "b", "c", "d").ordered());
        for (String again : List.of("d", "c", "b", "a", "d")) {
            for (String node : List.of("a", "b", "c", "d")) lab.script(node, _ -> lacking("method not found"));
            for (int i = 0; i < 4; i++)
                assertThat(lab.call(method, "[{}]").text()).startsWith("-32601");
            lab.says(again, Lab.hashFrom(again));

            assertThat(lab.call(method, "[{}]").text()).isEqualTo(Lab.hashFrom(again));
            assertThat(lab.traffic.node(Fleets.id(again)).lacks(method, lab.traffic.now()))
                    .isFalse();
            lab.asked.clear();
            assertThat(lab.call(method, "[{}]").text()).isEqualTo(Lab.hashFrom(again));
            assertThat(lab.asked).containsExactly(again);
        }
    }

    @Test
    void aMethodThatIsAskedForOftenIsFoundAgainWithinAFewCalls() {
        var lab = new Lab(Fleets.of("a", "b", "c", "d").ordered());
        for (String node : List.of("a", "b", "c", "d")) lab.script(node, _ -> lacking("method not found"));
        for (int i = 0; i < 1000; i++) {
            lab.pass(Duration.ofMillis(1));
            lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        }
        lab.says("c", "\"here\"");

        lab.pass(Duration.ofMillis(1));
        lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        lab.pass(Duration.ofMillis(1));

        assertThat(lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]").text()).isEqualTo("\"here\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "method handler crashed", "the method is busy, try again", "nope, not today"})
    void otherWordsUnderThatCodeDoNotMeanThatTheNodeLacksTheMethod(String words) {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", _ -> lacking(words));

        for (int i = 0; i < 3; i++) lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(lab.asked).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void anObjectionToWhatIsAskedForShowsThatTheMethodIsThere() {
        var lab = new Lab(Fleets.of("a").ordered()).script("a", _ -> lacking("method not found"));
        lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");
        lab.script("a", _ -> Lab.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        lab.call("eth_getProof", "[\"0x1\",[],\"latest\"]");

        assertThat(lab.traffic.node(Fleets.id("a")).lacks("eth_getProof", lab.traffic.now()))
                .isFalse();
    }

    private static Outcome lacking(String words) {
        return Lab.declined(ErrorMeaning.UNSUPPORTED, -32601, words);
    }

    @Test
    void aShortTotalOutageFailsNoCall() {
        var lab =
                new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES).script("b", Lab.REFUSES);

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofMillis(1500));
        lab.says("b", "\"back\"");
        lab.pass(Duration.ofMillis(500));

        assertThat(asked.text()).isEqualTo("\"back\"");
    }

    @Test
    void aLongTotalOutageIsRefusedOnceHealthHasSeenIt() {
        var lab = new Lab(Fleets.of("a").ordered()).script("a", Lab.REFUSES);
        Asked early = lab.call(CALL, LATEST);

        lab.publish(new Fleets().node("a", unreachable()).ordered());
        lab.pass(Duration.ofMillis(400));
        int before = lab.asked.size();
        Asked late = lab.call(CALL, LATEST);

        assertThat(early.text()).isEqualTo("NO_NODE");
        assertThat(late.text()).isEqualTo("NO_NODE");
        assertThat(lab.asked).hasSize(before);
    }

    @Test
    void noNodeAtAllIsRefusedAtOnceWithReasonsButNoNames() {
        var lab = new Lab(new Fleets().node("secret-name", forked()));

        Asked asked = lab.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(((Answer.Refused) asked.answer()).detail())
                .contains("1 on another branch")
                .doesNotContain("secret-name");
    }

    @Test
    void anUnknownChainIsRefused() {
        var lab = new Lab(Fleets.of("a"));
        lab.board.publish(dev.fairlead.core.fleet.Fleet.EMPTY);

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("NO_SUCH_CHAIN");
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void noAttemptGoesBeyondTheDeadlineOfTheCall() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS).script("b", Lab.HANGS);

        Asked asked = lab.call(Request.of(CALL, LATEST), Duration.ofSeconds(5));
        lab.pass(Duration.ofMillis(5100));

        assertThat(lab.timeouts).containsExactly(Duration.ofSeconds(4), Duration.ofMillis(750));
        assertThat(asked.text()).isEqualTo("NO_NODE");
    }

    @Test
    void noMoreThanTheBoundOfAttemptsIsMade() {
        var lab = new Lab(Fleets.of("a", "b", "c", "d", "e", "f", "g").ordered());
        for (String node : "a b c d e f g".split(" ")) lab.script(node, Lab.RESETS);

        Asked asked = lab.call(CALL, LATEST);
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("NO_NODE");
        assertThat(lab.asked).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void retriesStayWithinTheBudgetWhenEverythingFails() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            lab.script(
                    node,
                    _ -> new Outcome.Declined(ErrorMeaning.OVERLOADED, 503, null, Proof.NONE, Duration.ZERO, "503"));
        }

        IntStream.range(0, 1000).forEach(_ -> lab.call(CALL, LATEST));
        lab.pass(Duration.ofSeconds(3));

        assertThat(lab.asked).hasSizeBetween(2000, 2000 + 100 + 200 + 50);
    }

    @Test
    void panicNodesAreNotAskedForWhatGoodNodesDecline() {
        var lab = new Lab(new Fleets()
                .node("a", ready(100))
                .node("stale", lagging(50, 50))
                .ordered());
        lab.script("a", _ -> Lab.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));

        Asked asked = lab.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("-32000 missing trie node");
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void theLeaderIsUsedWhenTheOwnNodesFailAndNotLonger() {
        var lab = new Lab(
                new Fleets().leader("leader", ready(100)).node("a", ready(100)).ordered());
        lab.script("a", Lab.REFUSES);

        Asked first = lab.call(CALL, LATEST);
        Asked second = lab.call(CALL, LATEST);
        lab.says("a", "\"back\"");
        lab.pass(Duration.ofMillis(1001));
        Asked third = lab.call(CALL, LATEST);

        assertThat(first.text()).isEqualTo("\"leader\"");
        assertThat(second.text()).isEqualTo("\"leader\"");
        assertThat(third.text()).isEqualTo("\"back\"");
        assertThat(lab.told.lines)
                .containsExactly("ejected a for 1000 ms", "last resort true", "last resort false", "readmitted a");
    }

    @Test
    void theLeaderGetsNoMoreThanItsRate() {
        var lab = new Lab(new Fleets().leader("leader", ready(100)).leaderRate(5));

        var texts = IntStream.range(0, 8)
                .mapToObj(_ -> lab.call(CALL, LATEST).text())
                .toList();
        lab.pass(Duration.ofSeconds(1));

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
        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"leader\"");
    }

    @Test
    void panicIsToldOnceWhenItBeginsAndOnceWhenItEnds() {
        var lab = new Lab(new Fleets().node("a", lagging(50, 50)));
        lab.call(CALL, LATEST);
        lab.call(CALL, LATEST);

        lab.publish(Fleets.of("a"));
        lab.call(CALL, LATEST);
        lab.call(CALL, LATEST);

        assertThat(lab.told.lines).containsExactly("panic true", "panic false");
    }

    @Test
    void onlyOneCallTriesANodeWhoseEjectionIsOver() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);
        lab.call(CALL, LATEST);
        lab.script("a", Lab.HANGS);
        lab.pass(Duration.ofMillis(1001));

        lab.call(CALL, LATEST);
        Asked other = lab.call(CALL, LATEST);
        lab.pending.getFirst().end(lab.result("\"a\""));
        lab.says("a", "\"again\"");

        assertThat(other.text()).isEqualTo("\"b\"");
        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aFailedTrialEjectsTwiceAsLong() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);
        lab.call(CALL, LATEST);

        lab.pass(Duration.ofMillis(1001));
        lab.call(CALL, LATEST);

        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms", "ejected a for 2000 ms");
    }

    @Test
    void anAbandonedTrialLeavesTheTrialToTheNextCall() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);
        lab.call(CALL, LATEST);
        lab.script("a", Lab.HANGS);
        lab.pass(Duration.ofMillis(1001));

        lab.call(CALL, LATEST).call.abandon();
        lab.says("a", "\"again\"");

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void healthReadmitsANodeThatBecameReadyAgain() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.REFUSES);
        lab.call(CALL, LATEST);
        lab.publish(Fleets.of().node("a", unreachable()).node("b", ready(100)).ordered());

        lab.publish(Fleets.of("a", "b").ordered());
        lab.says("a", "\"again\"");

        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms", "readmitted a");
        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"again\"");
    }

    @Test
    void aNodeThatFailsWhatOthersAnswerIsEjected() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        IntStream.range(0, 12).forEach(_ -> lab.call("eth_getBlockByNumber", "[\"0x5\",false]"));

        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms");
        assertThat(lab.asked.stream().filter("a"::equals)).hasSize(10);
    }

    @Test
    void aNodeThatFailsOneServiceIsSparedThatOneOnly() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script(
                "a",
                request -> request.method().equals("eth_getTransactionReceipt")
                        ? Lab.declined(ErrorMeaning.INTERNAL, -32000, "transaction indexing is in progress")
                        : lab.result("\"a\""));

        IntStream.range(0, 15).forEach(_ -> lab.call("eth_getTransactionReceipt", "[\"0x1\"]"));

        assertThat(lab.told.lines).containsExactly("spared a for transactions");
        assertThat(lab.asked.stream().filter("a"::equals)).hasSize(10);
        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"a\"");
        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aNodeThatIsSparedAServiceIsStillAskedWhenNobodyElseIsLeft() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.INTERNAL, -32000, "indexing is in progress"));
        IntStream.range(0, 10).forEach(_ -> lab.call("eth_getLogs", "[{}]"));
        lab.says("a", "\"a\"").script("b", Lab.REFUSES);

        assertThat(lab.call("eth_getLogs", "[{}]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aSlowCallIsGivenItsTimeAndPutToOneFurtherNodeAtTheMost() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) lab.script(node, Lab.HANGS);

        Asked asked = lab.call(Request.of("eth_call", "[{},\"latest\"]"), Duration.ofSeconds(90));
        lab.pass(Duration.ofSeconds(91));

        assertThat(lab.timeouts).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(asked.text()).isEqualTo("NODES_FAILED");
        assertThat(lab.told.lines).isEmpty();
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
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);

        Asked asked = lab.call(method, "[{},\"0x1\",\"0x1\"]");
        lab.pass(Duration.ofMillis(5500));
        lab.pending.getFirst().end(lab.result("\"late\""));

        assertThat(asked.text()).isEqualTo("\"late\"");
        assertThat(lab.asked).containsExactly("a");
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void healthIsAskedToLookAtANodeThatKeepsASlowCallWaiting() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);

        lab.call("eth_call", "[{},\"latest\"]");
        lab.pass(Duration.ofMillis(1600));

        assertThat(lab.suspected).containsExactly("a");
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatHealthFindsDead() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);
        Asked asked = lab.call("eth_call", "[{},\"latest\"]");
        lab.pass(Duration.ofMillis(100));

        lab.publish(new Fleets().node("a", unreachable()).node("b", ready(100)).ordered());
        lab.pass(Duration.ofMillis(600));

        assertThat(asked.text()).isEqualTo("\"b\"");
        assertThat(lab.told.attempts.getFirst().reason()).isEqualTo("given-up");
    }

    @Test
    void aSlowCallDoesNotWaitForANodeThatFailsAQuickOneMeanwhile() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);
        Asked slow = lab.call("eth_call", "[{},\"latest\"]");
        lab.call("eth_gasPrice", "[]");

        lab.pass(Duration.ofMillis(4600));

        assertThat(slow.text()).isEqualTo("\"b\"");
        assertThat(lab.told.lines).containsExactly("ejected a for 1000 ms");
    }

    @Test
    void whatMustNotBeDoneTwiceIsGivenTheLongTime() {
        var lab = new Lab(Fleets.of("a").ordered()).script("a", Lab.HANGS);

        lab.call(Request.of("eth_sendTransaction", "[{}]"), Duration.ofSeconds(60));

        assertThat(lab.timeouts).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void aCallThatEveryNodeFailsEjectsNobody() {
        var lab = new Lab(Fleets.of("a", "b").ordered())
                .script("a", _ -> Lab.declined(ErrorMeaning.INTERNAL, -32603, "internal error"))
                .script("b", _ -> Lab.declined(ErrorMeaning.INTERNAL, -32603, "internal error"));

        Asked asked = lab.call(CALL, LATEST);
        IntStream.range(0, 30).forEach(_ -> lab.call(CALL, LATEST));

        assertThat(asked.text()).isEqualTo("-32603 internal error");
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void anAbandonedCallStopsItsAttempt() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);
        Asked asked = lab.call(CALL, LATEST);
        var attempt = lab.pending.getFirst();

        asked.call.abandon();
        lab.pass(Duration.ofSeconds(5));

        assertThat(attempt.cancelled).isTrue();
        assertThat(asked.answers).isEmpty();
        assertThat(lab.asked).containsExactly("a");
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(lab.told.attempts)
                .singleElement()
                .satisfies(end -> assertThat(end.reason()).isEqualTo("abandoned"));
    }

    @Test
    void anAbandonedSubmissionIsLetFinish() {
        var lab = new Lab(Fleets.of("a").ordered()).script("a", Lab.HANGS);
        Asked asked = lab.call("eth_sendTransaction", "[{}]");
        var attempt = lab.pending.getFirst();

        asked.call.abandon();
        attempt.end(lab.result("\"0x1\""));

        assertThat(attempt.cancelled).isFalse();
        assertThat(asked.answers).isEmpty();
        assertThat(lab.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void anAbandonedCallInBackOffAsksNobodyAnyMore() {
        var lab = new Lab(Fleets.of("a").ordered()).script("a", Lab.REFUSES);
        Asked asked = lab.call(CALL, LATEST);

        asked.call.abandon();
        lab.pass(Duration.ofSeconds(1));

        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void aStrangeNumberOfNodesIsWalkedThrough() {
        var count = new AtomicInteger();
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) {
            lab.script(
                    node,
                    _ -> count.incrementAndGet() < 3
                            ? new Outcome.NotSent("connection refused")
                            : lab.result("\"third\""));
        }

        assertThat(lab.call(CALL, LATEST).text()).isEqualTo("\"third\"");
    }
}
