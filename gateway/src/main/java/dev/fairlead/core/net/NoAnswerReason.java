package dev.fairlead.core.net;

/// Why an attempt got no answer, as far as the next attempt depends on it. The words for people are the
/// outcome's cause.
public enum NoAnswerReason {
    /// Nothing listens there.
    REFUSED,
    /// The node, or the network, ended an open connection.
    BROKEN,
    /// The same, for a connection that had carried calls before and now brought no byte of a reply: most
    /// likely the node closed it while the call was on its way.
    STALE,
    TLS,
    UNKNOWN_HOST,
    /// Our own connections to it are all in use, or the gateway is stopping.
    OURS,
    /// Any other way in which a node is not reached, or does not answer in time.
    UNREACHED,
    /// Bytes that are no answer to what was asked.
    NONSENSE
}
