package dev.fairlead.data.guard;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `null` is not the answer while another node may know better. The chain stands at block 100, 0x64.
class NullAnswerTest {
    private static final String RECEIPT = "eth_getTransactionReceipt";
    private static final String TRANSACTION = "eth_getTransactionByHash";
    private static final String OLD = "{\"blockHash\":\"0x" + "cd".repeat(32) + "\",\"blockNumber\":\"0x10\"}";
    private static final String NEW = "{\"blockNumber\":\"0x64\",\"status\":\"0x1\"}";

    private final ScriptedNodes nodes =
            new ScriptedNodes(Fleets.of("a", "b", "c").ordered());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getBlockByNumber                    | ["0x10",false]
            eth_getBlockReceipts                    | ["0x10"]
            eth_getBlockTransactionCountByNumber    | ["0x10"]
            eth_getUncleCountByBlockNumber          | ["0x10"]
            eth_getTransactionByBlockNumberAndIndex | ["0x10","0x0"]
            eth_getHeaderByNumber                   | ["0x10"]
            debug_traceBlockByNumber                | ["0x10"]
            trace_block                             | ["0x10"]
            eth_getBlockReceipts                    | ["0x64"]
            eth_getBlockByNumber                    | ["latest",false]
            eth_getBlockByNumber                    | ["earliest",false]
            eth_getBlockReceipts                    | ["finalized"]
            """)
    void nullForABlockThatExistsIsAskedOfTheNextNode(String method, String params) {
        nodes.says("a", "null").says("b", "{\"it\":\"is there\"}");

        assertThat(nodes.call(method, params).text()).isEqualTo("{\"it\":\"is there\"}");
    }

    @Test
    void nullIsTheAnswerForAHeightWithoutABlock() {
        nodes.says("a", "null").says("b", "null").says("c", "null");

        assertThat(nodes.call("eth_getBlockByNumber", "[\"0x10\",false]").text())
                .isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a", "b", "c");
        assertThat(nodes.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(1);
    }

    @Test
    void aNewHeightWithoutABlockIsNotWaitedForOnceNodesHaveLaterOnes() {
        nodes.says("a", "{\"number\":\"0x64\"}");
        nodes.call("eth_getBlockByNumber", "[\"latest\",false]");
        nodes.says("a", "null").says("b", "null").says("c", "null");
        nodes.asked.clear();

        assertThat(nodes.call("eth_getBlockByNumber", "[\"0x62\",false]").text())
                .isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a", "b", "c");
    }

    @Test
    void aSingleNodeIsAskedTwiceForANewBlockThatItShouldHave() {
        var nodes = new ScriptedNodes(Fleets.of("a").ordered()).says("a", "{\"number\":\"0x64\"}");
        nodes.call("eth_getBlockByNumber", "[\"latest\",false]");
        nodes.says("a", "null");
        nodes.asked.clear();

        ClientCall asked = nodes.call("eth_getBlockByNumber", "[\"0x62\",false]");
        nodes.pass(Duration.ofSeconds(1));

        assertThat(asked.text()).isEqualTo("null");
        assertThat(nodes.asked).hasSize(2);
    }

    @Test
    void whatAReorganisationTookAwayIsNotWaitedForAgain() {
        nodes.says("a", NEW);
        nodes.call(RECEIPT, tx(1));
        nodes.says("a", "null").says("b", "null").says("c", "null");
        nodes.call(RECEIPT, tx(1));
        nodes.pass(Duration.ofMillis(13_500));

        assertThat(nodes.call(RECEIPT, tx(1)).text()).isEqualTo("null");
    }

    @Test
    void nullForABlockThatDoesNotExistYetGoesStraightBack() {
        nodes.says("a", "null");

        assertThat(nodes.call("eth_getBlockByNumber", "[\"0x70\",false]").text())
                .isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void nullForTheBlockThatIsBeingMadeGoesStraightBack() {
        nodes.says("a", "null");

        assertThat(nodes.call("eth_getBlockByNumber", "[\"pending\",false]").text())
                .isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void twoNodesAreBelievedThatABlockHasNoSuchIndex() {
        nodes.says("a", "null").says("b", "null");

        ClientCall asked = nodes.call("eth_getTransactionByBlockNumberAndIndex", "[\"0x10\",\"0x5\"]");

        assertThat(asked.text()).isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a", "b");
    }

    @Test
    void nodesThatAreNotFitToServeAreNotAskedForAnOpinion() {
        var nodes = new ScriptedNodes(new Fleets()
                .node("a", ready(100))
                .node("b", Fleets.unreachable())
                .ordered());
        nodes.says("a", "null");

        assertThat(nodes.call("eth_getBlockReceipts", "[\"0x10\"]").text()).isEqualTo("null");
        assertThat(nodes.asked).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSACTION, RECEIPT, "trace_transaction"})
    void aTransactionThatWasShownIsNotMissingAtTheNextNode(String method) {
        String shown = method.startsWith("trace") ? "[{\"blockNumber\":16}]" : OLD;
        nodes.says("a", shown).says("b", shown).says("c", shown);
        nodes.call(method, tx(1));
        nodes.says("a", "null").says("b", "null");

        assertThat(nodes.call(method, tx(1)).text()).isEqualTo(shown);
    }

    @Test
    void aNewReceiptThatWasShownIsWaitedForWhenItsNodeIsGone() {
        nodes.says("a", NEW);
        nodes.call(RECEIPT, tx(1));
        nodes.publish(new Fleets().node("b", ready(99)).ordered());
        nodes.says("b", "null");

        ClientCall asked = nodes.call(RECEIPT, tx(1));
        nodes.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        nodes.says("b", NEW);
        nodes.pass(Duration.ofSeconds(1));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo(NEW);
    }

    @Test
    void afterAReorganisationAReceiptMayBeGone() {
        nodes.says("a", NEW);
        nodes.call(RECEIPT, tx(1));
        nodes.says("a", "null").says("b", "null").says("c", "null");

        ClientCall asked = nodes.call(RECEIPT, tx(1));
        nodes.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("null");
        assertThat(nodes.asked).contains("b", "c");
    }

    @Test
    void aTransactionThatWasJustSentIsLookedForEverywhereButHasNoReceiptYet() {
        nodes.script(
                "a", request -> request.method().startsWith("eth_send") ? nodes.taken(request) : nodes.result("null"));
        String raw = "0xc0010203";
        nodes.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        String hash = TxHash.ofSubmission(Request.of("", "[\"" + raw + "\"]").params());
        nodes.says("b", "null").says("c", "{\"blockNumber\":null}");
        nodes.asked.clear();

        String receipt = nodes.call(RECEIPT, "[\"" + hash + "\"]").text();
        int asked = nodes.asked.size();
        String transaction = nodes.call(TRANSACTION, "[\"" + hash + "\"]").text();

        assertThat(receipt).isEqualTo("null");
        assertThat(asked).isEqualTo(2);
        assertThat(transaction).isEqualTo("{\"blockNumber\":null}");
    }

    @Test
    void whoKeepsLessIsFoundOutAndAskedLastForWhatIsOld() {
        nodes.says("a", "null").says("b", OLD).says("c", "null");

        for (int i = 0; i < 200; i++)
            assertThat(nodes.call(RECEIPT, tx(i)).text()).isEqualTo(OLD);

        assertThat(Collections.frequency(nodes.asked, "a")).isEqualTo(1);
    }

    @Test
    void aNodeThatIsMerelyLateDoesNotCountAsOneThatKeepsLess() {
        nodes.says("a", "null").says("b", NEW);

        nodes.call(RECEIPT, tx(1));

        assertThat(nodes.traffic.node(Fleets.id("a")).keepsLess(nodes.traffic.now()))
                .isFalse();
    }

    @Test
    void pollingForWhatIsNotThereDoesNotDoubleTheCalls() {
        nodes.says("a", "null").says("b", "null").says("c", "null");

        for (int i = 0; i < 2000; i++) nodes.call(RECEIPT, tx(i));

        assertThat(nodes.asked).hasSizeBetween(2001, 2500);
    }

    @ParameterizedTest
    @ValueSource(strings = {RECEIPT, "trace_transaction", "debug_traceTransaction"})
    void whatCameOfATransactionThatWasSentIsAskedOfAnotherNodeOnceABlockWasMade(String method) {
        String hash = send("0xc0010203");
        spendTheShareOfOpinions();
        nodes.publish(new Fleets()
                .node("a", ready(101))
                .node("b", ready(101))
                .node("c", ready(101))
                .ordered());
        nodes.says("a", "null").says("b", NEW);

        assertThat(nodes.call(method, hash).text()).isEqualTo(NEW);
    }

    @Test
    void whatANodeSignedAndSentIsKnownToExistToo() {
        String hash = tx(7);
        nodes.says("a", hash.substring(1, hash.length() - 1));
        nodes.call("eth_sendTransaction", "[{}]");
        nodes.says("a", "null").says("b", "null").says("c", "{\"blockNumber\":null}");

        assertThat(nodes.call(TRANSACTION, hash).text()).isEqualTo("{\"blockNumber\":null}");
    }

    @Test
    void pollingForTheReceiptOfWhatWasSentAsksTwoNodesAndNoMore() {
        String hash = send("0xc0010203");
        nodes.publish(new Fleets()
                .node("a", ready(101))
                .node("b", ready(101))
                .node("c", ready(101))
                .ordered());
        nodes.says("a", "null").says("b", "null").says("c", "null");
        nodes.asked.clear();

        for (int i = 0; i < 500; i++)
            assertThat(nodes.call(RECEIPT, hash).text()).isEqualTo("null");

        assertThat(nodes.asked).hasSize(1000).doesNotContain("c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            eth_getBlockByNumber                    | ["0x64",true]
            eth_getBlockByNumber                    | ["0x64",false]
            eth_getBlockByNumber                    | ["latest",false]
            eth_getBlockByNumber                    | ["pending",true]
            eth_getBlockByHash                      | ["0x0101010101010101010101010101010101010101010101010101010101010101",true]
            eth_getBlockReceipts                    | ["0x64"]
            eth_getLogs                             | [{"fromBlock":"0x64"}]
            trace_block                             | ["0x64"]
            eth_getTransactionByBlockNumberAndIndex | ["0x64","0x0"]
            """)
    void aTransactionInsideABlockThatWasShownIsNotMissingAtOneNode(String method, String params) {
        spendTheShareOfOpinions();
        nodes.says("a", "{\"number\":\"0x64\",\"blockNumber\":\"0x64\"}");
        nodes.call(method, params);
        nodes.says("a", "null").says("b", NEW);

        for (int i = 0; i < 200; i++)
            assertThat(nodes.call(RECEIPT, tx(-i - 1)).text()).isEqualTo(NEW);
    }

    @Test
    void aNodeThatIsLateIsNoSecondOpinion() {
        var nodes = new ScriptedNodes(new Fleets()
                .node("a", ready(100))
                .node("b", ready(99))
                .node("c", ready(100))
                .ordered());
        nodes.says("a", "{\"number\":\"0x64\"}");
        nodes.call("eth_getBlockByNumber", "[\"latest\",false]");
        nodes.says("a", "null").says("b", "null").says("c", NEW);

        assertThat(nodes.call(RECEIPT, tx(1)).text()).isEqualTo(NEW);
    }

    @Test
    void afterANodeWasFoundToBeWrongEveryNullGetsASecondOpinionForAWhile() {
        nodes.says("a", "null").says("b", NEW);
        nodes.call(RECEIPT, tx(1));
        nodes.says("a", "null").says("b", "null");
        nodes.asked.clear();

        for (int i = 0; i < 500; i++) nodes.call(RECEIPT, tx(-i - 1));

        assertThat(nodes.asked).hasSize(1000);
        nodes.pass(Duration.ofMinutes(11));
        nodes.asked.clear();
        for (int i = 0; i < 500; i++) nodes.call(RECEIPT, tx(-i - 1));
        assertThat(nodes.asked).hasSizeBetween(501, 700);
    }

    private String send(String raw) {
        nodes.says("a", "\"0x0\"");
        nodes.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        return "[\"" + TxHash.ofSubmission(Request.of("", "[\"" + raw + "\"]").params()) + "\"]";
    }

    private void spendTheShareOfOpinions() {
        nodes.says("a", "null").says("b", "null").says("c", "null");
        for (int i = 0; i < 1000; i++) nodes.call(RECEIPT, tx(1000 + i));
    }

    @Test
    void whoseWordIsDoubtedIsStillBelievedWhenTheOthersFail() {
        nodes.says("a", "null").script("b", _ -> new Outcome.NotSent("connection refused"));
        nodes.script("c", _ -> new Outcome.NotSent("connection refused"));

        ClientCall asked = nodes.call(RECEIPT, tx(1));
        nodes.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).isEqualTo("null");
    }

    private static String tx(int number) {
        return "[\"0x%08x%056x\"]".formatted(number, number);
    }
}
