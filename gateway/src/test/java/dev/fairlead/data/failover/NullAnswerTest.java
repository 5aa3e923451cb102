package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Lab.Asked;
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

    private final Lab lab = new Lab(Fleets.of("a", "b", "c").ordered());

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
        lab.says("a", "null").says("b", "{\"it\":\"is there\"}");

        assertThat(lab.call(method, params).text()).isEqualTo("{\"it\":\"is there\"}");
    }

    @Test
    void nullIsTheAnswerForAHeightWithoutABlock() {
        lab.says("a", "null").says("b", "null").says("c", "null");

        assertThat(lab.call("eth_getBlockByNumber", "[\"0x10\",false]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("a", "b", "c");
        assertThat(lab.bodies.stream().filter(body -> body.refCnt() > 0)).hasSize(1);
    }

    @Test
    void aNewHeightWithoutABlockIsNotWaitedForOnceNodesHaveLaterOnes() {
        lab.says("a", "{\"number\":\"0x64\"}");
        lab.call("eth_getBlockByNumber", "[\"latest\",false]");
        lab.says("a", "null").says("b", "null").says("c", "null");
        lab.asked.clear();

        assertThat(lab.call("eth_getBlockByNumber", "[\"0x62\",false]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("a", "b", "c");
    }

    @Test
    void aSingleNodeIsAskedTwiceForANewBlockThatItShouldHave() {
        var lab = new Lab(Fleets.of("a").ordered()).says("a", "{\"number\":\"0x64\"}");
        lab.call("eth_getBlockByNumber", "[\"latest\",false]");
        lab.says("a", "null");
        lab.asked.clear();

        Asked asked = lab.call("eth_getBlockByNumber", "[\"0x62\",false]");
        lab.pass(Duration.ofSeconds(1));

        assertThat(asked.text()).isEqualTo("null");
        assertThat(lab.asked).hasSize(2);
    }

    @Test
    void whatAReorganisationTookAwayIsNotWaitedForAgain() {
        lab.says("a", NEW);
        lab.call(RECEIPT, tx(1));
        lab.says("a", "null").says("b", "null").says("c", "null");
        lab.call(RECEIPT, tx(1));
        lab.pass(Duration.ofMillis(13_500));

        assertThat(lab.call(RECEIPT, tx(1)).text()).isEqualTo("null");
    }

    @Test
    void nullForABlockThatDoesNotExistYetGoesStraightBack() {
        lab.says("a", "null");

        assertThat(lab.call("eth_getBlockByNumber", "[\"0x70\",false]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void nullForTheBlockThatIsBeingMadeGoesStraightBack() {
        lab.says("a", "null");

        assertThat(lab.call("eth_getBlockByNumber", "[\"pending\",false]").text())
                .isEqualTo("null");
        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void twoNodesAreBelievedThatABlockHasNoSuchIndex() {
        lab.says("a", "null").says("b", "null");

        Asked asked = lab.call("eth_getTransactionByBlockNumberAndIndex", "[\"0x10\",\"0x5\"]");

        assertThat(asked.text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("a", "b");
    }

    @Test
    void nodesThatAreNotFitToServeAreNotAskedForAnOpinion() {
        var lab = new Lab(new Fleets()
                .node("a", ready(100))
                .node("b", Fleets.unreachable())
                .ordered());
        lab.says("a", "null");

        assertThat(lab.call("eth_getBlockReceipts", "[\"0x10\"]").text()).isEqualTo("null");
        assertThat(lab.asked).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSACTION, RECEIPT, "trace_transaction"})
    void aTransactionThatWasShownIsNotMissingAtTheNextNode(String method) {
        String shown = method.startsWith("trace") ? "[{\"blockNumber\":16}]" : OLD;
        lab.says("a", shown).says("b", shown).says("c", shown);
        lab.call(method, tx(1));
        lab.says("a", "null").says("b", "null");

        assertThat(lab.call(method, tx(1)).text()).isEqualTo(shown);
    }

    @Test
    void aNewReceiptThatWasShownIsWaitedForWhenItsNodeIsGone() {
        lab.says("a", NEW);
        lab.call(RECEIPT, tx(1));
        lab.publish(new Fleets().node("b", ready(99)).ordered());
        lab.says("b", "null");

        Asked asked = lab.call(RECEIPT, tx(1));
        lab.pass(Duration.ofSeconds(5));
        boolean early = asked.answers.isEmpty();
        lab.says("b", NEW);
        lab.pass(Duration.ofSeconds(1));

        assertThat(early).isTrue();
        assertThat(asked.text()).isEqualTo(NEW);
    }

    @Test
    void afterAReorganisationAReceiptMayBeGone() {
        lab.says("a", NEW);
        lab.call(RECEIPT, tx(1));
        lab.says("a", "null").says("b", "null").says("c", "null");

        Asked asked = lab.call(RECEIPT, tx(1));
        lab.pass(Duration.ofMillis(13_500));

        assertThat(asked.text()).isEqualTo("null");
        assertThat(lab.asked).contains("b", "c");
    }

    @Test
    void aTransactionThatWasJustSentIsLookedForEverywhereButHasNoReceiptYet() {
        lab.script("a", request -> request.method().startsWith("eth_send") ? lab.taken(request) : lab.result("null"));
        String raw = "0xc0010203";
        lab.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        String hash = TxHash.ofSubmission(Request.of("", "[\"" + raw + "\"]").params());
        lab.says("b", "null").says("c", "{\"blockNumber\":null}");
        lab.asked.clear();

        String receipt = lab.call(RECEIPT, "[\"" + hash + "\"]").text();
        int asked = lab.asked.size();
        String transaction = lab.call(TRANSACTION, "[\"" + hash + "\"]").text();

        assertThat(receipt).isEqualTo("null");
        assertThat(asked).isEqualTo(2);
        assertThat(transaction).isEqualTo("{\"blockNumber\":null}");
    }

    @Test
    void whoKeepsLessIsFoundOutAndAskedLastForWhatIsOld() {
        lab.says("a", "null").says("b", OLD).says("c", "null");

        for (int i = 0; i < 200; i++)
            assertThat(lab.call(RECEIPT, tx(i)).text()).isEqualTo(OLD);

        assertThat(Collections.frequency(lab.asked, "a")).isEqualTo(1);
    }

    @Test
    void aNodeThatIsMerelyLateDoesNotCountAsOneThatKeepsLess() {
        lab.says("a", "null").says("b", NEW);

        lab.call(RECEIPT, tx(1));

        assertThat(lab.traffic.node(Fleets.id("a")).keepsLess(lab.traffic.now()))
                .isFalse();
    }

    @Test
    void pollingForWhatIsNotThereDoesNotDoubleTheCalls() {
        lab.says("a", "null").says("b", "null").says("c", "null");

        for (int i = 0; i < 2000; i++) lab.call(RECEIPT, tx(i));

        assertThat(lab.asked).hasSizeBetween(2001, 2500);
    }

    @ParameterizedTest
    @ValueSource(strings = {RECEIPT, "trace_transaction", "debug_traceTransaction"})
    void whatCameOfATransactionThatWasSentIsAskedOfAnotherNodeOnceABlockWasMade(String method) {
        String hash = send("0xc0010203");
        spendTheShareOfOpinions();
        lab.publish(new Fleets()
                .node("a", ready(101))
                .node("b", ready(101))
                .node("c", ready(101))
                .ordered());
        lab.says("a", "null").says("b", NEW);

        assertThat(lab.call(method, hash).text()).isEqualTo(NEW);
    }

    @Test
    void whatANodeSignedAndSentIsKnownToExistToo() {
        String hash = tx(7);
        lab.says("a", hash.substring(1, hash.length() - 1));
        lab.call("eth_sendTransaction", "[{}]");
        lab.says("a", "null").says("b", "null").says("c", "{\"blockNumber\":null}");

        assertThat(lab.call(TRANSACTION, hash).text()).isEqualTo("{\"blockNumber\":null}");
    }

    @Test
    void pollingForTheReceiptOfWhatWasSentAsksTwoNodesAndNoMore() {
        String hash = send("0xc0010203");
        lab.publish(new Fleets()
                .node("a", ready(101))
                .node("b", ready(101))
                .node("c", ready(101))
                .ordered());
        lab.says("a", "null").says("b", "null").says("c", "null");
        lab.asked.clear();

        for (int i = 0; i < 500; i++) assertThat(lab.call(RECEIPT, hash).text()).isEqualTo("null");

        assertThat(lab.asked).hasSize(1000).doesNotContain("c");
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
        lab.says("a", "{\"number\":\"0x64\",\"blockNumber\":\"0x64\"}");
        lab.call(method, params);
        lab.says("a", "null").says("b", NEW);

        for (int i = 0; i < 200; i++)
            assertThat(lab.call(RECEIPT, tx(-i - 1)).text()).isEqualTo(NEW);
    }

    @Test
    void aNodeThatIsLateIsNoSecondOpinion() {
        var lab = new Lab(new Fleets()
                .node("a", ready(100))
                .node("b", ready(99))
                .node("c", ready(100))
                .ordered());
        lab.says("a", "{\"number\":\"0x64\"}");
        lab.call("eth_getBlockByNumber", "[\"latest\",false]");
        lab.says("a", "null").says("b", "null").says("c", NEW);

        assertThat(lab.call(RECEIPT, tx(1)).text()).isEqualTo(NEW);
    }

    @Test
    void afterANodeWasFoundToBeWrongEveryNullGetsASecondOpinionForAWhile() {
        lab.says("a", "null").says("b", NEW);
        lab.call(RECEIPT, tx(1));
        lab.says("a", "null").says("b", "null");
        lab.asked.clear();

        for (int i = 0; i < 500; i++) lab.call(RECEIPT, tx(-i - 1));

        assertThat(lab.asked).hasSize(1000);
        lab.pass(Duration.ofMinutes(11));
        lab.asked.clear();
        for (int i = 0; i < 500; i++) lab.call(RECEIPT, tx(-i - 1));
        assertThat(lab.asked).hasSizeBetween(501, 700);
    }

    private String send(String raw) {
        lab.says("a", "\"0x0\"");
        lab.call("eth_sendRawTransaction", "[\"" + raw + "\"]");
        return "[\"" + TxHash.ofSubmission(Request.of("", "[\"" + raw + "\"]").params()) + "\"]";
    }

    private void spendTheShareOfOpinions() {
        lab.says("a", "null").says("b", "null").says("c", "null");
        for (int i = 0; i < 1000; i++) lab.call(RECEIPT, tx(1000 + i));
    }

    @Test
    void whoseWordIsDoubtedIsStillBelievedWhenTheOthersFail() {
        lab.says("a", "null").script("b", _ -> new Outcome.NotSent("connection refused"));
        lab.script("c", _ -> new Outcome.NotSent("connection refused"));

        Asked asked = lab.call(RECEIPT, tx(1));
        lab.pass(Duration.ofSeconds(5));

        assertThat(asked.text()).isEqualTo("null");
    }

    private static String tx(int number) {
        return "[\"0x%08x%056x\"]".formatted(number, number);
    }
}
