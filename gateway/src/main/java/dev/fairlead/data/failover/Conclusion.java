package dev.fairlead.data.failover;

/// What the client is told when no further node is asked. Pure.
enum Conclusion {
    /// The best of the replies that were not good enough.
    BEST_KEPT,
    /// What a look-up of the transaction finds, and otherwise what the nodes objected or that nobody knows.
    LOOKED_UP,
    /// That every node turned it away, unless a look-up of the transaction finds it.
    TURNED_AWAY,
    /// As [#refusal] says.
    REFUSED;

    enum Refusal {
        /// A node's word that there is no such thing.
        DENIAL,
        /// The most telling objection, as the node put it.
        OBJECTION,
        /// That the nodes took no more calls.
        SHED,
        /// That no node had anything to say that a client could use.
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
