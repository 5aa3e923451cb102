package dev.fairlead.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How it stands with the Redis over which gateways share limits.
///
/// @param url without secrets
/// @param since when it is reached, or not; null before the first try has ended
/// @param gateways that share the limits, this one included, when it last answered
/// @param fault why it is not reached, without secrets; null while it is, and before the first try has ended
public record RedisState(
        String url,
        boolean isReached,
        @Nullable Instant since,
        int gateways,
        @Nullable String fault) {}
