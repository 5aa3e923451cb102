package dev.fairlead.control.store;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keys while an order changes them, in the order in which they were, so that little is left to sort. An order that
/// changes none costs nothing, however many there are.
final class ChangingKeys {
    private final StoredKeys before;
    private @Nullable Map<KeyHash, ApiKey> now;

    ChangingKeys(StoredKeys before) {
        this.before = before;
    }

    void keep(ApiKey key) {
        now().put(key.hash(), key);
    }

    void forget(KeyHash hash) {
        now().remove(hash);
    }

    void forget(String tenant) {
        now().values().removeIf(key -> key.tenant().equals(tenant));
    }

    StoredKeys toStored() {
        return now == null ? before : new StoredKeys(List.copyOf(now.values()));
    }

    private Map<KeyHash, ApiKey> now() {
        if (now == null) {
            now = LinkedHashMap.newLinkedHashMap(before.all().size() + 1);
            for (ApiKey key : before.all()) now.put(key.hash(), key);
        }
        return now;
    }
}
