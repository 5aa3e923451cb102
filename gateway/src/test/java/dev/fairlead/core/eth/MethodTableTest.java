package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.eth.Method.Offer;
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
                    eth_sendRawTransactionSync      | SUBMISSION   | true  | false
                    eth_simulateV1                  | IMMUTABLE    | true  | true
                    eth_blobBaseFee                 | AT_HEAD      | false | true
                    eth_config                      | AT_HEAD      | false | true
                    eth_getStorageValues            | IMMUTABLE    | false | true
                    eth_getBlockAccessListByBlockNumber | IMMUTABLE | false | true
                    eth_getAccountInfo              | IMMUTABLE    | false | true
                    debug_getRawBlock               | IMMUTABLE    | false | true
                    eth_signTransaction             | STATEFUL     | false | false
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
                "bor_getVoteOnHash",
                "bor_getSignersAtHash",
                "zks_getBridgeContracts",
                "eth_getTransactionBySenderAndHash",
                "alchemy_getAssetTransfers",
                "alchemy_simulateExecution",
                "eth_getUserOperationReceipt",
                "eth_getAndCount",
                "debug_getRawL1Address",
                "linea_estimateGas",
                "arbtrace_call"
            })
    void aStrangerThatClearlyReadsMayBeRepeated(String name) {
        assertThat(MethodTable.of(name).repeatable()).isTrue();
        assertThat(MethodTable.of(name).block()).isEqualTo(BlockAt.NOWHERE);
        assertThat(MethodTable.label(name)).isEqualTo("other");
    }

    /// Held against the rules for transactions, whoever opened them, and not open as readings.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "klay_rawTransaction",
                "linea_fastRawTransaction",
                "arb_transact",
                "arb_transactNow",
                "alchemy_broadcastRawTransaction",
                "qn_broadcastTx",
                "optimism_pushRawTransaction",
                "zks_publishTransaction",
                "kaia_relayTransaction",
                "bor_submit",
                "scroll_submitBundle",
                "cfx_send",
                "taiko_simulateAndSendTransaction",
                "ETH_SENDRAWTRANSACTION",
                "eth_sendrawtransaction",
                "eth_SendRawTransaction",
                "eth_send_raw_transaction",
                "eth_sendRawTransactionUserOperation"
            })
    void aStrangerWhoseNameSaysThatItSubmitsIsASubmission(String name) {
        assertThat(MethodTable.of(name).kind()).isEqualTo(Kind.SUBMISSION);
        assertThat(MethodTable.of(name).family()).isNotIn(MethodFamily.READING, MethodFamily.VENDOR_READING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alchemy_getTransactionReceipts",
                "bor_transactionCount",
                "kaia_getRawTransactionByHash",
                "alchemy_simulateRawTransaction",
                "arb_senderCount",
                "trace_rawTransaction",
                "arbtrace_rawTransaction",
                "parity_postTransaction"
            })
    void aStrangerThatOnlySpeaksOfTransactionsIsNone(String name) {
        assertThat(MethodTable.of(name).kind()).isNotEqualTo(Kind.SUBMISSION);
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
                "eth_GETBALANCE",
                "eth_getAndSend",
                "eth_callAndSend",
                "eth_simulateAndSend",
                "eth_estimateAndSend",
                "eth_estimateGasAndSubmit",
                "eth_callThenExecute",
                "eth_simulateSend",
                "eth_getOrCreateAccount",
                "eth_isSetOrAdd",
                "eth_hasRemove",
                "eth_listAndDelete",
                "eth_countStartX",
                "eth_searchStop",
                "eth_traceSign",
                "eth_getUnlock",
                "eth_getImportKey",
                "eth_getX_send",
                "eth_get_send",
                "eth_get_And_whatever",
                "eth_get1Send",
                "eth_getSENDNow",
                "eth_getASend",
                "eth_getSEND",
                "eth_callAndWhatever",
                "eth_getBalanceAndTransfer",
                "eth_getNonceThenMine"
            })
    void anyOtherStrangerIsNeverSentTwice(String name) {
        assertThat(MethodTable.of(name).repeatable()).isFalse();
        assertThat(MethodTable.label(name)).isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    eth_call                          | ANY_NODE
                    eth_getLogs                       | ANY_NODE
                    eth_sendTransaction               | ANY_NODE
                    eth_sign                          | ANY_NODE
                    eth_accounts                      | ANY_NODE
                    trace_filter                      | ANY_NODE
                    txpool_content                    | ANY_NODE
                    anvil_mine                        | ANY_NODE
                    hardhat_reset                     | ANY_NODE
                    evm_snapshot                      | ANY_NODE
                    administration_getNothing         | ANY_NODE
                    debug_traceTransaction            | ANY_NODE
                    debug_getRawReceipts              | ANY_NODE
                    debug_storageRangeAt              | ANY_NODE
                    debug_executionWitness            | ANY_NODE
                    debug_chaindbProperty             | ANY_NODE
                    debug_getSomethingNew             | ANY_NODE
                    clique_getSigners                 | ANY_NODE
                    qbft_getValidatorsByBlockNumber   | ANY_NODE
                    parity_getBlockReceipts           | ANY_NODE
                    parity_pendingTransactions        | ANY_NODE
                    perm_getNodesAllowlist            | ANY_NODE
                    eth_newFilter                     | SOLE_NODE
                    eth_newBlockFilter                | SOLE_NODE
                    eth_newPendingTransactionFilter   | SOLE_NODE
                    eth_getFilterChanges              | SOLE_NODE
                    eth_getFilterLogs                 | SOLE_NODE
                    eth_uninstallFilter               | SOLE_NODE
                    klay_newBlockFilter               | SOLE_NODE
                    klay_getFilterChanges             | SOLE_NODE
                    shh_newMessageFilter              | SOLE_NODE
                    eth_getWork                       | SOLE_NODE
                    eth_submitWork                    | SOLE_NODE
                    eth_subscribe                     | STREAM
                    eth_unsubscribe                   | STREAM
                    Eth_Subscribe                     | STREAM
                    debug_subscribe                   | STREAM
                    parity_subscribe                  | STREAM
                    """)
    void theNameTellsWhichNodesAMethodIsPutTo(String name, Offer offer) {
        assertThat(MethodTable.of(name).offer()).isEqualTo(offer);
    }

    /// The `eth`, `debug`, `net`, `txpool` and `web3` methods of the execution-apis.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "debug_getBadBlocks",
                "debug_getRawBlock",
                "debug_getRawHeader",
                "debug_getRawReceipts",
                "debug_getRawTransaction",
                "debug_executionWitness",
                "debug_traceBlockByHash",
                "debug_traceBlockByNumber",
                "debug_traceCall",
                "debug_traceTransaction",
                "debug_setHead",
                "eth_accounts",
                "eth_baseFee",
                "eth_blobBaseFee",
                "eth_blockNumber",
                "eth_call",
                "eth_capabilities",
                "eth_chainId",
                "eth_coinbase",
                "eth_config",
                "eth_createAccessList",
                "eth_estimateGas",
                "eth_feeHistory",
                "eth_fillTransaction",
                "eth_gasPrice",
                "eth_getBalance",
                "eth_getBlockAccessList",
                "eth_getBlockByHash",
                "eth_getBlockByNumber",
                "eth_getBlockReceipts",
                "eth_getBlockTransactionCountByHash",
                "eth_getBlockTransactionCountByNumber",
                "eth_getCode",
                "eth_getFilterChanges",
                "eth_getFilterLogs",
                "eth_getHeaderByHash",
                "eth_getHeaderByNumber",
                "eth_getLogs",
                "eth_getProof",
                "eth_getStorageAt",
                "eth_getStorageValues",
                "eth_getTransactionByBlockHashAndIndex",
                "eth_getTransactionByBlockNumberAndIndex",
                "eth_getTransactionByHash",
                "eth_getTransactionCount",
                "eth_getTransactionReceipt",
                "eth_getUncleCountByBlockHash",
                "eth_getUncleCountByBlockNumber",
                "eth_maxPriorityFeePerGas",
                "eth_newBlockFilter",
                "eth_newFilter",
                "eth_newPendingTransactionFilter",
                "eth_sendRawTransaction",
                "eth_sendRawTransactionSync",
                "eth_sendTransaction",
                "eth_sign",
                "eth_signTransaction",
                "eth_simulateV1",
                "eth_subscribe",
                "eth_syncing",
                "eth_uninstallFilter",
                "eth_unsubscribe",
                "net_version",
                "txpool_content",
                "txpool_contentFrom",
                "txpool_inspect",
                "txpool_status",
                "web3_clientVersion",
                "web3_sha3"
            })
    void noMethodOfTheStandardIsAStranger(String name) {
        assertThat(MethodTable.label(name)).isEqualTo(name);
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
