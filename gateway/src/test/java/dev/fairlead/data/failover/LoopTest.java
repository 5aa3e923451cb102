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
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
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
        var nodes = new ScriptedNodes(Fleets.of("mirror")).script("mirror", _ -> loop());

        Refused refused = (Refused) nodes.call(method, params).answer();

        assertThat(refused.why()).isEqualTo(Refusal.LOOP);
        assertThat(refused.detail()).contains("leads back to");
        assertThat(nodes.asked).containsExactly("mirror");
    }

    @Test
    void itIsNotAskedAgainAndHealthIsToLookAtIt() {
        var nodes = new ScriptedNodes(Fleets.of("mirror")).script("mirror", _ -> loop());

        nodes.call("eth_gasPrice", "[]");
        ClientCall second = nodes.call("eth_gasPrice", "[]");

        assertThat(second.text()).isEqualTo("LOOP");
        assertThat(nodes.asked).hasSize(1);
        assertThat(nodes.suspected).containsExactly("mirror");
    }

    @Test
    void itIsAskedAgainAfterAWhile() {
        var nodes = new ScriptedNodes(Fleets.of("mirror")).script("mirror", _ -> loop());
        nodes.call("eth_gasPrice", "[]");

        nodes.says("mirror", "\"0x1\"").pass(Duration.ofSeconds(11));

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"0x1\"");
    }

    @Test
    void theNextNodeAnswersInItsPlace() {
        var nodes = new ScriptedNodes(Fleets.of("mirror", "good").ordered())
                .script("mirror", _ -> loop())
                .says("good", ScriptedNodes.hashFrom("good"));

        for (String method : "eth_call eth_sendTransaction eth_call".split(" "))
            assertThat(nodes.call(method, TO).text()).isEqualTo(ScriptedNodes.hashFrom("good"));

        assertThat(nodes.asked).containsExactly("mirror", "good", "good", "good");
    }

    @Test
    void besideANodeThatMayComeBackItIsAnOutage() {
        var nodes = new ScriptedNodes(Fleets.of("mirror", "dead").ordered())
                .script("mirror", _ -> loop())
                .script("dead", ScriptedNodes.REFUSES);

        ClientCall asked = nodes.call("eth_call", TO);
        nodes.pass(Duration.ofSeconds(21));
        ClientCall later = nodes.call("eth_call", TO);
        nodes.pass(Duration.ofSeconds(21));

        for (ClientCall each : new ClientCall[] {asked, later}) {
            Refused refused = (Refused) each.answer();
            assertThat(refused.why()).isEqualTo(Refusal.NO_NODE);
            assertThat(refused.retryAfter()).isPositive();
        }
    }

    @Test
    void besideANodeThatIsCordonedItIsAnOutageToo() {
        Node resting =
                Node.of(Fleets.id("resting"), Endpoint.of("http://resting")).in(Node.Mode.CORDONED);
        var nodes = new ScriptedNodes(Fleets.of("mirror").node(resting, ready(100))).script("mirror", _ -> loop());

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("NO_NODE");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("NO_NODE");
    }

    @Test
    void whatCameFromAnotherGatewayMayLeadBackToThatOne() {
        var nodes = new ScriptedNodes(Fleets.of("mirror")).script("mirror", _ -> loop());
        nodes.past = "0123456789abcdef";

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("LOOP");

        nodes.past = null;
        nodes.says("mirror", "\"0x1\"");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"0x1\"");
        assertThat(nodes.suspected).isEmpty();
    }

    @Test
    void theMarksOfOtherGatewaysGoToTheNodes() {
        var nodes = new ScriptedNodes(Fleets.of("a"));
        nodes.past = "0123456789abcdef";

        nodes.call("eth_gasPrice", "[]");

        assertThat(nodes.through).containsExactly("0123456789abcdef");
    }

    @Test
    void onceHealthHasSeenItNobodyAsksItAndTheWordsAreItsOwn() {
        Fleets alone = new Fleets().node("mirror", Verdict.WrongChain.ITSELF);
        var nodes = new ScriptedNodes(alone);

        Refused refused = (Refused) nodes.call("eth_gasPrice", "[]").answer();

        assertThat(refused.why()).isEqualTo(Refusal.LOOP);
        assertThat(nodes.asked).isEmpty();
        assertThat(new RouteExplainer(nodes.traffic)
                        .explain(alone.chain(), null, "eth_gasPrice", Slice.NONE)
                        .nodes())
                .extracting(Choice::reason)
                .containsExactly("is this gateway itself, or leads back to it");
    }

    @Test
    void itIsNoSecondNodeThatFiltersCouldBeAskedOf() {
        Fleets fleets = new Fleets().node("a", ready(100)).node("mirror", Verdict.WrongChain.ITSELF);
        var nodes = new ScriptedNodes(fleets).says("a", "\"0x1\"");

        assertThat(nodes.call("eth_newFilter", "[{}]").text()).isEqualTo("\"0x1\"");
    }

    private static Outcome loop() {
        RpcError error = ScriptedNodes.wellFormed(-32017, "This gateway has asked itself");
        return new Outcome.Declined(ErrorMeaning.LOOP, 508, error, Proof.NOT_OFFERED, Duration.ZERO, error.brief());
    }
}
