package dev.fairlead.data.guard;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What any answer shows of the chain is there for the calls after it. Node `a` has block 0x66, health saw 0x64 so far,
/// and blocks take 12 seconds.
class ShownBlockTest {
    private static final String BALANCE = "eth_getBalance";
    private static final String AT_LATEST = "[\"0x0\",\"latest\"]";

    private final ScriptedNodes nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getTransactionReceipt | ["0x1111111111111111111111111111111111111111111111111111111111111111"] | {"blockNumber":"0x66"}
            eth_getTransactionByHash  | ["0x1111111111111111111111111111111111111111111111111111111111111111"] | {"blockNumber":"0x66"}
            eth_getBlockByNumber      | ["0x66",false]       | {"number":"0x66"}
            eth_getBlockByHash        | ["0x11",false]       | {"number":"0x66"}
            eth_getBlockReceipts      | ["0x66"]             | [{"blockNumber":"0x66"}]
            eth_getLogs               | [{"fromBlock":"0x1"}]| [{"blockNumber":"0x65"},{"blockNumber":"0x66"}]
            eth_feeHistory            | ["0x2","latest",[]]  | {"oldestBlock":"0x65","gasUsedRatio":[0.1,0.2]}
            trace_block               | ["0x66"]             | [{"blockNumber":102}]
            eth_getTransactionByBlockNumberAndIndex | ["0x66","0x0"] | {"blockNumber":"0x66"}
            """)
    void anAnswerThatShowsABlockLiftsTheFloor(String method, String params, String result) {
        nodes.says("a", result);
        nodes.call(method, params);
        nodes.says("a", "\"0x65\"").says("b", "\"0x64\"");

        assertThat(nodes.call("eth_blockNumber", "[]").text()).isEqualTo("\"0x66\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getTransactionReceipt | ["0x1111111111111111111111111111111111111111111111111111111111111111"] | {"blockNumber":"0xffff"}
            eth_getBlockByNumber      | ["pending",false]    | {"number":"0x66"}
            eth_call                  | [{},"latest"]        | {"blockNumber":"0x66"}
            eth_simulateV1            | [{},"latest"]        | [{"number":"0x66"}]
            """)
    void whatIsMadeUpOrNotOnTheChainDoesNot(String method, String params, String result) {
        nodes.says("a", result);
        nodes.call(method, params);

        assertThat(nodes.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(-1);
    }

    @Test
    void theStateThatFollowsComesFromANodeThatHasTheBlock() {
        showsBlock();
        nodes.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        nodes.says("a", "\"0x2\"").says("b", "\"0x1\"");

        assertThat(nodes.call(BALANCE, AT_LATEST).text()).isEqualTo("\"0x2\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getBalance       | ["0x0","latest"]
            eth_getBalance       | ["0x0"]
            eth_call             | [{},"pending"]
            eth_getLogs          | [{"fromBlock":"0x1"}]
            eth_getLogs          | [{"fromBlock":"0x1","toBlock":"latest"}]
            eth_getBlockReceipts | ["latest"]
            """)
    void aNodeThatMayBeBehindIsAskedForItsHeadFirst(String method, String params) {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES);
        nodes.script("b", request -> nodes.result(request.method().equals("eth_blockNumber") ? "\"0x66\"" : "\"it\""));

        assertThat(nodes.call(method, params).text()).isEqualTo("\"it\"");
        assertThat(nodes.requests.getLast().method()).isEqualTo(method);
        assertThat(nodes.requests.get(nodes.requests.size() - 2).method()).isEqualTo("eth_blockNumber");
    }

    @Test
    void aNodeThatIsBehindIsWaitedFor() {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES);
        boolean[] arrived = {false};
        nodes.script("b", request -> {
            if (request.method().equals("eth_blockNumber")) return nodes.result(arrived[0] ? "\"0x66\"" : "\"0x64\"");
            return nodes.result(arrived[0] ? "\"new\"" : "\"old\"");
        });

        ClientCall asked = nodes.call(BALANCE, AT_LATEST);
        nodes.pass(Duration.ofSeconds(8));
        List<Object> early = List.copyOf(asked.answers);
        arrived[0] = true;
        nodes.pass(Duration.ofSeconds(2));

        assertThat(early).isEmpty();
        assertThat(asked.text()).isEqualTo("\"new\"");
        assertThat(nodes.asked.size()).isLessThan(40);
    }

    @Test
    void afterABlockTimeTheStateIsTakenFromWhoIsThere() {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES);
        nodes.script("b", request -> nodes.result(request.method().equals("eth_blockNumber") ? "\"0x64\"" : "\"old\""));

        ClientCall asked = nodes.call(BALANCE, AT_LATEST);
        nodes.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("\"old\"");
    }

    @Test
    void aNodeThatDoesNotTellItsHeadIsTakenAsItIs() {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES);
        nodes.script(
                "b",
                request -> request.method().equals("eth_blockNumber")
                        ? ScriptedNodes.declined(ErrorMeaning.UNSUPPORTED, -32601, "no such method")
                        : nodes.result("\"it\""));

        assertThat(nodes.call(BALANCE, AT_LATEST).text()).isEqualTo("\"it\"");
    }

    @Test
    void theDeadlineOfTheCallEndsTheWait() {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES);
        nodes.script("b", request -> nodes.result(request.method().equals("eth_blockNumber") ? "\"0x64\"" : "\"old\""));

        ClientCall asked = nodes.call(Request.of(BALANCE, AT_LATEST), Duration.ofSeconds(3));
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("\"old\"");
    }

    @Test
    void whenNobodyAnswersTheWaitEndsToo() {
        showsBlock();
        nodes.script("a", ScriptedNodes.REFUSES).script("b", _ -> new Outcome.NotSent("connection refused"));

        ClientCall asked = nodes.call(BALANCE, AT_LATEST);
        nodes.pass(Duration.ofSeconds(21));

        assertThat(asked.answers).hasSize(1);
    }

    @Test
    void whileAllNodesHaveReachedTheFloorNothingElseIsAsked() {
        nodes.says("a", "{\"blockNumber\":\"0x64\"}");
        nodes.call("eth_getBlockReceipts", "[\"0x64\"]");
        nodes.asked.clear();

        for (int i = 0; i < 10; i++) nodes.call(BALANCE, AT_LATEST);

        assertThat(nodes.asked).hasSize(10);
    }

    private void showsBlock() {
        nodes.says("a", "{\"blockNumber\":\"0x66\"}");
        nodes.call("eth_getBlockReceipts", "[\"0x66\"]");
    }
}
