package dev.fairlead.data.access;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When each key was last used, to about a second. Keys that are gone are forgotten with the next policy.
public final class LastKeyUse {
    private final ConcurrentHashMap<KeyHash, Instant> last = new ConcurrentHashMap<>();

    void used(ApiKey key, Instant now) {
        last.put(key.hash(), now);
    }

    /// Empty when it was not used since this gateway started.
    public Optional<Instant> lastUse(ApiKey key) {
        return Optional.ofNullable(last.get(key.hash()));
    }

    /// From now on these keys count.
    public void keep(AccessPolicy policy) {
        if (last.size() > policy.keys()) last.keySet().removeIf(key -> !policy.has(key));
    }

    int size() {
        return last.size();
    }
}
