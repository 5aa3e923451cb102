package dev.fairlead.data.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// When each key was last used, to about a second. Of keys that were used and are gone with a later policy it is
/// remembered whose they were, so that operators see who calls with them still; of many, the last ones.
public final class LastKeyUse {
    private static final int MOST_GONE = 10_000;

    private final ConcurrentHashMap<KeyHash, Use> last = new ConcurrentHashMap<>();
    private final Cache<KeyHash, ApiKey> gone =
            Caffeine.newBuilder().maximumSize(MOST_GONE).executor(Runnable::run).build();

    private record Use(ApiKey key, Instant at) {}

    void used(ApiKey key, Instant now) {
        last.put(key.hash(), new Use(key, now));
    }

    /// Empty when it was not used since this gateway started.
    public Optional<Instant> lastUse(ApiKey key) {
        return Optional.ofNullable(last.get(key.hash())).map(Use::at);
    }

    /// The key that a text was, if it was used here and has been revoked since; else null.
    public @Nullable ApiKey gone(String presented) {
        return gone.estimatedSize() == 0 ? null : gone.getIfPresent(KeyHash.of(presented));
    }

    /// From now on these keys count.
    public void keep(AccessPolicy policy) {
        last.forEach((hash, use) -> {
            if (policy.has(hash)) return;
            last.remove(hash);
            gone.put(hash, use.key());
        });
    }

    int size() {
        return last.size();
    }
}
