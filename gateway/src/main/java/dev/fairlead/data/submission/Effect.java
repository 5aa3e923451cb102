package dev.fairlead.data.submission;

import dev.fairlead.core.reply.Outcome.Declined;

/// What an attempt may have done with a signed transaction at a node that did not say that it had. It may be sent on
/// in any case; this decides how long the transaction is looked for before its client is told of a failure.
public enum Effect {
    /// It never reached the node.
    NONE,
    /// The node refused before it acted, unless a proxy passed it on first: a limit, a key, a method not offered.
    UNLIKELY,
    /// It objects in words that do not say when it stopped: `pool is full`, `node is busy`, HTTP 404.
    POSSIBLE,
    /// The node, or a proxy, lost the call on the way: `request timed out`, `internal error`, a broken connection.
    LOST;

    public static Effect of(Declined declined) {
        return switch (declined.proof()) {
            case INVALID, NOT_OFFERED, TURNED_AWAY, BARRED -> UNLIKELY;
            case VERDICT, NONE -> POSSIBLE;
            case LOST -> LOST;
        };
    }
}
