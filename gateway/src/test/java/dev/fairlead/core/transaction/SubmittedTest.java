package dev.fairlead.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.Submitted.Excessive;
import dev.fairlead.core.transaction.Submitted.Nothing;
import dev.fairlead.core.transaction.Submitted.Signed;
import dev.fairlead.core.transaction.Submitted.Unclear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedTest {
    private static final String LONG = "0x" + "ab".repeat(60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eth_sendRawTransaction            | ['0xaa']                                    | '0xaa'",
                "eth_sendRawTransactionSync        | ['0xaa', 2000]                              | '0xaa'",
                "eth_sendRawTransactionSync        | ['0xaa', '0x7d0']                           | '0xaa'",
                "eth_sendRawTransactionConditional | ['0xaa', {'blockNumberMax': 1}]             | '0xaa'",
                "eth_sendPrivateRawTransaction     | ['0xaa', {'preferences': {}}]               | '0xaa'",
                "eth_sendPrivateTransaction        | [{'tx': '0xaa', 'maxBlockNumber': '0x1'}]   | '0xaa'",
                "eth_sendBundle                    | [{'txs': ['0xaa','0xbb'], 'blockNumber':1}] | '0xaa' '0xbb'",
                "eth_sendBundle                    | [['0xaa', '0xbb'], '0x1', 0]                | '0xaa' '0xbb'",
                "eth_sendBundle                    | [{'txs': ['0xaa'], 'TXS': ['0xbb']}]        | '0xaa' '0xbb'",
                "mev_sendBundle | [{'body': [{'tx':'0xaa'},{'hash':'0x1'},{'bundle':{'body':[{'tx':'0xcc'}]}}]}] | '0xaa' '0xcc'",
                "zks_sendRawTransactionWithDetailedOutput | ['0xaa']                             | '0xaa'"
            })
    void signedBytesAreFoundWhereverAMethodOfThisKindHasThem(String method, String params, String raws) {
        assertThat(SubmissionReader.read(method, json(params)))
                .isInstanceOfSatisfying(
                        Signed.class,
                        signed -> assertThat(String.join(
                                        " ",
                                        signed.raws().stream().map(Slice::text).toList()))
                                .isEqualTo(raws.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eth_sendRawTransaction | []",
                "eth_sendRawTransaction | ",
                "eth_sendRawTransaction | null",
                "eth_sendRawTransaction | [null]",
                "eth_sendRawTransaction | [1]",
                "eth_sendRawTransaction | {'bytes': '0xaa'}",
                "eth_sendRawTransaction | [{'from': '0x1'}]",
                "eth_sendBundle         | [{'txs': []}]",
                "eth_sendBundle         | [{'txs': '0xaa'}]",
                "eth_sendBundle         | [{'txs': ['0xaa', {}]}]",
                "eth_sendBundle         | [{}]",
                "mev_sendBundle         | [{'body': [{'other': 1}]}]",
                "foo_sendTransaction    | [{'payload': '0xaa'}]"
            })
    void whatHasNoneWhereSomeAreExpectedIsUnclear(String method, String params) {
        assertThat(SubmissionReader.read(method, params == null ? Slice.NONE : json(params)))
                .isInstanceOf(Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({"eth_sendTransaction", "eth_resend", "eth_cancelPrivateTransaction", "eth_sendUserOperation"})
    void whatBringsNothingSignedIsLetBe(String method) {
        assertThat(SubmissionReader.read(method, json("[{'from': '0x1'}]"))).isInstanceOf(Nothing.class);
    }

    @Test
    void aSecondTransactionBehindTheFirstIsSeen() {
        Slice params = json("['" + LONG + "', '" + LONG + "']");

        assertThat(SubmissionReader.read("foo_sendTransactions", params))
                .isInstanceOfSatisfying(
                        Signed.class, signed -> assertThat(signed.raws()).hasSize(2));
    }

    @Test
    void moreAtOnceThanAreLookedAtAreRefusedAsThat() {
        assertThat(SubmissionReader.read("eth_sendBundle", json("[{'txs': [" + "'0xaa',".repeat(999) + "'0xaa']}]")))
                .isInstanceOfSatisfying(
                        Signed.class, signed -> assertThat(signed.raws()).hasSize(1_000));
        assertThat(excess("eth_sendBundle", "[{'txs': [" + "'0xaa',".repeat(1_000) + "'0xaa']}]"))
                .contains("1,000 transactions");
        assertThat(excess("mev_sendBundle", "[{'body': [" + "{'hash':'0x1'},".repeat(1_000) + "{'tx':'0xaa'}]}]"))
                .contains("1,000 parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{'body':[{'bundle': | }]}", "{'body':[ | ]}", "{'bundle': | }", "{'Body':[{'BUNDLE': | }]}"})
    void bundlesWithinBundlesEndSomewhere(String open, String close) {
        String nested = open.repeat(12) + "{'body':[{'tx':'0xaa'}]}" + close.repeat(12);

        assertThat(excess("mev_sendBundle", "[" + nested + "]")).contains("within each other");
    }

    /// Each level around would read it again, and again for each name, were it not read once.
    @Test
    void whatIsDeepAndWideIsReadNoFurtherThanIsClear() {
        String wide = "{" + "'k':1,".repeat(200_000) + "'k':1}";
        String nested = "{'body':[".repeat(5_000) + wide + "]}".repeat(5_000);

        assertThat(excess("mev_sendBundle", "[" + nested + "]")).contains("within each other");
        assertThat(SubmissionReader.read("mev_sendBundle", json("[{'body':[" + wide + "]}]")))
                .isInstanceOf(Unclear.class);
    }

    /// What a method does is not told by a word somewhere in its name.
    @ParameterizedTest
    @CsvSource({"eth_sendRawTransactionUserOperation", "foo_sendUserOperations", "eth_sendUserOperationTransaction"})
    void onlyKnownMethodsBringOtherThanTransactions(String method) {
        assertThat(SubmissionReader.read(method, json("['0xaa']"))).isInstanceOf(Signed.class);
    }

    @Test
    void namesAreTheSameInAnyLettersThatANodeTakesForThem() {
        assertThat(SubmissionReader.read("eth_sendBundle", json("[{'txs':['0xaa'],'TX\u017f':['0xbb']}]")))
                .isInstanceOfSatisfying(
                        Signed.class, signed -> assertThat(signed.raws()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eth_sendBundle                | [['0xaa'], ['LONG']]                                      | false",
                "eth_sendBundle                | [{'txs': ['0xaa']}, {'txs': ['LONG']}]                    | false",
                "eth_sendBundle                | [{'txs': ['0xaa'], 'signedTxs': ['LONG']}]                | false",
                "eth_sendBundle                | [{'txs': ['0xaa'], 'x': {'y': [1, {'LONG': 2}]}}]         | false",
                "eth_sendBundle                | [{'txs': ['0xaa'], 'x': '\\u0030xLONG'}]                | false",
                "eth_sendBundle                | [{'txs': ['0xaa'], 'x': [BYTES]}]                         | false",
                "eth_sendRawTransaction        | ['0xaa', [BYTES]]                                         | false",
                "mev_sendBundle                | [{'body': [{'tx': '0xaa', 'raw': 'LONG'}]}]               | false",
                "mev_sendBundle                | [{'body': [{'tx': '0xaa'}, {'hash': 'LONG'}]}]            | false",
                "mev_sendBundle                | [{'body': [{'tx': '0xaa'}], 'privacy': {'hints': ['calldata', 'logs'], 'builders': ['default']}}] | true",
                "eth_sendBundle                | [{'txs': ['0xaa'], 'revertingTxHashes': ['HASH', 'HASH', 'HASH'], 'x': '\\\\'}] | true",
                "eth_sendRawTransactionConditional | ['0xaa', {'knownAccounts': {'0x11': {'HASH': 'HASH', 'HASH2': 'HASH'}}}] | true",
                "eth_sendRawTransactionSync    | ['0xaa', 2000]                                            | true"
            })
    void whatMayBeATransactionWhereNoneIsLookedForIsNotPassedOver(String method, String params, boolean isAll) {
        String filled = params.replace("LONG", LONG)
                .replace("BYTES", "2, 248, " + "100, ".repeat(60) + "1")
                .replace("HASH", "0x" + "11".repeat(32));

        assertThat(SubmissionReader.read(method, json(filled)))
                .isInstanceOfSatisfying(
                        Signed.class, signed -> assertThat(signed.isAll()).isEqualTo(isAll));
    }

    private static String excess(String method, String params) {
        return SubmissionReader.read(method, json(params)) instanceof Excessive(var why) ? why : "";
    }

    private static Slice json(String text) {
        return Slice.of(text.replace('\'', '"'));
    }
}
