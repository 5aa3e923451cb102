package dev.fairlead.core.eth;

/// What the gateway must know about one JSON-RPC method to route, repeat and keep its answers.
///
/// @param heavy whether it may take a node many seconds or answer with megabytes
public record Method(String name, Kind kind, BlockAt block, boolean heavy, Offer offer, Service service) {
    public Method(String name, Kind kind, BlockAt block, boolean heavy, Offer offer) {
        this(name, kind, block, heavy, offer, Service.of(name, kind == Kind.SUBMISSION, block));
    }

    public enum Kind {
        /// The same for ever on one chain: `eth_chainId`.
        CONSTANT,
        /// Belongs to the block, transaction or bytes that the params name, and stays the same while that is on the
        /// chain. With a tag for the block it moves with the head like [#AT_HEAD].
        IMMUTABLE,
        /// Moves with the head, or is the node's own condition: `eth_gasPrice`, `net_peerCount`.
        AT_HEAD,
        /// Makes, reads or changes something that only the node behind it has: filters, accounts, test-chain switches.
        STATEFUL,
        /// Hands a transaction to the network.
        SUBMISSION,
        /// Opens or closes a stream of notifications on one connection.
        SUBSCRIPTION
    }

    /// Whether calls of it are put to nodes.
    public enum Offer {
        /// To any node that may serve.
        ANY_NODE,
        /// A node keeps something from one call to the next, filters above all: only where no other node may serve.
        SOLE_NODE,
        /// It needs a connection on which the node may speak first.
        STREAM,
        /// It orders the node itself about, or belongs between the node and those who run it.
        NEVER
    }

    /// Whether `null` can only mean that the node does not have the block that the params name.
    public boolean nullMeansNoBlock() {
        return block instanceof BlockAt.Param(var index) && index == 0 && !name.endsWith("AndIndex");
    }

    /// Whether `null` means that the node does not have the block that the params name, or that there is nothing at an
    /// index in it.
    public boolean nullMayMeanNoItem() {
        return block instanceof BlockAt.Param(var index) && index == 0 && name.endsWith("AndIndex");
    }

    /// Whether an honest node may be at work on it for many seconds, although most calls of it may be quick.
    public boolean mayTakeLong() {
        return heavy || service == Service.EXECUTION;
    }

    /// Whether it may be sent to another node although the first may have acted.
    public boolean repeatable() {
        return switch (kind) {
            case CONSTANT, IMMUTABLE, AT_HEAD, SUBSCRIPTION -> true;
            case STATEFUL, SUBMISSION -> false;
        };
    }
}
