package dev.fairlead.core.fleet;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every chain, its leader and head, and every node with its verdict: the one value in which the control plane
/// tells the data plane which nodes may serve. Immutable; a higher version replaces a lower one whole.
///
/// @param chains in the order of declaration
public record Fleet(long version, Map<String, ChainState> chains) {
    public static final Fleet EMPTY = new Fleet(0, Map.of());

    public Fleet {
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    }

    public @Nullable ChainState chain(String name) {
        return chains.get(name);
    }

    public @Nullable NodeState node(NodeId id) {
        ChainState chain = chains.get(id.chain());
        return chain == null ? null : chain.node(id);
    }

    /// One chain at one moment.
    ///
    /// @param learnedId EIP-155 id, declared or learned; 0 while it is not known
    /// @param networkId what `net_version` says on the chain, which need not be the chain's id; empty while unknown
    /// @param reference what the nodes are measured against
    /// @param nodes all nodes, leaders among them, in the order of declaration
    /// @param stalled since when the whole chain has stood still although blocks are expected, or null
    public record ChainState(
            Chain chain,
            long learnedId,
            String networkId,
            Reference reference,
            List<NodeState> nodes,
            List<Group> groups,
            @Nullable Instant stalled) {
        public ChainState {
            nodes = List.copyOf(nodes);
            groups = List.copyOf(groups);
        }

        /// For a chain of which it is not known yet what `net_version` says.
        public ChainState(
                Chain chain,
                long learnedId,
                Reference reference,
                List<NodeState> nodes,
                List<Group> groups,
                @Nullable Instant stalled) {
            this(chain, learnedId, "", reference, nodes, groups, stalled);
        }

        public @Nullable NodeState node(NodeId id) {
            for (NodeState state : nodes) {
                if (state.node().id().equals(id)) return state;
            }
            return null;
        }

        public @Nullable Head head() {
            return reference.head();
        }
    }

    /// One node at one moment.
    ///
    /// @param verdict after steadiness: what routing obeys
    /// @param head the newest that the node showed, kept while it is out of reach
    /// @param since when the verdict's word last changed
    /// @param client what `web3_clientVersion` said, or null
    /// @param peers what `net_peerCount` said, or -1 where the node does not tell
    /// @param latencyMillis of the last probe that was answered, or -1
    /// @param lag of `head` against the reference, now or the last that there was; null where none can be told
    /// @param pendingBehind blocks that its pending block is behind its newest, or 0 while that is tolerated
    public record NodeState(
            Node node,
            Verdict verdict,
            @Nullable Head head,
            Instant since,
            @Nullable String client,
            int peers,
            double latencyMillis,
            @Nullable Lag lag,
            long pendingBehind) {
        public NodeState(
                Node node,
                Verdict verdict,
                @Nullable Head head,
                Instant since,
                @Nullable String client,
                int peers,
                double latencyMillis) {
            this(node, verdict, head, since, client, peers, latencyMillis, verdict.lag(), 0);
        }

        /// For a person: what the verdict rests on, and what else there is to know.
        public String evidence() {
            if (pendingBehind == 0) return verdict.evidence();
            return verdict.evidence() + "; pending is " + pendingBehind + (pendingBehind == 1 ? " block" : " blocks")
                    + " behind";
        }

        public NodeId id() {
            return node.id();
        }

        public boolean serves() {
            return verdict.ready() && node.mode() == Node.Mode.SERVING;
        }
    }
}
