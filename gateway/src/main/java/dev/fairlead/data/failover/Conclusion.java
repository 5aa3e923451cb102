package dev.fairlead.data.failover;

/// What the client is told when no further node is asked. Pure.
enum Conclusion {
    /// The best of the replies that were kept because they were not good enough.
    BEST_KEPT,
    /// The result of a look-up of the transaction; if that finds nothing, the nodes' objection, or that the
    /// outcome is unknown.
    LOOKED_UP,
    /// Every node turned it away; unless a look-up of the transaction finds it.
    TURNED_AWAY,
    /// The refusal that [#refusal] picks.
    REFUSED;

    enum Refusal {
        /// A node's answer that there is no such thing.
        DENIAL,
        /// The most telling objection, as the node put it.
        OBJECTION,
        /// The nodes took no more calls.
        SHED,
        /// No node said anything that a client could use.
        UNANSWERED
    }

    static Conclusion of(RunFacts facts) {
        if (facts.isKept()) return BEST_KEPT;
        if (facts.isMaybeDone()) return LOOKED_UP;
        return facts.isSubmitted() ? TURNED_AWAY : REFUSED;
    }

    static Refusal refusal(Progress progress, boolean isDenied) {
        if (isDenied) return Refusal.DENIAL;
        Objections objections = progress.objections();
        if (objections.isTelling() && !objections.areOfSize()) return Refusal.OBJECTION;
        return progress.shed() != null ? Refusal.SHED : Refusal.UNANSWERED;
    }
}
