package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A call is put to the next node when one does not answer it.
class FailoverTest {
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
    void ourOwnLackOfConnectionsIsNotHeldAgainstTheNode() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered())
                .script("a", _ -> new Outcome.NotSent("no free connection to a: 64 calls wait already"));

        assertThat(nodes.call(CALL, LATEST).text()).isEqualTo("\"b\"");
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
