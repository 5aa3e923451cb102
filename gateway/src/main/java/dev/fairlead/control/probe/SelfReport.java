package dev.fairlead.control.probe;

import org.jspecify.annotations.Nullable;

/// What a node says about itself. Nodes are often wrong about themselves, so none of it decides anything alone.
///
/// @param peers -1 where the node does not tell
/// @param client what `web3_clientVersion` said, or null
/// @param network what `net_version` said, or an empty text where the node does not tell
/// @param pendingBehind blocks that its pending block is behind its newest; 0 where it is not, or where it has none
public record SelfReport(
        Syncing syncing, int peers, @Nullable String client, String network, long pendingBehind) {
    public static final SelfReport NONE = new SelfReport(Syncing.UNTOLD, -1, null);

    public SelfReport(Syncing syncing, int peers, @Nullable String client) {
        this(syncing, peers, client, "", 0);
    }

    SelfReport(Syncing syncing, int peers, @Nullable String client, String network) {
        this(syncing, peers, client, network, 0);
    }

    SelfReport withPendingBehind(long blocks) {
        return new SelfReport(syncing, peers, client, network, blocks);
    }

    public enum Syncing {
        YES,
        NO,
        UNTOLD
    }

    public boolean saysSyncing() {
        return syncing == Syncing.YES;
    }
}
