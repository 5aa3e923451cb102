package dev.fairlead.data.limit.shared;

import dev.fairlead.core.policy.Limit;

/// What a gateway tells Redis of one bucket, and wants of it.
///
/// @param most how many credits there can be at once
/// @param wanted how many credits it would like; 0 when it has no use for any
/// @param needed fewer than these are of no use to the call that waits for them
/// @param debit what it took beyond its leases, less what it gives back of them
/// @param missing how many were missing when Redis was last heard, less what came back since; for a Redis that has lost
/// it
/// @param born of the bucket that it was heard of; empty when it never was
/// @param turn the same as long as no answer to it was heard
/// @param window number of the fixed window in which that was taken
record LeaseRequest(
        Limit limit,
        String key,
        double most,
        double wanted,
        double needed,
        double debit,
        double missing,
        String born,
        int turn,
        long window) {}
