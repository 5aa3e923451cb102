package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Lab.Asked;
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

    private final Lab lab = new Lab(Fleets.of("a", "b").ordered());

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
        lab.says("a", result);
        lab.call(method, params);
        lab.says("a", "\"0x65\"").says("b", "\"0x64\"");

        assertThat(lab.call("eth_blockNumber", "[]").text()).isEqualTo("\"0x66\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getTransactionReceipt | ["0x1111111111111111111111111111111111111111111111111111111111111111"] | {"blockNumber":"0xffff"}
            eth_getBlockByNumber      | ["pending",false]    | {"number":"0x66"}
            eth_call                  | [{},"latest"]        | {"blockNumber":"0x66"}
            eth_simulateV1            | [{},"latest"]        | [{"number":"0x66"}]
            """)
    void whatIsMadeUpOrNotOnTheChainDoesNot(String method, String params, String result) {
        lab.says("a", result);
        lab.call(method, params);

        assertThat(lab.traffic.chain(Fleets.CHAIN).floor().number()).isEqualTo(-1);
    }

    @Test
    void theStateThatFollowsComesFromANodeThatHasTheBlock() {
        showsBlock();
        lab.publish(new Fleets().node("b", ready(100)).node("a", ready(100)).ordered());
        lab.says("a", "\"0x2\"").says("b", "\"0x1\"");

        assertThat(lab.call(BALANCE, AT_LATEST).text()).isEqualTo("\"0x2\"");
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
        lab.script("a", Lab.REFUSES);
        lab.script("b", request -> lab.result(request.method().equals("eth_blockNumber") ? "\"0x66\"" : "\"it\""));

        assertThat(lab.call(method, params).text()).isEqualTo("\"it\"");
        assertThat(lab.requests.getLast().method()).isEqualTo(method);
        assertThat(lab.requests.get(lab.requests.size() - 2).method()).isEqualTo("eth_blockNumber");
    }

    @Test
    void aNodeThatIsBehindIsWaitedFor() {
        showsBlock();
        lab.script("a", Lab.REFUSES);
        boolean[] arrived = {false};
        lab.script("b", request -> {
            if (request.method().equals("eth_blockNumber")) return lab.result(arrived[0] ? "\"0x66\"" : "\"0x64\"");
            return lab.result(arrived[0] ? "\"new\"" : "\"old\"");
        });

        Asked asked = lab.call(BALANCE, AT_LATEST);
        lab.pass(Duration.ofSeconds(8));
        List<Object> early = List.copyOf(asked.answers);
        arrived[0] = true;
        lab.pass(Duration.ofSeconds(2));

        assertThat(early).isEmpty();
        assertThat(asked.text()).isEqualTo("\"new\"");
        assertThat(lab.asked.size()).isLessThan(40);
    }

    @Test
    void afterABlockTimeTheStateIsTakenFromWhoIsThere() {
        showsBlock();
        lab.script("a", Lab.REFUSES);
        lab.script("b", request -> lab.result(request.method().equals("eth_blockNumber") ? "\"0x64\"" : "\"old\""));

        Asked asked = lab.call(BALANCE, AT_LATEST);
        lab.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("\"old\"");
    }

    @Test
    void aNodeThatDoesNotTellItsHeadIsTakenAsItIs() {
        showsBlock();
        lab.script("a", Lab.REFUSES);
        lab.script(
                "b",
                request -> request.method().equals("eth_blockNumber")
                        ? Lab.declined(ErrorMeaning.UNSUPPORTED, -32601, "no such method")
                        : lab.result("\"it\""));

        assertThat(lab.call(BALANCE, AT_LATEST).text()).isEqualTo("\"it\"");
    }

    @Test
    void theDeadlineOfTheCallEndsTheWait() {
        showsBlock();
        lab.script("a", Lab.REFUSES);
        lab.script("b", request -> lab.result(request.method().equals("eth_blockNumber") ? "\"0x64\"" : "\"old\""));

        Asked asked = lab.call(Request.of(BALANCE, AT_LATEST), Duration.ofSeconds(3));
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked.text()).isEqualTo("\"old\"");
    }

    @Test
    void whenNobodyAnswersTheWaitEndsToo() {
        showsBlock();
        lab.script("a", Lab.REFUSES).script("b", _ -> new Outcome.NotSent("connection refused"));

        Asked asked = lab.call(BALANCE, AT_LATEST);
        lab.pass(Duration.ofSeconds(21));

        assertThat(asked.answers).hasSize(1);
    }

    @Test
    void whileAllNodesHaveReachedTheFloorNothingElseIsAsked() {
        lab.says("a", "{\"blockNumber\":\"0x64\"}");
        lab.call("eth_getBlockReceipts", "[\"0x64\"]");
        lab.asked.clear();

        for (int i = 0; i < 10; i++) lab.call(BALANCE, AT_LATEST);

        assertThat(lab.asked).hasSize(10);
    }

    private void showsBlock() {
        lab.says("a", "{\"blockNumber\":\"0x66\"}");
        lab.call("eth_getBlockReceipts", "[\"0x66\"]");
    }
}
