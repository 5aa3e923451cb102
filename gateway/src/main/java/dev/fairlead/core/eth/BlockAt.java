package dev.fairlead.core.eth;

/// Where in its params a method names the block it is about.
public sealed interface BlockAt {
    record Nowhere() implements BlockAt {}

    /// A number, hash, tag or EIP-1898 object at that index; the latest block when absent.
    record Param(int index) implements BlockAt {}

    /// A log filter at that index: an object with `fromBlock` and `toBlock`, or `blockHash`.
    record Filter(int index) implements BlockAt {}

    BlockAt NOWHERE = new Nowhere();
}
