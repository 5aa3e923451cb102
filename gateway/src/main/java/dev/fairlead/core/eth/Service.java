package dev.fairlead.core.eth;

import dev.fairlead.core.eth.BlockAt.Filter;
import java.util.Locale;
import java.util.Set;

/// The part of a node that a method needs. One may be broken, or still being indexed, while the others work.
public enum Service {
    /// Heads, blocks and what the node says of itself: a node that fails these is of no use.
    BASIC,
    TRANSACTIONS,
    STATE,
    /// Runs what the caller sent; may take as long as the node lets it.
    EXECUTION,
    LOGS,
    TRACES,
    FEES,
    POOL,
    SUBMISSIONS,
    /// Other namespaces, and methods that are in no table.
    OTHER;

    /// Namespaces whose methods replay transactions.
    static final Set<String> TRACING = Set.of("debug", "trace", "arbtrace", "ots");
    private static final Set<String> EXECUTING = Set.of(
            "eth_call",
            "eth_estimateGas",
            "eth_createAccessList",
            "eth_simulateV1",
            "eth_callMany",
            "eth_callBundle",
            "eth_fillTransaction");
    private static final Set<String> OF_STATE = Set.of(
            "eth_getBalance",
            "eth_getCode",
            "eth_getTransactionCount",
            "eth_getStorageAt",
            "eth_getProof",
            "eth_getAccount",
            "eth_getStorageValues");
    private static final Set<String> OF_FEES =
            Set.of("eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_feeHistory", "eth_blobBaseFee", "eth_baseFee");
    private static final Set<String> OF_BLOCKS = Set.of(
            "eth_blockNumber",
            "eth_chainId",
            "eth_syncing",
            "eth_getBlockByNumber",
            "eth_getBlockByHash",
            "eth_getHeaderByNumber",
            "eth_getHeaderByHash");

    static Service of(String name, boolean submits, BlockAt block) {
        if (submits) return SUBMISSIONS;
        int end = name.indexOf('_');
        String namespace = end < 0 ? name : name.substring(0, end);
        if (TRACING.contains(namespace)) return TRACES;
        return switch (namespace) {
            case "eth" -> ofEth(name, block);
            case "net", "web3" -> BASIC;
            case "txpool" -> POOL;
            default -> block instanceof Filter ? LOGS : OTHER;
        };
    }

    /// For labels and log lines.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Service ofEth(String name, BlockAt block) {
        if (OF_BLOCKS.contains(name)) return BASIC;
        if (EXECUTING.contains(name)) return EXECUTION;
        if (OF_STATE.contains(name)) return STATE;
        if (OF_FEES.contains(name)) return FEES;
        if (block instanceof Filter || name.contains("Filter") || name.contains("Logs")) return LOGS;
        if (name.contains("endingTransactions")) return POOL;
        return name.contains("Transaction") || name.contains("Receipt") ? TRANSACTIONS : OTHER;
    }
}
