package dev.fairlead.core.eth;

import dev.fairlead.core.eth.Method.Offer;
import java.util.Locale;
import java.util.Set;

/// Whether a method is put to nodes, by its name alone. Upper and lower case count the same, and any mark may
/// stand after the namespace: servers differ in what they accept, and no spelling may get around this rule.
final class MethodOffer {
    /// Orders to nodes and to tools that hold keys: geth `admin_`, `miner_`, `personal_`; Besu `perm_`,
    /// `plugins_`; op-node `opp2p_`, `conductor_`; Nitro `maintenance_`; Clef `signer_`, `account_`; Quorum
    /// `raft_`; the engine API.
    private static final Set<String> NEVER_OFFERED = Set.of(
            "account",
            "admin",
            "conductor",
            "engine",
            "les",
            "maintenance",
            "miner",
            "opp2p",
            "personal",
            "plugins",
            "raft",
            "signer",
            "testing",
            "vault");

    /// Namespaces that mix readings with orders: votes of signers, reserved peers, profiles written to the node's disk.
    private static final Set<String> MIXED = Set.of("clique", "debug", "ibft", "istanbul", "parity", "perm", "qbft");

    /// Methods of those namespaces that only read, although their names do not begin like readings.
    private static final Set<String> READINGS = Set.of(
            "debug_accountat",
            "debug_accountrange",
            "debug_chaindbproperty",
            "debug_codebyhash",
            "debug_dbancient",
            "debug_dbancients",
            "debug_dbget",
            "debug_dumpblock",
            "debug_executionwitness",
            "debug_executionwitnessbyblockhash",
            "debug_gcstats",
            "debug_intermediateroots",
            "debug_memstats",
            "debug_preimage",
            "debug_printblock",
            "debug_seedhash",
            "debug_stacks",
            "debug_staterootwithupdates",
            "debug_storagerangeat",
            "clique_status",
            "parity_chain",
            "parity_enode",
            "parity_netpeers",
            "parity_nextnonce",
            "parity_pendingtransactions");

    private static final Set<String> WORK = Set.of("eth_getwork", "eth_submitwork", "eth_submithashrate");

    private MethodOffer() {}

    static Offer of(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int mark = MethodName.mark(lower);
        String namespace = lower.substring(0, mark);
        String verb = mark == lower.length() ? "" : lower.substring(mark + 1);
        if (NEVER_OFFERED.contains(namespace)) return Offer.NEVER;
        if (verb.equals("subscribe") || verb.equals("unsubscribe")) return Offer.STREAM;
        if (MIXED.contains(namespace) && !isReading(name, lower)) return Offer.NEVER;
        return isFilter(verb) || WORK.contains(lower) ? Offer.SOLE_NODE : Offer.ANY_NODE;
    }

    /// `debug_standardTraceBlockToFile` and its kin leave files at the node.
    private static boolean isReading(String name, String lower) {
        return READINGS.contains(lower) || (MethodName.isReading(name) && !lower.endsWith("tofile"));
    }

    private static boolean isFilter(String verb) {
        return (verb.startsWith("new") && verb.endsWith("filter"))
                || verb.startsWith("getfilter")
                || verb.startsWith("uninstallfilter");
    }
}
