package dev.fairlead.control.admin.view;

import dev.fairlead.core.policy.RedisState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The Redis over which gateways share limits.
///
/// @param url without secrets
/// @param since when it is reached, or not; null before the first try has ended
/// @param gateways that share the limits, this one included, when it last answered
/// @param fault why it is not reached, or null
public record RedisView(
        String url,
        boolean reached,
        @Nullable Instant since,
        int gateways,
        @Nullable String fault) {
    public static RedisView of(RedisState state) {
        return new RedisView(state.url(), state.isReached(), state.since(), state.gateways(), state.fault());
    }
}
