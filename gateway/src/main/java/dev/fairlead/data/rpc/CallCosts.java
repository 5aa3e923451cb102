package dev.fairlead.data.rpc;

/// Bytes of heap that calls take, whatever they carry: measured and rounded up. `docs/operations.md` has the
/// figures.
final class CallCosts {
    /// An element of a batch that was read.
    static final int ELEMENT = 256;
    /// A call besides the one that each message has: an element of a batch, a notification.
    static final int CALL = 768;

    /// An element's answer that the gateway makes itself, in direct memory.
    static final int ANSWER = 100;

    private CallCosts() {}
}
