package dev.fairlead.core.eth;

/// What the gateway must know about one JSON-RPC method to route, repeat and keep its answers.
///
/// @param family what it is opened to callers with
/// @param heavy whether it may take a node many seconds or answer with megabytes
public record Method(
        String name, Kind kind, MethodFamily family, BlockAt block, boolean heavy, Offer offer, Service service) {
    public Method(String name, Kind kind, MethodFamily family, BlockAt block, boolean heavy, Offer offer) {
        this(name, kind, family, block, heavy, offer, Service.of(name, kind == Kind.SUBMISSION, block));
    }

    public enum Kind {
        /// The same for ever on one chain: `eth_chainId`.
        CONSTANT,
        /// Belongs to the block, transaction or bytes that the params name, and stays the same while those are
        /// on the chain. Where the params name the block by a tag, it moves with the head as [#AT_HEAD] does.
        IMMUTABLE,
        /// Moves with the head, or tells of the node itself: `eth_gasPrice`, `net_peerCount`.
        AT_HEAD,
        /// Makes, reads or changes something that only the node behind it has: filters, accounts, test-chain switches.
        STATEFUL,
        /// Hands a transaction to the network.
        SUBMISSION,
        /// Opens or closes a stream of notifications on one connection.
        SUBSCRIPTION
    }

    /// Which nodes calls of it are put to, where they are open to the caller.
    public enum Offer {
        /// To any node that may serve.
        ANY_NODE,
        /// The node keeps something from one call to the next, such as a filter: offered only where no other
        /// node may serve.
        SOLE_NODE,
        /// It needs a connection on which the node may speak first.
        STREAM
    }

    /// Whether its whole namespace is of orders to nodes: `admin_`, but not `debug_`.
    public boolean isOfOrdersAlone() {
        return NodeOrders.fill(name);
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

    /// Whether a healthy node may work on it for many seconds, even if most of its calls are quick.
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
