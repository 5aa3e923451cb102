package dev.fairlead.core.eth;

import java.util.Locale;
import java.util.Set;

/// Which methods order the node itself about, or belong between the node and those who run it, by their names alone.
final class NodeOrders {
    /// Orders to nodes and to tools that hold keys: geth `admin_`, `miner_`, `personal_`; Besu `plugins_`; op-node
    /// `opp2p_`, `conductor_`; Nitro `maintenance_`; Clef `signer_`, `account_`; Quorum `raft_`; the engine API.
    private static final Set<String> NAMESPACES = Set.of(
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

    /// What may be read there although the name does not begin like a reading.
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

    private NodeOrders() {}

    static boolean has(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        String namespace = namespace(lower);
        return NAMESPACES.contains(namespace) || (MIXED.contains(namespace) && !isReading(name, lower));
    }

    /// Whether they are all that the name's namespace holds.
    static boolean fill(String name) {
        return NAMESPACES.contains(namespace(name.strip().toLowerCase(Locale.ROOT)));
    }

    private static String namespace(String lower) {
        return lower.substring(0, MethodName.mark(lower));
    }

    /// `debug_standardTraceBlockToFile` and its kin leave files at the node.
    private static boolean isReading(String name, String lower) {
        return READINGS.contains(lower) || (MethodName.isReading(name) && !lower.endsWith("tofile"));
    }
}
