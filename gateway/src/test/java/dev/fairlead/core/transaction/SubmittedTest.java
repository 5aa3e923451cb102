package dev.fairlead.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
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
        assertThat(Submitted.of(method, json(params)))
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
        assertThat(Submitted.of(method, params == null ? Slice.NONE : json(params)))
                .isInstanceOf(Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({"eth_sendTransaction", "eth_resend", "eth_cancelPrivateTransaction", "eth_sendUserOperation"})
    void whatBringsNothingSignedIsLetBe(String method) {
        assertThat(Submitted.of(method, json("[{'from': '0x1'}]"))).isInstanceOf(Nothing.class);
    }

    @Test
    void aSecondTransactionBehindTheFirstIsSeen() {
        Slice params = json("['" + LONG + "', '" + LONG + "']");

        assertThat(Submitted.of("foo_sendTransactions", params))
                .isInstanceOfSatisfying(
                        Signed.class, signed -> assertThat(signed.raws()).hasSize(2));
    }

    @Test
    void tooManyAtOnceAreUnclear() {
        String many = "'0xaa',".repeat(101);

        assertThat(Submitted.of("eth_sendBundle", json("[{'txs': [" + many + "'0xaa']}]")))
                .isInstanceOf(Unclear.class);
    }

    @Test
    void bundlesWithinBundlesEndSomewhere() {
        String nested = "{'body':[{'bundle':".repeat(5) + "{'body':[{'tx':'0xaa'}]}" + "}]}".repeat(5);

        assertThat(Submitted.of("mev_sendBundle", json("[" + nested + "]"))).isInstanceOf(Unclear.class);
    }

    private static Slice json(String text) {
        return Slice.of(text.replace('\'', '"'));
    }
}
