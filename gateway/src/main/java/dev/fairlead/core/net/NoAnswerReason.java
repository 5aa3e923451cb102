package dev.fairlead.core.net;

/// Why an attempt got no answer, as far as that matters to whoever asks next. The words for a person are the outcome's
/// cause.
public enum NoAnswerReason {
    /// Nothing listens there.
    REFUSED,
    /// The node, or the network, ended an open connection.
    BROKEN,
    /// The same, of a connection that had carried calls before, and without a byte of a reply: most likely the node
    /// closed it while the call was on its way.
    STALE,
    TLS,
    UNKNOWN_HOST,
    /// Our own connections to it are all in use, or we are leaving.
    OURS,
    /// Any other way in which a node is not reached, or does not answer in time.
    UNREACHED,
    /// Bytes that are no answer to what was asked.
    NONSENSE
}
