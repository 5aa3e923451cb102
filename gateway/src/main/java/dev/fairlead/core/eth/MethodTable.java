package dev.fairlead.core.eth;

import dev.fairlead.core.eth.BlockAt.Filter;
import dev.fairlead.core.eth.BlockAt.Param;
import dev.fairlead.core.eth.Method.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All methods that we know: the execution-apis with `net_`, `web3_`, `debug_`, `trace_`, `txpool_`, and what Erigon,
/// Otterscan and the test nodes add. The engine API is missing on purpose: it is between a node and its consensus
/// client. A new method gets a row here. What goes by its name elsewhere must be right for it too: [MethodFamily],
/// [MethodOffer], [Service], [BlockInAnswer], [SubmissionParameters], and `CallKind` in `data/routing`. A row is
/// open to every caller, unless its family is restricted, of a node's accounts, or an order to a node.
public final class MethodTable {
    private static final Map<String, Method> KNOWN = rows();
    private static final String OTHER = "other";

    private MethodTable() {}

    /// The row of that name. A method that is not in the table counts as a reading only when its name clearly
    /// says so; any other is never sent twice.
    public static Method of(String name) {
        Method known = KNOWN.get(name);
        return known == null ? UnknownMethod.method(name) : known;
    }

    /// The name for metrics: bounded, because anybody can send any name.
    public static String label(String name) {
        return KNOWN.containsKey(name) ? name : OTHER;
    }

    public static boolean isListed(String name) {
        return KNOWN.containsKey(name);
    }

    /// All that [#label] may be.
    public static List<String> labels() {
        return Stream.concat(KNOWN.keySet().stream(), Stream.of(OTHER)).toList();
    }

