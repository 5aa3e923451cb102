package dev.fairlead.control.health;

import org.jspecify.annotations.Nullable;

/// What a node says about itself. Nodes are often wrong about themselves, so none of it decides anything alone.
///
/// @param peers -1 where the node does not tell
/// @param client what `web3_clientVersion` said, or null
/// @param network what `net_version` said, or an empty text where the node does not tell
record Hints(Syncing syncing, int peers, @Nullable String client, String network) {
    static final Hints NONE = new Hints(Syncing.UNTOLD, -1, null);

    Hints(Syncing syncing, int peers, @Nullable String client) {
        this(syncing, peers, client, "");
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
