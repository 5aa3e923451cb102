package dev.fairlead.fakenode;

/// What a node says about itself, right or wrong.
final class Persona {
    volatile long chainId;
    volatile int peers = 25;
    volatile String clientVersion = "FakeNode/1.0";

    /// The result of eth_syncing.
    volatile String syncing = "false";

    Persona(long chainId) {
        this.chainId = chainId;
    }
}
