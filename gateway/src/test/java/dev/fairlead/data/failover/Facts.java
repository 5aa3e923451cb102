package dev.fairlead.data.failover;

/// [RunFacts] of a test, changed one by one.
final class Facts {
    private long left;
    private int mostAttempts;
    private long longestRest;
    private long rest;
    private long planWait;
    private boolean isHopeful;
    private boolean isRated;
    private boolean isBlockAwaited;
    private long blockPause;
    private boolean mayStandIn;
    private boolean isKept;
    private boolean isDenied;
    private boolean isSubmitted;
    private boolean isMaybeDone;
    private double chance;

    Facts(RunFacts facts) {
        left = facts.left();
        mostAttempts = facts.mostAttempts();
        longestRest = facts.longestRest();
        rest = facts.rest();
        planWait = facts.planWait();
        isHopeful = facts.isHopeful();
        isRated = facts.isRated();
        isBlockAwaited = facts.isBlockAwaited();
        blockPause = facts.blockPause();
        mayStandIn = facts.mayStandIn();
        isKept = facts.isKept();
        isDenied = facts.isDenied();
        isSubmitted = facts.isSubmitted();
        isMaybeDone = facts.isMaybeDone();
        chance = facts.chance();
    }

    RunFacts now() {
        return new RunFacts(
                left,
                mostAttempts,
                longestRest,
                rest,
                planWait,
                isHopeful,
                isRated,
                isBlockAwaited,
                blockPause,
                mayStandIn,
                isKept,
                isDenied,
                isSubmitted,
                isMaybeDone,
                chance);
    }

    Facts left(long nanos) {
        var changed = new Facts(now());
        changed.left = nanos;
        return changed;
    }

    Facts rest(long nanos) {
        var changed = new Facts(now());
        changed.rest = nanos;
        return changed;
    }

    Facts overPlan(long nanos) {
        var changed = new Facts(now());
        changed.rest = nanos;
        changed.planWait = nanos;
        return changed;
    }

    Facts hopeful() {
        var changed = new Facts(now());
        changed.isHopeful = true;
        return changed;
    }

    Facts rated() {
        var changed = new Facts(now());
        changed.isRated = true;
        return changed;
    }

    Facts awaited(long pause) {
        var changed = new Facts(now());
        changed.isBlockAwaited = true;
        changed.blockPause = pause;
        return changed;
    }

    Facts standsIn() {
        var changed = new Facts(now());
        changed.mayStandIn = true;
        return changed;
    }

    Facts kept() {
        var changed = new Facts(now());
        changed.isKept = true;
        return changed;
    }

    Facts denied() {
        var changed = new Facts(now());
        changed.isDenied = true;
        return changed;
    }

    Facts submitted() {
        var changed = new Facts(now());
        changed.isSubmitted = true;
        return changed;
    }

    Facts maybeDone() {
        var changed = new Facts(now());
        changed.isSubmitted = true;
        changed.isMaybeDone = true;
        return changed;
    }

    Facts chance(double part) {
        var changed = new Facts(now());
        changed.chance = part;
        return changed;
    }

    @Override
    public String toString() {
        return now().toString();
    }
}
