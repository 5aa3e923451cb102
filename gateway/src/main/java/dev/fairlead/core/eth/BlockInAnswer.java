package dev.fairlead.core.eth;

import java.util.HashMap;
import java.util.Map;

/// Where the answer to a method shows which block it is of.
public enum BlockInAnswer {
    NOTHING,
    /// A block or header: its `number` and `hash`.
    BLOCK,
    /// Transactions, receipts or traces of one block: the first `blockNumber` and `blockHash`.
    PART_OF_BLOCK,
    /// Logs and the like of many blocks in ascending order: the last `blockNumber`.
    LAST_OF_MANY,
    /// `eth_feeHistory`: `oldestBlock`, and as many more as there are `gasUsedRatio`s.
    FEES;

    private static final Map<String, BlockInAnswer> BY_METHOD = rows();

    /// Whether it shows transactions by their hashes.
    public boolean isOfHashes() {
        return switch (this) {
            case BLOCK, PART_OF_BLOCK, LAST_OF_MANY -> true;
            case NOTHING, FEES -> false;
        };
    }

    public static BlockInAnswer of(String method) {
        return BY_METHOD.getOrDefault(method, NOTHING);
    }

    private static Map<String, BlockInAnswer> rows() {
        var rows = new HashMap<String, BlockInAnswer>();
        add(
                rows,
                BLOCK,
                "eth_getBlockByNumber eth_getBlockByHash eth_getHeaderByNumber eth_getHeaderByHash"
                        + " erigon_getHeaderByNumber erigon_getHeaderByHash erigon_getBlockByTimestamp"
                        + " ots_getBlockDetails ots_getBlockDetailsByHash");
        add(
                rows,
                PART_OF_BLOCK,
                "eth_getTransactionByHash eth_getTransactionReceipt eth_getTransactionBySenderAndNonce"
                        + " eth_getTransactionByBlockNumberAndIndex eth_getTransactionByBlockHashAndIndex"
                        + " eth_sendRawTransactionSync eth_getBlockReceipts parity_getBlockReceipts"
                        + " erigon_getBlockReceiptsByBlockHash erigon_getLogsByHash ots_getBlockTransactions"
                        + " trace_block trace_transaction trace_get");
        add(
                rows,
                LAST_OF_MANY,
                "eth_getLogs erigon_getLogs erigon_getLatestLogs trace_filter eth_getFilterLogs eth_getFilterChanges"
                        + " ots_searchTransactionsBefore ots_searchTransactionsAfter");
        add(rows, FEES, "eth_feeHistory");
        return Map.copyOf(rows);
    }

    private static void add(Map<String, BlockInAnswer> rows, BlockInAnswer showing, String names) {
        for (String name : names.split(" ")) rows.put(name, showing);
    }
}
