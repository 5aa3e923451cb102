package dev.fairlead.data.routing;

/// How fit a node is for one call. Nodes are asked in the order of the constants; from [#DEAD] on they are not
/// asked at all.
public enum Eligibility {
    TRIAL("was ejected; this call would show whether it works again"),
    OWN("own node that serves"),
    RENTED("rented node that serves"),
    SPARED("asked to be left alone for a while"),
    STUCK("has calls in flight and has answered none for a while"),
    FAILING("fails calls of this kind, which others answer"),
    LACKING("said lately that it does not offer this method"),
    LAST_RESORT("leader, as last resort"),
    /// Serves, but has not reached the block that the call names; asked only where no better node has it
    /// either.
    BEHIND("has not reached the block that the call names"),
    LAGGING("lagging; only in panic"),
    SYNCING("syncing; only in panic"),
    UNJUDGED("not judged yet; only in panic"),
    UNREACHABLE("unreachable; only in panic"),
    EJECTED("ejected after failures; only in panic"),

    DEAD("unreachable, and ejected after failures"),
    SPENT("has had all that its plan allows today"),
    TOO_LOW("has not reached the block that the call names, and others have"),
    FORKED("on another branch"),
    WRONG_CHAIN("answers for another chain"),
    ITSELF("is this gateway itself, or leads back to it"),
    CORDONED("cordoned by order"),
    DRAINING("draining by order"),
    ELSEWHERE("not in this group");

    private final String text;

    Eligibility(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isAsked() {
        return compareTo(DEAD) < 0;
    }

    /// Whether the group's selection and the call's preference put nodes of this eligibility in order.
    boolean isEqual() {
        return this == OWN || this == RENTED;
    }

    boolean isPanic() {
        return compareTo(LAGGING) >= 0 && isAsked();
    }

    /// Whether health and operator let the node serve, so that only this call or this gateway's own failures
    /// can count against it.
    boolean serves() {
        return this == OWN || this == RENTED || this == LAST_RESORT;
    }
}
