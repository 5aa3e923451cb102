package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A node is never asked more than its provider's plan allows.
class SpentNodesTest {
    private static final CallRate TEN = new CallRate(10, Duration.ofSeconds(1));
    private static final String SIGNED =
            "[\"0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83\"]";

    @Test
    void aNodeWhoseDayIsSpentIsPassedOverUntilMidnightUtc() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered().plan("a", null, 2));
        nodes.midnight = Fleets.THEN.plus(Duration.ofHours(24).minusSeconds(10));

        for (int i = 0; i < 4; i++) assertThat(nodes.call(CALL, LATEST).text()).isNotEmpty();
        nodes.pass(Duration.ofSeconds(10));
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a", "a", "b", "b", "a");
    }

    @Test
    void whenTheDayOfEveryNodeIsSpentTheClientIsToldWhenToComeAgainAndNobodyIsAsked() {
        var nodes = new ScriptedNodes(
                Fleets.of("a", "b").ordered().plan("a", null, 1).plan("b", null, 1));
        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("OVERLOADED");
        Refused refused = (Refused) asked.answer();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofHours(24).minusSeconds(1));
        assertThat(refused.detail()).contains("plan").contains("try again in 86399 s");
        assertThat(nodes.asked).containsExactly("a", "b");
        assertThat(nodes.events.lines)
                .anyMatch(line -> line.startsWith("plans spent"))
                .noneMatch(line -> line.startsWith("panic"));
    }

    @Test
    void theLeaderStepsInForRentedNodesWhoseDayIsSpent() {
        var nodes = new ScriptedNodes(new Fleets()
                .rented("infura", Fleets.ready(100))
                .leader("leader", Fleets.ready(100))
                .plan("infura", null, 1));

        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("infura", "leader");
    }

    @Test
    void leadersAndRentedNodesShareTheirDay() {
        var nodes = new ScriptedNodes(new Fleets()
                .rented("infura", Fleets.ready(100))
                .leader("leader", Fleets.ready(100))
                .rentedDaily(3)
                .plan("infura", null, 2));

        for (int i = 0; i < 3; i++) nodes.call(CALL, LATEST);
        ClientCall fourth = nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("infura", "infura", "leader");
        assertThat(fourth.text()).isEqualTo("OVERLOADED");
        assertThat(nodes.events.lines).contains("spending main/null 100 % of 3");
    }

    @Test
    void aNodeThatIsOverItsRateIsPassedOverLikeAFullOne() {
        var nodes = new ScriptedNodes(new Fleets()
                .rented("infura", Fleets.ready(100))
                .rented("other", Fleets.ready(100))
                .ordered()
                .plan("infura", TEN, 0));

        for (int i = 0; i < 12; i++) nodes.call(CALL, LATEST);

        assertThat(nodes.asked.stream().filter("infura"::equals)).hasSize(10);
        assertThat(nodes.asked.stream().filter("other"::equals)).hasSize(2);
    }

    @Test
    void callsWaitALittleForRoomInTheRateAndDoNotGoToTheLeaderForIt() {
        var nodes = new ScriptedNodes(new Fleets()
                .rented("infura", Fleets.ready(100))
                .leader("leader", Fleets.ready(100))
                .plan("infura", TEN, 0));
        var calls = new ArrayList<ClientCall>();

        for (int i = 0; i < 15; i++) calls.add(nodes.call(CALL, LATEST));
        assertThat(nodes.asked).hasSize(10);
        nodes.pass(Duration.ofMillis(1_400));

        assertThat(nodes.asked).hasSize(15).containsOnly("infura");
        assertThat(calls).allMatch(call -> call.text().equals("\"infura\""));
        assertThat(nodes.traffic.chain(Fleets.CHAIN).resting()).isZero();
    }

    @Test
    void callsThatFindNoRoomInTimeAreToldToComeAgain() {
        var rate = new CallRate(1, Duration.ofSeconds(30));
        var nodes = new ScriptedNodes(Fleets.of("a").plan("a", rate, 0));
        nodes.call(CALL, LATEST);

        ClientCall second = nodes.call(CALL, LATEST);

        assertThat(second.text()).isEqualTo("OVERLOADED");
        assertThat(((Refused) second.answer()).retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void aRushOfCallsNeverGetsMoreThanTheRateWhateverTheNodesAnswer() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").plan("a", TEN, 0).plan("b", TEN, 0));
        nodes.script("b", ScriptedNodes.RESETS);

        for (int second = 0; second < 5; second++) {
            int before = nodes.asked.size();
            for (int i = 0; i < 100; i++) nodes.call(CALL, LATEST);
            nodes.pass(Duration.ofSeconds(1));
            assertThat(nodes.asked.subList(before, nodes.asked.size()).stream().filter("a"::equals))
                    .hasSizeLessThanOrEqualTo(20);
        }

        assertThat(nodes.asked.stream().filter("a"::equals)).hasSizeLessThanOrEqualTo(60);
        assertThat(nodes.asked.stream().filter("b"::equals)).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void aCallThatWaitedForAPlaceIsNotLetInBeyondThePlan() {
        var nodes = new ScriptedNodes(Fleets.of("b").small("a", 1).ordered().plan("a", null, 1));
        nodes.publish(new Fleets().small("a", 1).plan("a", null, 1));
        nodes.script("a", ScriptedNodes.HANGS);
        ClientCall first = nodes.call(CALL, LATEST);
        ClientCall second = nodes.call(CALL, LATEST);

        nodes.pending.getFirst().end(nodes.result("\"a\""));
        nodes.pass(Duration.ofSeconds(3));

        assertThat(first.text()).isEqualTo("\"a\"");
        assertThat(second.text()).isEqualTo("OVERLOADED");
        assertThat(nodes.asked).containsExactly("a");
        assertThat(nodes.traffic.node(Fleets.id("a")).inFlight()).isZero();
    }

    @Test
    void whatOtherNodesObjectIsToldRatherThanThePlan() {
        var nodes = new ScriptedNodes(new Fleets()
                .node("own", Fleets.ready(100))
                .rented("infura", Fleets.ready(100))
                .plan("infura", new SpendingPlan(new CallRate(1, Duration.ofMinutes(1)), 0, Credits.ONE_EACH)));
        nodes.script("own", _ -> ScriptedNodes.declined(ErrorMeaning.PRUNED, -32000, "missing trie node"));
        nodes.call(CALL, LATEST);

        ClientCall second = nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(20));

        assertThat(second.text()).contains("missing trie node");
        assertThat(nodes.asked.stream().filter("infura"::equals)).hasSize(1);
    }

    @Test
    void copiesOfATransactionCountToo() {
        var nodes = new ScriptedNodes(
                Fleets.of("a", "b").ordered().plan("a", null, 2).plan("b", null, 1));

        for (int i = 0; i < 4; i++) nodes.call("eth_sendRawTransaction", SIGNED);

        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(2);
        assertThat(nodes.asked.stream().filter("b"::equals)).hasSize(1);
    }

    @Test
    void lookUpsOfATransactionCountToo() {
        var nodes = new ScriptedNodes(
                Fleets.of("a", "b").ordered().plan("a", null, 3).plan("b", null, 3));
        nodes.script("a", ScriptedNodes.RESETS).script("b", ScriptedNodes.RESETS);

        nodes.call("eth_sendRawTransaction", SIGNED);
        nodes.pass(Duration.ofSeconds(30));

        assertThat(nodes.asked.stream().filter("a"::equals)).hasSizeLessThanOrEqualTo(3);
        assertThat(nodes.asked.stream().filter("b"::equals)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void anAttemptThatWasNotAllowedAfterAllIsGivenBack() {
        var nodes = new ScriptedNodes(
                Fleets.of("a", "b", "c", "d", "e", "f", "g").ordered().plan("g", null, 1));
        nodes.config = new DispatchConfig(
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                2,
                0,
                0,
                10,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                null);
        for (String node : List.of("a", "b", "c", "d", "e", "f")) nodes.script(node, ScriptedNodes.RESETS);
        nodes.call(CALL, LATEST);
        nodes.pass(Duration.ofSeconds(25));

        long asked = nodes.asked.stream().filter("g"::equals).count();

        assertThat(nodes.spending.today(Fleets.id("g"))).isEqualTo(asked);
    }

    @Test
    void aNodeThatHealthCallsSpentIsNotAskedEvenInPanic() {
        var spent = new Verdict.Spent("has had all that its plan allows today");
        var nodes = new ScriptedNodes(new Fleets().rented("infura", spent).plan("infura", null, 1));

        ClientCall asked = nodes.call(CALL, LATEST);

        assertThat(asked.text()).isEqualTo("OVERLOADED");
        assertThat(((Refused) asked.answer()).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(nodes.asked).isEmpty();
    }

    @Test
    void aDearMethodMayBeOverThePlanWhileACheapOneIsNot() {
        var plan = new SpendingPlan(null, 100, new Credits(Map.of("eth_getLogs", 75L)));
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered().plan("a", plan));

        for (int i = 0; i < 2; i++) nodes.call("eth_getLogs", "[{}]");
        nodes.call(CALL, LATEST);

        assertThat(nodes.asked).containsExactly("a", "b", "a");
    }

    @Test
    void requestsThatCouldNotBeSentCountAllTheSame() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered().plan("a", null, 2));
        nodes.script("a", _ -> new Outcome.NotSent("connection refused"));

        for (int i = 0; i < 5; i++) {
            nodes.call(CALL, LATEST);
            nodes.pass(Duration.ofSeconds(10));
        }

        assertThat(nodes.asked.stream().filter("a"::equals)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theModeTellsWhoServesNow() {
        var nodes = new ScriptedNodes(new Fleets()
                .node(Fleets.with("rented", Node.Role.RENTED, 100, 256), Fleets.ready(100))
                .leader("leader", Fleets.ready(100))
                .plan("rented", null, 1));

        nodes.call(CALL, LATEST);
        nodes.call(CALL, LATEST);

        assertThat(nodes.events.lines).contains("last resort true");
    }
}
