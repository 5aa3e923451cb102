package dev.fairlead.data.call;

import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.jwt.AccessToken;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/// The caller, as far as the connection and its headers tell.
///
/// @param tenant on whose behalf it calls
/// @param key by which that is known; null for whoever brings none
/// @param token by which that is known, alone or besides a key; null for whoever brings none
/// @param scope which calls it may make of those that are open to its tenant; null for all
/// @param address IP address, without port
/// @param peer what counts as one client, and its connection
/// @param errors how it is told of errors
/// @param past the marks of the gateways that its requests came through, or null
/// @param buckets what its calls are counted by, as far as that was needed
public record Client(
        Tenant tenant,
        @Nullable ApiKey key,
        @Nullable AccessToken token,
        @Nullable CallScope scope,
        String address,
        Peer peer,
        @Nullable String origin,
        @Nullable String userAgent,
        ErrorPolicy errors,
        @Nullable String past,
        CallerBuckets buckets) {
    /// Of a caller that may make all calls that are open to its tenant.
    public Client(
            Tenant tenant,
            @Nullable ApiKey key,
            String address,
            Peer peer,
            @Nullable String origin,
            @Nullable String userAgent,
            ErrorPolicy errors,
            @Nullable String past) {
        this(tenant, key, null, null, address, peer, origin, userAgent, errors, past, new CallerBuckets());
    }

    /// Whether it is known on whose behalf it calls.
    public boolean isKnown() {
        return key != null || token != null;
    }

    /// How logs name what it calls with; null for whoever brings nothing.
    public @Nullable String alias() {
        if (key != null) return key.alias();
        return token == null ? null : token.alias();
    }

    /// What counts as one caller where keys are counted apart: the bearer of a token, else the key, else the tenant.
    public String caller() {
        if (token != null) return token.caller();
        return key == null ? tenant.name() : key.name();
    }
}
