package dev.fairlead.data.dispatch;

import java.util.Locale;

/// What a failed attempt says about its node, told from the words of its cause: there are more kinds of trouble in a
/// network than types, and the words are our own.
enum Trouble {
    REFUSED("refused", Blame.CONDEMNED),
    RESET("reset", Blame.CONDEMNED),
    TLS("tls", Blame.CONDEMNED),
    DNS("dns", Blame.CONDEMNED),
    UNREACHED("unreached", Blame.CONDEMNED),
    TIMEOUT("timeout", Blame.CONDEMNED),
    /// A timeout while the node answered others, or of a method that may take long: one call that is too much for any
    /// node must not eject them all.
    TOO_SLOW("timeout", Blame.DOUBTFUL),
    /// Not JSON, another call's id, larger than the bound, a proxy's page.
    BAD_REPLY("bad-reply", Blame.DOUBTFUL),
    /// Our own connections to it are all in use, or we are leaving.
    OURS("no-connection", Blame.NONE);

    enum Blame {
        NONE,
        /// Held against the node only when another one answers the call.
        DOUBTFUL,
        /// Ejected at once.
        CONDEMNED
    }

    private final String label;
    private final Blame blame;

    Trouble(String label, Blame blame) {
        this.label = label;
        this.blame = blame;
    }

    /// For metrics.
    String label() {
        return label;
    }

    Blame blame() {
        return blame;
    }

    static Trouble notSent(String cause, boolean timedOut, boolean aliveMeanwhile) {
        String words = cause.toLowerCase(Locale.ROOT);
        if (words.startsWith("no free connection") || words.startsWith("the gateway")) return OURS;
        if (timedOut) return aliveMeanwhile ? TOO_SLOW : TIMEOUT;
        return byWords(words, UNREACHED);
    }

    static Trouble unanswered(String cause, boolean timedOut, boolean aliveMeanwhile) {
        if (timedOut) return aliveMeanwhile ? TOO_SLOW : TIMEOUT;
        return byWords(cause.toLowerCase(Locale.ROOT), BAD_REPLY);
    }

    private static Trouble byWords(String words, Trouble otherwise) {
        if (words.startsWith("tls")) return TLS;
        if (words.contains("refused")) return REFUSED;
        if (words.contains("cannot be resolved")) return DNS;
        boolean broken = words.contains("reset") || words.contains("closed") || words.contains("broke off");
        return broken || words.startsWith("connection") ? RESET : otherwise;
    }
}
