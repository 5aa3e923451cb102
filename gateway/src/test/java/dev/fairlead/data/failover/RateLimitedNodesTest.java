package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.FailoverCalls.CALL;
import static dev.fairlead.data.failover.FailoverCalls.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Nodes that ask to be left alone are, and calls wait for them where that helps.
class RateLimitedNodesTest {
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
}
