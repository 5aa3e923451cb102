package dev.fairlead.core.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All keys that callers may bring, found by one look however many they are.
final class ApiKeys {
    private final Map<KeyHash, ApiKey> byHash;

    ApiKeys(List<ApiKey> keys) {
        this.byHash = HashMap.newHashMap(keys.size());
        for (ApiKey key : keys) byHash.put(key.hash(), key);
    }

    int size() {
        return byHash.size();
    }

    boolean has(KeyHash key) {
        return byHash.containsKey(key);
    }

    @Nullable
    ApiKey find(String presented) {
        return byHash.get(KeyHash.of(presented));
    }
}
