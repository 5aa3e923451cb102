package dev.fairlead.data.rpc;

/// What calls take of the heap whatever they carry, in bytes: measured, and rounded up. `docs/operations.md` has the
/// figures.
final class CallCosts {
    /// An element of a batch that was read.
    static final int ELEMENT = 256;
    /// A call beyond the one that a message has: an element on its way, a notification.
    static final int CALL = 768;

    /// An element's answer that comes from nowhere else than from here, in direct memory.
    static final int ANSWER = 100;

    private CallCosts() {}
}
