package dev.fairlead.data.limit.shared;

import dev.fairlead.core.policy.Limit;

/// What a gateway tells Redis of one bucket, and wants of it.
///
/// @param most how many credits there can be at once
/// @param wanted how many credits it would like; 0 when it has no use for any
/// @param needed fewer than these are of no use to the call that waits for them
/// @param debit what it took beyond its leases, less what it gives back of them
/// @param debitWhenLost the same, for a Redis that has lost what it knew, and takes the bucket for full
/// @param epoch which memory of Redis the bucket was last seen in; empty when it never was
/// @param window number of the fixed window in which that was taken
record LeaseRequest(
        Limit limit,
        String key,
        double most,
        double wanted,
        double needed,
        double debit,
        double debitWhenLost,
        String epoch,
        long window) {}