    private static Map<String, Method> rows() {
        var rows = new Rows();

        rows.all(Kind.CONSTANT, "eth_chainId net_version");

        rows.all(
                Kind.AT_HEAD,
                "eth_blockNumber eth_gasPrice eth_maxPriorityFeePerGas eth_blobBaseFee eth_baseFee eth_syncing"
                        + " eth_accounts eth_coinbase eth_mining eth_hashrate eth_protocolVersion eth_config"
                        + " eth_fillTransaction eth_pendingTransactions net_listening net_peerCount"
                        + " web3_clientVersion rpc_modules rpc_discover txpool_status erigon_forks"
                        + " erigon_nodeInfo erigon_blockNumber ots_getApiLevel eth_getCompilers eth_capabilities");
        rows.heavy(Kind.AT_HEAD, "txpool_content txpool_contentFrom txpool_inspect debug_stacks");

        rows.all(Kind.AT_HEAD, "erigon_getBlockByTimestamp");
        rows.heavy(Kind.AT_HEAD, "trace_rawTransaction ots_searchTransactionsBefore ots_searchTransactionsAfter");

        rows.all(
                Kind.IMMUTABLE,
                "eth_getTransactionByHash eth_getTransactionReceipt eth_getRawTransactionByHash web3_sha3"
                        + " eth_getTransactionBySenderAndNonce debug_getRawTransaction trace_get"
                        + " ots_getInternalOperations ots_getTransactionError ots_getContractCreator"
                        + " ots_getTransactionBySenderAndNonce eth_getBlobSidecarByTxHash"
                        + " eth_getTransactionDataAndReceipt");
        rows.heavy(
                Kind.IMMUTABLE,
                "debug_traceTransaction debug_traceBlock debug_traceBadBlock debug_getBadBlocks debug_preimage"
                        + " debug_getModifiedAccountsByNumber debug_getModifiedAccountsByHash"
                        + " trace_transaction trace_replayTransaction ots_traceTransaction");

        rows.all(
                Kind.AT_HEAD,
                "debug_chaindbProperty debug_dbGet debug_dbAncient debug_dbAncients debug_memStats debug_gcStats"
                        + " clique_status parity_enode parity_netPeers parity_chain"
                        + " parity_pendingTransactions parity_nextNonce");
        rows.all(Kind.IMMUTABLE, "debug_seedHash debug_codeByHash debug_accountAt");
        rows.blockAt(0, "debug_printBlock debug_getBlockRlp debug_stateRootWithUpdates");

        rows.blockAt(
                0,
                "eth_getBlockByNumber eth_getBlockByHash eth_getBlockTransactionCountByNumber"
                        + " eth_getBlockTransactionCountByHash eth_getUncleCountByBlockNumber"
                        + " eth_getUncleCountByBlockHash eth_getUncleByBlockNumberAndIndex"
                        + " eth_getUncleByBlockHashAndIndex eth_getTransactionByBlockNumberAndIndex"
                        + " eth_getTransactionByBlockHashAndIndex eth_getRawTransactionByBlockNumberAndIndex"
                        + " eth_getRawTransactionByBlockHashAndIndex eth_getHeaderByNumber eth_getHeaderByHash"
                        + " debug_getRawHeader debug_getRawBlock erigon_getHeaderByNumber erigon_getHeaderByHash"
                        + " ots_getBlockDetails ots_getBlockDetailsByHash eth_getBlockAccessList"
                        + " eth_getBlockAccessListByBlockHash eth_getBlockAccessListByBlockNumber"
                        + " eth_getBlobSidecars");
        rows.heavyBlockAt(
                0,
                "eth_getBlockReceipts debug_getRawReceipts debug_traceBlockByNumber debug_traceBlockByHash"
                        + " debug_executionWitness debug_executionWitnessByBlockHash debug_accountRange"
                        + " debug_storageRangeAt debug_intermediateRoots debug_dumpBlock"
                        + " trace_block trace_replayBlockTransactions erigon_getBlockReceiptsByBlockHash"
                        + " erigon_getLogsByHash erigon_getBalanceChangesInBlock ots_getBlockTransactions"
                        + " parity_getBlockReceipts eth_getTransactionReceiptsByBlock"
                        + " eth_getTransactionsByBlockNumber");
        rows.blockAt(
                1,
                "eth_getBalance eth_getCode eth_getTransactionCount eth_call eth_estimateGas"
                        + " eth_createAccessList eth_feeHistory ots_hasCode eth_getAccount eth_getAccountInfo"
                        + " eth_getStorageValues");
        rows.heavyBlockAt(
                1,
                "eth_simulateV1 eth_callMany debug_traceCall debug_traceCallMany trace_callMany eth_callBundle"
                        + " proof_call");
        rows.blockAt(2, "eth_getStorageAt");
        rows.heavyBlockAt(2, "eth_getProof trace_call");

        rows.filter(Kind.IMMUTABLE, "eth_getLogs erigon_getLogs erigon_getLatestLogs trace_filter");
        rows.filter(Kind.STATEFUL, "eth_newFilter");
        rows.all(
                Kind.STATEFUL,
                "eth_newBlockFilter eth_newPendingTransactionFilter eth_getFilterChanges eth_uninstallFilter"
                        + " eth_getWork eth_submitWork eth_submitHashrate");
        rows.heavy(Kind.STATEFUL, "eth_getFilterLogs");
        rows.all(
                Kind.STATEFUL,
                "eth_sign eth_signTransaction eth_signTypedData eth_signTypedData_v3 eth_signTypedData_v4");
        rows.all(Kind.STATEFUL, "debug_setHead");

        rows.all(
                Kind.SUBMISSION,
                "eth_sendRawTransaction eth_sendTransaction eth_sendRawTransactionConditional"
                        + " eth_sendPrivateTransaction"
                        + " eth_sendPrivateRawTransaction eth_cancelPrivateTransaction eth_sendBundle"
                        + " eth_resend");
        rows.heavy(Kind.SUBMISSION, "eth_sendRawTransactionSync");
        rows.all(Kind.SUBSCRIPTION, "eth_subscribe eth_unsubscribe");
        return Map.copyOf(rows.byName);
    }

    private static final class Rows {
        final Map<String, Method> byName = new HashMap<>();

        void all(Kind kind, String names) {
            add(kind, BlockAt.NOWHERE, false, names);
        }

        void heavy(Kind kind, String names) {
            add(kind, BlockAt.NOWHERE, true, names);
        }

        void blockAt(int param, String names) {
            add(Kind.IMMUTABLE, new Param(param), false, names);
        }

        void heavyBlockAt(int param, String names) {
            add(Kind.IMMUTABLE, new Param(param), true, names);
        }

        void filter(Kind kind, String names) {
            add(kind, new Filter(0), kind == Kind.IMMUTABLE, names);
        }

        private void add(Kind kind, BlockAt block, boolean heavy, String names) {
            for (String name : names.split(" ")) {
                var family = MethodFamily.of(name, kind == Kind.SUBMISSION, true);
                var twice = byName.put(name, new Method(name, kind, family, block, heavy, MethodOffer.of(name)));
                if (twice != null) throw new IllegalStateException(name + " stands twice in the method table");
            }
        }
    }
}
