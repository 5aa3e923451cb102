package dev.fairlead.control.admin.view;

import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.policy.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the keys of a tenant's tokens come from.
///
/// @param source files, or a URL without secrets
/// @param keys how many there are now
/// @param fetchedAt when they were fetched last; null where they come from files, and before the first time
/// @param ageSeconds since then
/// @param fault why they could not be fetched the last time, or null
public record TokenKeysView(
        String tenant,
        String source,
        int keys,
        @Nullable Instant fetchedAt,
        @Nullable Long ageSeconds,
        @Nullable String fault) {
    private static final int MOST = 100;

    /// Those with a fault first; no more than a hundred.
    public static List<TokenKeysView> of(
            List<TenantPlan> tenants, Function<KeySetUrl, KeySetState> states, Instant now) {
        return tenants.stream()
                .filter(tenant -> !tenant.tokens().isNone())
                .map(tenant -> of(tenant, states, now))
                .sorted(Comparator.comparing((TokenKeysView view) -> view.fault == null)
                        .thenComparing(TokenKeysView::tenant))
                .limit(MOST)
                .toList();
    }

    private static TokenKeysView of(TenantPlan tenant, Function<KeySetUrl, KeySetState> states, Instant now) {
        TokenPlan tokens = tenant.tokens();
        RemoteKeySet remote = tokens.remote();
        if (remote == null) {
            String files = Stream.concat(tokens.files().stream(), Stream.ofNullable(tokens.set()))
                    .map(KeySource::text)
                    .collect(Collectors.joining(", "));
            return new TokenKeysView(tenant.name(), files, tokens.keys().size(), null, null, null);
        }
        KeySetState state = states.apply(remote.from());
        Duration age = state.age(now);
        return new TokenKeysView(
                tenant.name(),
                remote.from().toString(),
                state.keys(),
                state.goodAt(),
                age == null ? null : Math.max(0, age.toSeconds()),
                state.fault());
    }
}
