package dev.fairlead.data.failover;

import dev.fairlead.core.fault.Backoff;

/// What counts for a call that did not get its answer at once, as it is at one moment.
///
/// @param left nanoseconds until the client gets an answer, whatever it is
/// @param mostAttempts at the most for one call
/// @param longestRest nanoseconds that a call may wait for nodes that asked to be left alone
/// @param rest nanoseconds until the first of those may be asked again; 0 when none of the plan asked for it
/// @param isHopeful whether the nodes of the plan, asked once more, may do better
/// @param isRated whether only the leader was left, and had its share
/// @param isBlockAwaited whether a block that clients were shown is still waited for
/// @param blockPause nanoseconds between two attempts meanwhile, at the most
/// @param mayStandIn whether the last safe or final block that clients were shown may be asked for by number
/// @param isKept whether a reply is kept that is not good enough
/// @param isDenied whether a node's word that there is nothing is kept
/// @param isSubmitted whether an attempt may have done what must not be done twice, however unlikely
/// @param isMaybeDone whether it may well have
/// @param chance from 0 to 1, evenly spread
record RunFacts(
        long left,
        int mostAttempts,
        long longestRest,
        long rest,
        boolean isHopeful,
        boolean isRated,
        boolean isBlockAwaited,
        long blockPause,
        boolean mayStandIn,
        boolean isKept,
        boolean isDenied,
        boolean isSubmitted,
        boolean isMaybeDone,
        double chance) {
    /// Between half of `nanos` and all of it.
    long jittered(long nanos) {
        return Backoff.jittered(nanos, chance);
    }

    boolean isWaiting(Progress progress) {
        return isBlockAwaited && !progress.budget().isSpent(mostAttempts);
    }
}
