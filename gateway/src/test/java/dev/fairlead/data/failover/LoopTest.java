package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Explanation.Choice;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.failover.Lab.Asked;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A node whose URL leads back to the gateway, before and after health has found out.
class LoopTest {
    private static final String TO = "[{\"to\":\"0x1\"},\"latest\"]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eth_gasPrice           | []
            eth_call               | [{"to":"0x1"},"latest"]
            eth_blockNumber        | []
            eth_sendTransaction    | [{"to":"0x1"}]
            eth_sendRawTransaction | ["0x01"]
            somebody_knows         | []
            """)
    void itsRefusalIsNeverAnObjection(String method, String params) {
        var lab = new Lab(Fleets.of("mirror")).script("mirror", _ -> loop());

        Refused refused = (Refused) lab.call(method, params).answer();

        assertThat(refused.why()).isEqualTo(Refusal.LOOP);
        assertThat(refused.detail()).contains("leads back to");
        assertThat(lab.asked).containsExactly("mirror");
    }

    @Test
    void itIsNotAskedAgainAndHealthIsToLookAtIt() {
        var lab = new Lab(Fleets.of("mirror")).script("mirror", _ -> loop());

        lab.call("eth_gasPrice", "[]");
        Asked second = lab.call("eth_gasPrice", "[]");

        assertThat(second.text()).isEqualTo("LOOP");
        assertThat(lab.asked).hasSize(1);
        assertThat(lab.suspected).containsExactly("mirror");
    }

    @Test
    void itIsAskedAgainAfterAWhile() {
        var lab = new Lab(Fleets.of("mirror")).script("mirror", _ -> loop());
        lab.call("eth_gasPrice", "[]");

        lab.says("mirror", "\"0x1\"").pass(Duration.ofSeconds(11));

        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"0x1\"");
    }

    @Test
    void theNextNodeAnswersInItsPlace() {
        var lab = new Lab(Fleets.of("mirror", "good").ordered())
                .script("mirror", _ -> loop())
                .says("good", Lab.hashFrom("good"));

        for (String method : "eth_call eth_sendTransaction eth_call".split(" "))
            assertThat(lab.call(method, TO).text()).isEqualTo(Lab.hashFrom("good"));

        assertThat(lab.asked).containsExactly("mirror", "good", "good", "good");
    }

    @Test
    void besideANodeThatMayComeBackItIsAnOutage() {
        var lab = new Lab(Fleets.of("mirror", "dead").ordered())
                .script("mirror", _ -> loop())
                .script("dead", Lab.REFUSES);

        Asked asked = lab.call("eth_call", TO);
        lab.pass(Duration.ofSeconds(21));
        Asked later = lab.call("eth_call", TO);
        lab.pass(Duration.ofSeconds(21));

        for (Asked each : new Asked[] {asked, later}) {
            Refused refused = (Refused) each.answer();
            assertThat(refused.why()).isEqualTo(Refusal.NO_NODE);
            assertThat(refused.retryAfter()).isPositive();
        }
    }

    @Test
    void besideANodeThatIsCordonedItIsAnOutageToo() {
        Node resting =
                Node.of(Fleets.id("resting"), Endpoint.of("http://resting")).in(Node.Mode.CORDONED);
        var lab = new Lab(Fleets.of("mirror").node(resting, ready(100))).script("mirror", _ -> loop());

        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("NO_NODE");
        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("NO_NODE");
    }

    @Test
    void whatCameFromAnotherGatewayMayLeadBackToThatOne() {
        var lab = new Lab(Fleets.of("mirror")).script("mirror", _ -> loop());
        lab.past = "0123456789abcdef";

        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("LOOP");

        lab.past = null;
        lab.says("mirror", "\"0x1\"");
        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"0x1\"");
        assertThat(lab.suspected).isEmpty();
    }

    @Test
    void theMarksOfOtherGatewaysGoToTheNodes() {
        var lab = new Lab(Fleets.of("a"));
        lab.past = "0123456789abcdef";

        lab.call("eth_gasPrice", "[]");

        assertThat(lab.through).containsExactly("0123456789abcdef");
    }

    @Test
    void onceHealthHasSeenItNobodyAsksItAndTheWordsAreItsOwn() {
        Fleets alone = new Fleets().node("mirror", Verdict.WrongChain.ITSELF);
        var lab = new Lab(alone);

        Refused refused = (Refused) lab.call("eth_gasPrice", "[]").answer();

        assertThat(refused.why()).isEqualTo(Refusal.LOOP);
        assertThat(lab.asked).isEmpty();
        assertThat(new RouteExplainer(lab.traffic)
                        .explain(alone.chain(), "eth_gasPrice", Slice.NONE)
                        .nodes())
                .extracting(Choice::reason)
                .containsExactly("is this gateway itself, or leads back to it");
    }

    @Test
    void itIsNoSecondNodeThatFiltersCouldBeAskedOf() {
        Fleets fleets = new Fleets().node("a", ready(100)).node("mirror", Verdict.WrongChain.ITSELF);
        var lab = new Lab(fleets).says("a", "\"0x1\"");

        assertThat(lab.call("eth_newFilter", "[{}]").text()).isEqualTo("\"0x1\"");
    }

    private static Outcome loop() {
        RpcError error = Lab.wellFormed(-32017, "This gateway has asked itself");
        return new Outcome.Declined(ErrorMeaning.LOOP, 508, error, Proof.NOT_OFFERED, Duration.ZERO, error.brief());
    }
}
