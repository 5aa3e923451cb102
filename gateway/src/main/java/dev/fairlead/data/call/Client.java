package dev.fairlead.data.call;

import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/// The caller, as far as the connection and its headers tell.
///
/// @param tenant on whose behalf it calls
/// @param key by which that is known; null for whoever brings none
/// @param scope which calls it may make of those that are open to its tenant; null for all
/// @param address IP address, without port
/// @param peer what counts as one client, and its connection
/// @param errors how it is told of errors
/// @param past the marks of the gateways that its requests came through, or null
public record Client(
        Tenant tenant,
        @Nullable ApiKey key,
        @Nullable CallScope scope,
        String address,
        Peer peer,
        @Nullable String origin,
        @Nullable String userAgent,
        ErrorPolicy errors,
        @Nullable String past) {
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
        this(tenant, key, null, address, peer, origin, userAgent, errors, past);
    }
}
