package dev.fairlead.data.load;

import dev.fairlead.core.net.NoAnswerReason;

/// What a failed attempt says about its node.
public enum FailureClass {
    REFUSED("refused", Blame.CONDEMNED),
    RESET("reset", Blame.CONDEMNED),
    TLS("tls", Blame.CONDEMNED),
    DNS("dns", Blame.CONDEMNED),
    UNREACHED("unreached", Blame.CONDEMNED),
    TIMEOUT("timeout", Blame.CONDEMNED),
    /// A timeout while the node answered other calls, or a timeout of a slow method: one call that is too much
    /// for any node must not eject them all.
    TOO_SLOW("timeout", Blame.DOUBTFUL),
    /// Not JSON, another call's id, larger than the bound, a proxy's page.
    BAD_REPLY("bad-reply", Blame.DOUBTFUL),
    /// A connection that had grown old ended with the call on its way: the call is sent again over a fresh one, and how
    /// that ends tells of the node.
    STALE("stale", Blame.NONE),
    /// The node failed others, or health found it dead, while a call that may take long waited for it.
    GIVEN_UP("given-up", Blame.NONE),
    /// Our own connections to it are all in use, or the gateway is stopping.
    OURS("no-connection", Blame.NONE);

    public enum Blame {
        NONE,
        /// Held against the node only when another one answers the call.
        DOUBTFUL,
        /// Ejected at once.
        CONDEMNED
    }

    private final String label;
    private final Blame blame;

    FailureClass(String label, Blame blame) {
        this.label = label;
        this.blame = blame;
    }

    /// For metrics.
    public String label() {
        return label;
    }

    public Blame blame() {
        return blame;
    }

    /// @param timedOut whether the time for the attempt was over
    /// @param alive whether the node answered others meanwhile
    public static FailureClass of(NoAnswerReason reason, boolean timedOut, boolean alive) {
        if (reason == NoAnswerReason.OURS) return OURS;
        if (timedOut) return alive ? TOO_SLOW : TIMEOUT;
        return switch (reason) {
            case REFUSED -> REFUSED;
            case BROKEN -> RESET;
            case STALE -> STALE;
            case TLS -> TLS;
            case UNKNOWN_HOST -> DNS;
            case OURS -> OURS;
            case UNREACHED -> UNREACHED;
            case NONSENSE -> BAD_REPLY;
        };
    }
}
