package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionParametersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            eth_sendRawTransaction | []             | true
            eth_sendRawTransaction | [ ]            | true
            eth_sendRawTransaction | null           | true
            eth_sendRawTransaction | {}             | true
            eth_sendRawTransaction | [null]         | true
            eth_sendRawTransaction | [7]            | true
            eth_sendRawTransaction | [{}]           | true
            eth_sendRawTransaction | [""]           | true
            eth_sendRawTransaction | ["0x"]         | true
            eth_sendRawTransaction | ["0x02f8"]     | true
            eth_sendRawTransaction | ["hello"]      | true
            eth_sendRawTransaction | {"tx":"0x02"}  | false
            eth_sendRawTransaction | [{"tx":"0x02"}] | false
            eth_sendPrivateRawTransaction | ["0x"]  | true
            eth_sendTransaction    | []             | true
            eth_sendTransaction    | [null]         | true
            eth_sendTransaction    | ["0x12"]       | true
            eth_sendTransaction    | [[]]           | true
            eth_sendTransaction    | [{}]           | false
            eth_sendTransaction    | [{"to":"0x1"}] | false
            eth_sendBundle         | []             | true
            eth_sendBundle         | [{"txs":[]}]   | false
            eth_sign               | []             | false
            foo_sendHeartbeat      | []             | false
            anvil_mine             | []             | false
            """)
    void whatCannotBeSentIsTold(String method, String params, boolean nothing) {
        assertThat(SubmissionParameters.holdNothing(method, Slice.of(params))).isEqualTo(nothing);
    }

    @Test
    void rawTransactionsAreLongEnough() {
        Slice params = Slice.of("[\"0x" + "ab".repeat(60) + "\"]");

        assertThat(SubmissionParameters.holdNothing("eth_sendRawTransaction", params))
                .isFalse();
        assertThat(SubmissionParameters.holdNothing("eth_sendRawTransaction", Slice.NONE))
                .isTrue();
    }
}
