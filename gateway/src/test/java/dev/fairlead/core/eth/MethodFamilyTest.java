package dev.fairlead.core.eth;

import static dev.fairlead.core.eth.MethodFamily.NODE_ACCOUNT;
import static dev.fairlead.core.eth.MethodFamily.NODE_ORDER;
import static dev.fairlead.core.eth.MethodFamily.RESTRICTED;
import static dev.fairlead.core.eth.MethodFamily.UNKNOWN;
import static dev.fairlead.core.eth.MethodFamily.VENDOR_READING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodFamilyTest {
    private static final List<String> VENDORS = List.of(
            "alchemy",
            "arb",
            "bor",
            "cfx",
            "erigon",
            "hmy",
            "kaia",
            "klay",
            "linea",
            "moon",
            "nd",
            "optimism",
            "ots",
            "parity",
            "pimlico",
            "qn",
            "rollup",
            "scroll",
            "taiko",
            "xdpos",
            "zkevm",
            "zks",
            "foo");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engine_newPayloadV4                      | NODE_ORDER
            engine_getPayloadV5                      | NODE_ORDER
            admin_peers                              | NODE_ORDER
            admin_addPeer                            | NODE_ORDER
            Admin_Peers                              | NODE_ORDER
            ADMIN_PEERS                              | NODE_ORDER
            admin.peers                              | NODE_ORDER
            admin/peers                              | NODE_ORDER
            admin                                    | NODE_ORDER
            personal_unlockAccount                   | NODE_ORDER
            miner_start                              | NODE_ORDER
            les_addBalance                           | NODE_ORDER
            opp2p_blockPeer                          | NODE_ORDER
            maintenance_trigger                      | NODE_ORDER
            plugins_reloadPluginConfig               | NODE_ORDER
            raft_addPeer                             | NODE_ORDER
            signer_list                              | NODE_ORDER
            testing_commitBlockV1                    | NODE_ORDER
            clique_propose                           | NODE_ORDER
            clique_discard                           | NODE_ORDER
            qbft_proposeValidatorVote                | NODE_ORDER
            ibft_discardValidatorVote                | NODE_ORDER
            istanbul_propose                         | NODE_ORDER
            perm_addNodesToAllowlist                 | NODE_ORDER
            parity_setEngineSigner                   | NODE_ORDER
            parity_addReservedPeer                   | NODE_ORDER
            parity_hashContent                       | NODE_ORDER
            debug_setHead                            | NODE_ORDER
            Debug_SetHead                            | NODE_ORDER
            debug_sethead                            | NODE_ORDER
            debug_resetHead                          | NODE_ORDER
            debug_sync                               | NODE_ORDER
            debug_setGCPercent                       | NODE_ORDER
            debug_setMemoryLimit                     | NODE_ORDER
            debug_setTrieFlushInterval               | NODE_ORDER
            debug_freeOSMemory                       | NODE_ORDER
            debug_writeBlockProfile                  | NODE_ORDER
            debug_writeMemProfile                    | NODE_ORDER
            debug_startCPUProfile                    | NODE_ORDER
            debug_stopCPUProfile                     | NODE_ORDER
            debug_cpuProfile                         | NODE_ORDER
            debug_goTrace                            | NODE_ORDER
            debug_startGoTrace                       | NODE_ORDER
            debug_chaindbCompact                     | NODE_ORDER
            debug_verbosity                          | NODE_ORDER
            debug_vmodule                            | NODE_ORDER
            debug_backtraceAt                        | NODE_ORDER
            debug_deleteChainSlice                   | NODE_ORDER
            debug_insertReceipts                     | NODE_ORDER
            debug_resyncWorldState                   | NODE_ORDER
            debug_batchSendRawTransaction            | NODE_ORDER
            debug_standardTraceBlockToFile           | NODE_ORDER
            debug_traceBadBlockToFile                | NODE_ORDER
            ' admin_peers'                           | NODE_ORDER
            'admin_peers '                           | NODE_ORDER
            debug_somethingNew                       | NODE_ORDER
            eth_blockNumber                          | READING
            eth_call                                 | READING
            eth_getLogs                              | READING
            eth_newFilter                            | READING
            eth_getFilterChanges                     | READING
            eth_subscribe                            | READING
            eth_coinbase                             | READING
            net_version                              | READING
            web3_sha3                                | READING
            rpc_modules                              | READING
            eth_chainId                              | READING
            eth_simulateV1                           | READING
            zks_getBlockDetails                      | VENDOR_READING
            linea_estimateGas                        | VENDOR_READING
            linea_getProof                           | VENDOR_READING
            bor_getAuthor                            | VENDOR_READING
            erigon_forks                             | VENDOR_READING
            erigon_getHeaderByNumber                 | VENDOR_READING
            ots_hasCode                              | VENDOR_READING
            ots_traceTransaction                     | VENDOR_READING
            ots_getApiLevel                          | VENDOR_READING
            parity_getBlockReceipts                  | VENDOR_READING
            alchemy_getTokenBalances                 | VENDOR_READING
            optimism_syncStatus                      | VENDOR_READING
            eth_sendRawTransaction                   | SUBMISSION
            eth_sendRawTransactionSync               | SUBMISSION
            eth_sendRawTransactionConditional        | SUBMISSION
            eth_sendPrivateTransaction               | SUBMISSION
            eth_sendBundle                           | SUBMISSION
            zks_sendRawTransactionWithDetailedOutput | SUBMISSION
            eth_accounts                             | NODE_ACCOUNT
            eth_sign                                 | NODE_ACCOUNT
            eth_signTransaction                      | NODE_ACCOUNT
            eth_signTypedData_v4                     | NODE_ACCOUNT
            eth_sendTransaction                      | NODE_ACCOUNT
            eth_resend                               | NODE_ACCOUNT
            eth_pendingTransactions                  | NODE_ACCOUNT
            eth_submitWork                           | NODE_ACCOUNT
            eth_submitHashrate                       | NODE_ACCOUNT
            eth_getWork                              | NODE_ACCOUNT
            eth_fillTransaction                      | NODE_ACCOUNT
            ETH_SENDTRANSACTION                      | NODE_ACCOUNT
            parity_pendingTransactions               | NODE_ACCOUNT
            klay_accounts                            | NODE_ACCOUNT
            debug_traceTransaction                   | RESTRICTED
            parity_enode                             | RESTRICTED
            parity_netPeers                          | RESTRICTED
            erigon_nodeInfo                          | RESTRICTED
            hmy_getNodeMetadata                      | RESTRICTED
            cfx_getAccountPendingTransactions        | RESTRICTED
            hmy_getPoolStats                         | RESTRICTED
            taiko_txPoolContent                      | RESTRICTED
            debug_getRawReceipts                     | RESTRICTED
            trace_block                              | RESTRICTED
            arbtrace_call                            | RESTRICTED
            txpool_content                           | RESTRICTED
            priv_getTransactionCount                 | RESTRICTED
            eea_sendRawTransaction                   | RESTRICTED
            ibft_getValidatorsByBlockNumber          | RESTRICTED
            qbft_getValidatorsByBlockNumber          | RESTRICTED
            clique_getSigners                        | RESTRICTED
            perm_getNodesAllowlist                   | RESTRICTED
            anvil_mine                               | RESTRICTED
            hardhat_reset                            | RESTRICTED
            evm_snapshot                             | RESTRICTED
            Trace_block                              | RESTRICTED
            foo_bar                                  | UNKNOWN
            eth_foo                                  | UNKNOWN
            ETH_getBalance                           | UNKNOWN
            Eth_Call                                 | UNKNOWN
            erigon_setHead                           | UNKNOWN
            zks_sendThing                            | UNKNOWN
            eth_getAndSend                           | UNKNOWN
            parity_                                | NODE_ORDER
            foo                                      | UNKNOWN
            eth_                                     | UNKNOWN
            shh_getPrivateKey                      | UNKNOWN
            eth_getQuorumPayload                   | UNKNOWN
            foo_getX                               | UNKNOWN
            wallet_getKeys                         | UNKNOWN
            parity_getFooBar                       | UNKNOWN
            eth_getKey                             | UNKNOWN
            eth_getProofaaa                        | UNKNOWN
            zks_getPrivateKey                      | UNKNOWN
            bor_sendThing                          | UNKNOWN
            mev_sendBundle                         | SUBMISSION
            eth_sendUserOperation                  | SUBMISSION
            linea_sendBundle                       | SUBMISSION
            """)
    void theNameTellsWhatAMethodIsOpenedWith(String name, MethodFamily family) {
        assertThat(MethodTable.of(name).family()).isEqualTo(family);
    }

    /// Only those who run the nodes may call them, whichever network's name stands before them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts",
                "Accounts",
                "getAccounts",
                "listAccounts",
                "_accounts",
                "pendingTransactions",
                "pending_transactions",
                "pendingStakingTransactions",
                "getPendingTransactions",
                "fillTransaction",
                "getWork",
                "submitWork",
                "submitHashrate",
                "resend",
                "sendTransaction",
                "sign",
                "signTransaction",
                "signTransactionAsFeePayer",
                "signTypedData_v4",
                "nodeInfo",
                "enode",
                "getEnode",
                "peers",
                "netPeers",
                "getPeerInfo",
                "peerEvents",
                "datadir",
                "changeLogLevel",
                "content",
                "contentFrom",
                "inspect",
                "getMempool"
            })
    void aVendorsTwinOfAClosedMethodIsClosed(String twin) {
        for (String vendor : VENDORS) {
            Method method = MethodTable.of(vendor + "_" + twin);

            assertThat(method.family()).as(method.name()).isIn(NODE_ACCOUNT, RESTRICTED, UNKNOWN, NODE_ORDER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getAccount",
                "getAccountInfo",
                "signers",
                "getSigners",
                "signatureCount",
                "coinbase",
                "getPendingCrossLinks",
                "newPendingTransactionFilter",
                "getTransactionByHash",
                "peerCount",
                "getStorageNode",
                "getBlockDetails",
                "getContentHash",
                "syncStatus"
            })
    void whatOnlySoundsLikeOneStaysOpen(String name) {
        for (String vendor : List.of("kaia", "klay", "hmy", "cfx", "erigon", "zks", "linea"))
            assertThat(MethodTable.of(vendor + "_" + name).family()).isEqualTo(VENDOR_READING);
    }
}
