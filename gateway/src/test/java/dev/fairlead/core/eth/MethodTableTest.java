package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Method.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    eth_chainId                     | CONSTANT     | false | true
                    net_version                     | CONSTANT     | false | true
                    eth_blockNumber                 | AT_HEAD      | false | true
                    eth_gasPrice                    | AT_HEAD      | false | true
                    eth_fillTransaction             | AT_HEAD      | false | true
                    txpool_content                  | AT_HEAD      | true  | true
                    web3_sha3                       | IMMUTABLE    | false | true
                    eth_getTransactionReceipt       | IMMUTABLE    | false | true
                    eth_getBlockByHash              | IMMUTABLE    | false | true
                    eth_call                        | IMMUTABLE    | false | true
                    eth_getProof                    | IMMUTABLE    | true  | true
                    eth_getBlockReceipts            | IMMUTABLE    | true  | true
                    eth_getLogs                     | IMMUTABLE    | true  | true
                    debug_traceTransaction          | IMMUTABLE    | true  | true
                    trace_filter                    | IMMUTABLE    | true  | true
                    eth_newFilter                   | STATEFUL     | false | false
                    eth_getFilterChanges            | STATEFUL     | false | false
                    eth_sign                        | STATEFUL     | false | false
                    debug_setHead                   | STATEFUL     | false | false
                    eth_sendRawTransaction          | SUBMISSION   | false | false
                    eth_sendTransaction             | SUBMISSION   | false | false
                    eth_subscribe                   | SUBSCRIPTION | false | true
                    """)
    void aKnownMethodHasItsRow(String name, Kind kind, boolean heavy, boolean repeatable) {
        Method method = MethodTable.of(name);

        assertThat(method.name()).isEqualTo(name);
        assertThat(method.kind()).isEqualTo(kind);
        assertThat(method.heavy()).isEqualTo(heavy);
        assertThat(method.repeatable()).isEqualTo(repeatable);
        assertThat(MethodTable.label(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zks_getBlockDetails",
                "alchemy_getTokenBalances",
                "bor_getAuthor",
                "arb_getRawBlockMetadata",
                "eth_getSomethingNew",
                "linea_estimateGas",
                "arbtrace_call"
            })
    void aStrangerThatClearlyReadsMayBeRepeated(String name) {
        assertThat(MethodTable.of(name).repeatable()).isTrue();
        assertThat(MethodTable.of(name).block()).isEqualTo(BlockAt.NOWHERE);
        assertThat(MethodTable.label(name)).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "personal_listAccounts",
                "personal_getSomething",
                "miner_start",
                "admin_addPeer",
                "anvil_mine",
                "anvil_getAutomine",
                "evm_increaseTime",
                "hardhat_reset",
                "engine_getPayloadV4",
                "eth_sendUserOperation",
                "foo_callback",
                "foo_getaway",
                "foo",
                "",
                "get",
                "debug_freeOSMemory",
                "eth_GETBALANCE"
            })
    void anyOtherStrangerIsNeverSentTwice(String name) {
        assertThat(MethodTable.of(name).repeatable()).isFalse();
        assertThat(MethodTable.label(name)).isEqualTo("other");
    }

    @Test
    void strangersThatTraceAreHeavy() {
        assertThat(MethodTable.of("debug_somethingNew").heavy()).isTrue();
        assertThat(MethodTable.of("zks_getBlockDetails").heavy()).isFalse();
    }

    @Test
    void anEndlessNameCostsNothing() {
        String name = "a".repeat(1_000_000) + "_";

        assertThat(MethodTable.of(name).repeatable()).isFalse();
    }
}
