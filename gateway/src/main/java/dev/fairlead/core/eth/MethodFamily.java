package dev.fairlead.core.eth;

import java.util.Locale;
import java.util.Set;

/// Methods that are opened to callers together: what a caller may do with them is alike. Told by the name alone; upper
/// and lower case count the same, and any mark may stand after the namespace: servers differ in what they accept, and
/// none may be reached past this.
public enum MethodFamily {
    /// Reads the chain, or what a node says of itself: the table's `eth_`, `net_`, `web3_` and `rpc_` methods, filters
    /// and subscriptions among them.
    READING,
    /// Reads what one client or one network adds: `zks_getBlockDetails`, `erigon_forks`, `ots_hasCode`.
    VENDOR_READING,
    /// Hands a transaction to the network that its sender has signed.
    SUBMISSION,
    /// Uses the accounts that a node holds, or the work that it gives out: `eth_sign`, `eth_sendTransaction`.
    NODE_ACCOUNT,
    /// Costs a node much, tells of its insides, or switches a test chain: `debug_`, `trace_`, `txpool_`, `anvil_`.
    RESTRICTED,
    /// Orders the node itself about, or belongs between the node and those who run it: `admin_`, `debug_setHead`.
    NODE_ORDER,
    /// Nothing is known of it, and its name does not say that it only reads.
    UNKNOWN;

    private static final Set<String> OPEN_NAMESPACES = Set.of("eth", "net", "web3", "rpc");

    private static final Set<String> RESTRICTED_NAMESPACES = Set.of(
            "anvil",
            "arbtrace",
            "clique",
            "debug",
            "eea",
            "evm",
            "hardhat",
            "ibft",
            "istanbul",
            "perm",
            "priv",
            "qbft",
            "trace",
            "txpool");

    /// Vendors that read by names which do not begin like a reading: `erigon_forks`, `optimism_syncStatus`.
    private static final Set<String> VENDORS =
            Set.of("arb", "bor", "erigon", "linea", "optimism", "ots", "rollup", "zkevm", "zks");

    private static final Set<String> NODE_ACCOUNTS =
            Set.of("eth_accounts", "eth_filltransaction", "eth_getwork", "eth_resend", "eth_sendtransaction");

    /// @param name as the client spells it
    /// @param submits whether it hands a transaction to the network
    /// @param listed whether it stands in the method table
    static MethodFamily of(String name, boolean submits, boolean listed) {
        if (NodeOrders.has(name)) return NODE_ORDER;
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int mark = MethodName.mark(lower);
        String namespace = lower.substring(0, mark);
        if (RESTRICTED_NAMESPACES.contains(namespace)) return RESTRICTED;
        if (isOfNodeAccounts(lower)) return NODE_ACCOUNT;
        if (submits) return listed || isRawSend(name, mark) ? SUBMISSION : UNKNOWN;
        if (listed) return OPEN_NAMESPACES.contains(namespace) ? READING : VENDOR_READING;
        boolean reads = MethodName.isReading(name) || (VENDORS.contains(namespace) && MethodName.doesNothing(name));
        return reads ? VENDOR_READING : UNKNOWN;
    }

    private static boolean isOfNodeAccounts(String lower) {
        return NODE_ACCOUNTS.contains(lower) || lower.startsWith("eth_sign") || lower.startsWith("eth_submit");
    }

    /// `zks_sendRawTransactionWithDetailedOutput`: it carries what its sender has signed.
    private static boolean isRawSend(String name, int mark) {
        return name.startsWith("sendRaw", mark + 1);
    }
}
