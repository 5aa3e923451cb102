package dev.fairlead.control.store;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The keys of all tenants, those of the file's tenants among them. Of an alias there are several while one key
/// replaces another.
///
/// @param all by tenant, then by alias, then the oldest first
public record StoredKeys(List<ApiKey> all) {
    public static final StoredKeys NONE = new StoredKeys(List.of());

    private static final Comparator<ApiKey> ORDER = Comparator.comparing(ApiKey::tenant)
            .thenComparing(ApiKey::alias)
            .thenComparing(ApiKey::createdAt)
            .thenComparing(key -> key.hash().hex());

    public StoredKeys {
        var sorted = new ArrayList<>(all);
        sorted.sort(ORDER);
        all = List.copyOf(sorted);
    }

    public List<ApiKey> of(String tenant) {
        int from = first(key -> key.tenant().compareTo(tenant) >= 0);
        int to = first(key -> key.tenant().compareTo(tenant) > 0);
        return all.subList(from, to);
    }

    public List<ApiKey> of(String tenant, String alias) {
        return of(tenant).stream().filter(key -> key.alias().equals(alias)).toList();
    }

    /// The next ones behind all keys of that name, `limit` at the most, but never a part of an alias.
    ///
    /// @param tenant empty for the beginning
    public List<ApiKey> after(String tenant, String alias, int limit) {
        int from = first(key -> isBehind(key, tenant, alias));
        int to = Math.min(all.size(), from + limit);
        while (to > from
                && to < all.size()
                && all.get(to).name().equals(all.get(to - 1).name())) to++;
        return all.subList(from, to);
    }

    private static boolean isBehind(ApiKey key, String tenant, String alias) {
        int order = key.tenant().compareTo(tenant);
        return order > 0 || (order == 0 && key.alias().compareTo(alias) > 0);
    }

    public Optional<ApiKey> of(KeyHash hash) {
        return all.stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    /// The place of the first key that passes; all behind it pass too.
    private int first(Predicate<ApiKey> test) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (test.test(all.get(middle))) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
