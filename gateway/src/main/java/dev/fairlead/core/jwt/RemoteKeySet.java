package dev.fairlead.core.jwt;

import java.time.Duration;
import java.util.List;

/// A set of keys that is fetched, now and again.
///
/// @param refresh how often
/// @param keys as they were fetched last; none before that
public record RemoteKeySet(KeySetUrl from, Duration refresh, List<TokenKey> keys) {
    public RemoteKeySet {
        keys = List.copyOf(keys);
    }

    RemoteKeySet with(List<TokenKey> fetched) {
        return new RemoteKeySet(from, refresh, fetched);
    }
}
