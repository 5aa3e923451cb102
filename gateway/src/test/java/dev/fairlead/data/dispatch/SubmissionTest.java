package dev.fairlead.data.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.dispatch.Lab.Asked;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client never gets an error for a transaction that was accepted.
class SubmissionTest {
    private static final String SEND = "eth_sendRawTransaction";
    private static final String RAW = "[\"0x02f8650180843b9aca00847735940082520894000000000000000000000000000000000000"
            + "0001018080c080a0000000000000000000000000000000000000000000000000000000000000000101\"]";
    private static final String HASH = Objects.requireNonNull(TxHash.ofSubmission(Slice.of(RAW)));
    private static final String QUOTED = '"' + HASH + '"';

    @Test
    void alreadyKnownAfterALostAnswerIsSuccessWithTheRightHash() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);
        lab.script("b", _ -> lab.error(-32000, "already known"));

        assertThat(lab.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @Test
    void anAcceptedTransactionIsToldToTwoFurtherOwnNodes() {
        var lab = new Lab(Fleets.of("a", "b", "c", "d").ordered());

        lab.call(SEND, RAW);

        assertThat(lab.asked).containsExactly("a", "b", "c");
        assertThat(lab.bodies.subList(1, 3)).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void aRejectedTransactionIsToldToNobodyElse() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        lab.script("a", _ -> lab.error(-32000, "insufficient funds for gas * price + value"));

        lab.call(SEND, RAW);

        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void aPrivateTransactionIsToldToNobodyElse() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());

        lab.call("eth_sendPrivateRawTransaction", RAW);

        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void alreadyKnownAtOnceIsSuccessToo() {
        var lab = new Lab(Fleets.of("a").ordered());
        lab.script("a", _ -> lab.error(-32003, "transaction already imported"));

        assertThat(lab.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(lab.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void alreadyKnownIsSuccessWhenItComesAsADeclineToo() {
        var lab = new Lab(Fleets.of("a").ordered())
                .script("a", _ -> Lab.declined(Complaint.INTERNAL, -32000, "already known"));

        assertThat(lab.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @Test
    void nonceTooLowAtOnceBelongsToTheCaller() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", _ -> lab.error(-32000, "nonce too low"));

        Asked asked = lab.call(SEND, RAW);

        assertThat(asked.answer()).isInstanceOf(Answer.Served.class);
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void nonceTooLowAfterALostAnswerIsSuccessWhenTheTransactionIsFound() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);
        lab.script(
                "b",
                request -> request.method().equals(SEND)
                        ? lab.error(-32000, "nonce too low")
                        : lab.result("{\"hash\":1}"));

        assertThat(lab.call(SEND, RAW).text()).isEqualTo(QUOTED);
        assertThat(lab.requests.getLast()).isEqualTo(Request.of("eth_getTransactionByHash", "[" + QUOTED + "]"));
        assertThat(lab.bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void nonceTooLowAfterALostAnswerGoesBackWhenTheTransactionIsNowhere() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);
        lab.script(
                "b",
                request -> request.method().equals(SEND) ? lab.error(-32000, "nonce too low") : lab.result("null"));

        Asked asked = lab.call(SEND, RAW);
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked.answer()).isInstanceOf(Answer.Served.class);
        assertThat(((Answer.Served) asked.answer()).reply().error()).isNotNull();
    }

    @Test
    void whenNobodyAnsweredItIsLookedUp() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> silent = request ->
                request.method().equals(SEND) ? new Outcome.Unanswered("connection reset") : lab.result("{\"hash\":1}");
        lab.script("a", silent).script("b", silent);

        assertThat(lab.call(SEND, RAW).text()).isEqualTo(QUOTED);
    }

    @Test
    void whenItCannotBeFoundTheClientIsToldHowToFindOut() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        Function<Request, @Nullable Outcome> silent = request ->
                request.method().equals(SEND) ? new Outcome.Unanswered("connection reset") : lab.result("null");
        lab.script("a", silent).script("b", silent);

        Asked asked = lab.call(SEND, RAW);
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("UNCERTAIN");
            assertThat(refused.data().text()).isEqualTo("{\"transactionHash\":" + QUOTED + "}");
            assertThat(refused.detail()).contains("eth_getTransactionByHash").contains("may or may not");
        });
    }

    @Test
    void whatANodeTimedOutOnIsNotSentToAnother() {
        var lab = new Lab(Fleets.of("a", "b").ordered());
        lab.script("a", _ -> Lab.declined(Complaint.OVERLOADED, -32002, "request timed out"));
        lab.script("b", _ -> lab.result("\"0x1\""));

        Asked asked = lab.call("eth_sendTransaction", "[{}]");

        assertThat(asked.text()).isEqualTo("UNCERTAIN");
    }

    @Test
    void aBadGatewayInFrontOfANodeIsNoProofThatTheNodeDidNotAct() {
        var lab = new Lab(Fleets.of("a").ordered());
        lab.script(
                "a",
                request -> request.method().equals(SEND)
                        ? new Outcome.Declined(Complaint.INTERNAL, 502, null, true, Duration.ZERO, "502")
                        : lab.result("null"));

        Asked raw = lab.call(SEND, RAW);
        Asked other = lab.call("eth_sendTransaction", "[{}]");
        lab.script("a", _ -> new Outcome.Declined(Complaint.INTERNAL, 502, null, true, Duration.ZERO, "502"));
        Asked once = lab.call("eth_sendTransaction", "[{}]");
        lab.pass(Duration.ofSeconds(3));

        assertThat(raw.text()).isEqualTo("UNCERTAIN");
        assertThat(other.text()).isEqualTo("null");
        assertThat(once.text()).isEqualTo("UNCERTAIN");
    }

    @Test
    void aTransactionThatANodeSignsIsNeverSentTwice() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.RESETS);

        assertThat(lab.call("eth_sendTransaction", "[{}]").text()).isEqualTo("UNCERTAIN");
        assertThat(lab.asked).containsExactly("a");
    }

    enum Fate {
        ACCEPTS,
        ACCEPTS_BUT_RESETS,
        ACCEPTS_BUT_HANGS,
        LOSES_IT,
        REFUSES,
        OVERLOADED,
        BAD_GATEWAY
    }

    /// One network: what one node accepted all others know, as soon as they are asked again.
    @Property(tries = 400)
    void noErrorForAnAcceptedTransactionWhateverTheNodesDo(@ForAll("fates") List<Fate> fates) {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        Set<String> accepted = new HashSet<>();
        var script = fates.iterator();
        for (String node : "a b c".split(" ")) {
            lab.script(node, request -> {
                if (!request.method().equals(SEND)) return lab.result(accepted.isEmpty() ? "null" : "{}");
                if (!accepted.isEmpty() && node.equals("c")) return lab.error(-32000, "nonce too low");
                if (!accepted.isEmpty()) return lab.error(-32000, "already known");
                return play(lab, script.hasNext() ? script.next() : Fate.REFUSES, accepted, node);
            });
        }

        Asked asked = lab.call(SEND, RAW);
        lab.pass(Duration.ofSeconds(25));

        boolean success = asked.text().equals(QUOTED);
        if (!accepted.isEmpty()) assertThat(success).as(asked.text()).isTrue();
        if (success) assertThat(accepted).isNotEmpty();
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    private static @Nullable Outcome play(Lab lab, Fate fate, Set<String> accepted, String node) {
        return switch (fate) {
            case ACCEPTS -> {
                accepted.add(node);
                yield lab.result(QUOTED);
            }
            case ACCEPTS_BUT_RESETS -> {
                accepted.add(node);
                yield new Outcome.Unanswered("connection reset");
            }
            case ACCEPTS_BUT_HANGS -> {
                accepted.add(node);
                yield null;
            }
            case LOSES_IT -> new Outcome.Unanswered("connection reset");
            case REFUSES -> new Outcome.NotSent("connection refused");
            case OVERLOADED -> new Outcome.Declined(Complaint.OVERLOADED, 503, null, false, Duration.ZERO, "503");
            case BAD_GATEWAY -> new Outcome.Declined(Complaint.INTERNAL, 502, null, true, Duration.ZERO, "502");
        };
    }

    @Provide
    Arbitrary<List<Fate>> fates() {
        return Arbitraries.of(Fate.class).list().ofMaxSize(6);
    }
}
