package dev.fairlead.core.eth;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Methods that are opened to callers together: what a caller may do with them is alike. Told by the name
/// alone; upper and lower case count the same, and any mark may stand after the namespace: servers differ in
/// what they accept, and none may be reached past this.
public enum MethodFamily {
    /// Reads the chain, or what a node says of itself: the table's `eth_`, `net_`, `web3_` and `rpc_` methods,
    /// filters and subscriptions among them.
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

    /// Namespaces in which one client, network or provider adds readings of the chain: there, names that do not
    /// say that they do more are readings. Elsewhere a name proves nothing: `shh_getPrivateKey`.
    private static final Set<String> VENDORS = Set.of(
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
            "pimlico",
            "qn",
            "rollup",
            "scroll",
            "taiko",
            "xdpos",
            "zkevm",
            "zks");

    /// What carries its sender's signature although its name does not say `Raw`.
    private static final Set<String> SIGNED = Set.of("mev_sendBundle", "eth_sendUserOperation", "linea_sendBundle");

    /// Words after which a reading is not one of the chain.
    private static final List<String> SECRETS = List.of("key", "secret", "password", "private", "wallet");

    /// What uses a node's accounts or its work, in any namespace: networks have twins of the standard's methods,
    /// `klay_accounts`. Without the namespace, in small letters.
    private static final Pattern OF_NODE_ACCOUNTS = Pattern.compile(
            "(get|list|own|local|node|unlocked)*accounts|filltransaction\\w*|getwork|resend\\w*|sendtransactions?"
                    + "|sign(?!al|at|er)\\w*|submit(work|hashrate)\\w*|(get)?pending\\w*transactions\\w*");

    /// What `admin_` and `txpool_` tell of a node's insides, in the namespaces of vendors.
    private static final Pattern OF_NODE =
            Pattern.compile("nodeinfo|^(get)?enode|nodemetadata|noderecord|peerinfo|peerevent"
                    + "|peers|datadir|loglevel|txpool|mempool|poolstat"
                    + "|accountpending\\w*transactions|^(content|contentfrom|inspect)$");

    /// @param name as the client spells it
    /// @param submits whether it hands a transaction to the network
    /// @param listed whether it stands in the method table
    static MethodFamily of(String name, boolean submits, boolean listed) {
        if (NodeOrders.has(name)) return NODE_ORDER;
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int mark = MethodName.mark(lower);
        String namespace = lower.substring(0, mark);
        if (RESTRICTED_NAMESPACES.contains(namespace)) return RESTRICTED;
        String verb = lower.substring(Math.min(mark + 1, lower.length())).replace("_", "");
        if (isOfNodeAccounts(namespace, verb)) return NODE_ACCOUNT;
        if (!OPEN_NAMESPACES.contains(namespace) && OF_NODE.matcher(verb).find()) return RESTRICTED;
        if (submits) return listed || isRawSend(name, mark) || SIGNED.contains(name) ? SUBMISSION : UNKNOWN;
        if (listed) return OPEN_NAMESPACES.contains(namespace) ? READING : VENDOR_READING;
        boolean reads = VENDORS.contains(namespace) && MethodName.doesNothing(name) && !isOfSecrets(lower);
        return reads ? VENDOR_READING : UNKNOWN;
    }

    private static boolean isOfSecrets(String lower) {
        for (String word : SECRETS) if (lower.contains(word)) return true;
        return false;
    }

    private static boolean isOfNodeAccounts(String namespace, String verb) {
        return OF_NODE_ACCOUNTS.matcher(verb).matches()
                || (OPEN_NAMESPACES.contains(namespace) && (verb.startsWith("sign") || verb.startsWith("submit")));
    }

    /// `zks_sendRawTransactionWithDetailedOutput`: it carries what its sender has signed.
    private static boolean isRawSend(String name, int mark) {
        return MethodName.isPlain(name, mark) && name.startsWith("sendRaw", mark + 1);
    }
}
