package dev.fairlead.data.submission;

import static dev.fairlead.data.submission.Submissions.QUOTED;
import static dev.fairlead.data.submission.Submissions.RAW;
import static dev.fairlead.data.submission.Submissions.SEND;
import static dev.fairlead.data.submission.Submissions.later;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client never gets an error for a transaction that was accepted.
class SubmissionTest {
    @Test
    void alreadyKnownAfterALostAnswerIsSuccessWithTheRightHash() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.RESETS);
        nodes.script("b", _ -> nodes.error(-32000, "already known"));

        assertThat(nodes.call(SEND, RAW).text()).isEqualTo(QUOTED);
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
    void aChainThatWasRemovedMeanwhileIsNoReasonToSayThatNothingWasSent() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).script("a", _ -> later(429));

        ClientCall asked = nodes.call(SEND, RAW);
        nodes.board.publish(Fleet.EMPTY);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
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
