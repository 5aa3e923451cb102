package dev.fairlead.data.limit.shared;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of limits that gateways share.
///
/// @param address null where each gateway counts for itself
/// @param password instead of one in the address
/// @param ca authorities that its certificate must chain to; null for the usual ones
/// @param prefix of all keys in Redis: gateways with the same one share their limits
/// @param timeout after which Redis counts as gone
/// @param gateways how many there are as long as Redis has not said it
public record RedisConfig(
        @Nullable RedisAddress address,
        @Nullable String password,
        @Nullable Path ca,
        String prefix,
        Duration timeout,
        int gateways) {
    public static final RedisConfig NONE = new RedisConfig(null, null, null, "fairlead", Duration.ofMillis(500), 1);

    @Override
    public String toString() {
        return "RedisConfig[" + address + ", prefix=" + prefix + "]";
    }
}
