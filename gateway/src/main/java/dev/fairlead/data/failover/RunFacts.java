package dev.fairlead.data.failover;

import dev.fairlead.core.fault.Backoff;

/// The facts, at one moment, that decide about a call which did not get its answer at once.
///
/// @param left nanoseconds until the client must get an answer
/// @param mostAttempts at the most for one call
/// @param longestRest nanoseconds that a call may wait for nodes that asked to be left alone
/// @param rest nanoseconds until the first of those may be asked again; 0 when none of the plan asked for it
/// @param planWait nanoseconds until the plan of a node has room that was passed over for it; 0 when none was
/// @param isHopeful whether the nodes of the plan, asked once more, may do better
/// @param isRated whether only the leader was left, and had used up its rate
/// @param isBlockAwaited whether a block that clients were shown is still waited for
/// @param blockPause nanoseconds between two attempts meanwhile, at the most
/// @param mayStandIn whether the last safe or final block that clients were shown may be asked for by number
/// @param isKept whether a reply is kept that is not good enough
/// @param isDenied whether a node's answer that there is nothing is kept
/// @param isSubmitted whether an attempt may have done something that must not be done twice, however unlikely
/// @param isMaybeDone the same, where it is likely
/// @param chance from 0 to 1, evenly spread
record RunFacts(
        long left,
        int mostAttempts,
        long longestRest,
        long rest,
        long planWait,
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
