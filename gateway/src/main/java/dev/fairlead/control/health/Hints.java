package dev.fairlead.control.health;

import org.jspecify.annotations.Nullable;

/// What a node says about itself. Nodes are often wrong about themselves, so none of it decides anything alone.
///
/// @param peers -1 where the node does not tell
/// @param client what `web3_clientVersion` said, or null
/// @param network what `net_version` said, or an empty text where the node does not tell
/// @param pendingBehind blocks that its pending block is behind its newest; 0 where it is not, or where it has none
record Hints(Syncing syncing, int peers, @Nullable String client, String network, long pendingBehind) {
    static final Hints NONE = new Hints(Syncing.UNTOLD, -1, null);

    Hints(Syncing syncing, int peers, @Nullable String client) {
        this(syncing, peers, client, "", 0);
    }

    Hints(Syncing syncing, int peers, @Nullable String client, String network) {
        this(syncing, peers, client, network, 0);
    }

    Hints withPendingBehind(long blocks) {
        return new Hints(syncing, peers, client, network, blocks);
    }

    enum Syncing {
        YES,
        NO,
        UNTOLD
    }

    boolean saysSyncing() {
        return syncing == Syncing.YES;
    }
}
