package dev.fairlead.data.submission;

import dev.fairlead.core.reply.Outcome.Declined;

/// What an attempt may have done with a signed transaction although its node did not confirm it. The
/// transaction may be sent to further nodes in any case; this decides how long it is looked for before the
/// client is told of a failure.
public enum Effect {
    /// It never reached the node.
    NONE,
    /// The node refused before it acted, unless a proxy passed the call on first: a limit, a key, a method not
    /// offered.
    UNLIKELY,
    /// The node objects with a text that does not say when it stopped: `pool is full`, `node is busy`, HTTP
    /// 404.
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
