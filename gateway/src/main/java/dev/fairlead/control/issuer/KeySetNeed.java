package dev.fairlead.control.issuer;

import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.policy.TenantPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who needs a set of keys, and how fresh.
///
/// @param refresh the shortest that any of them asks for
record KeySetNeed(Duration refresh, List<String> tenants) {
    private static final int NAMED = 3;

    KeySetNeed {
        tenants = List.copyOf(tenants);
    }

    /// What all these tenants need, by where it comes from.
    static Map<KeySetUrl, KeySetNeed> of(List<TenantPlan> tenants) {
        var needs = new LinkedHashMap<KeySetUrl, KeySetNeed>();
        for (TenantPlan tenant : tenants) {
            RemoteKeySet remote = tenant.tokens().remote();
            if (remote == null) continue;
            needs.merge(remote.from(), new KeySetNeed(remote.refresh(), List.of(tenant.name())), KeySetNeed::and);
        }
        return needs;
    }

    private KeySetNeed and(KeySetNeed other) {
        Duration shorter = refresh.compareTo(other.refresh) < 0 ? refresh : other.refresh;
        return new KeySetNeed(
                shorter, Stream.concat(tenants.stream(), other.tenants.stream()).toList());
    }

    /// For people.
    String names() {
        String more = tenants.size() > NAMED ? " and " + (tenants.size() - NAMED) + " more" : "";
        return tenants.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
    }
}
