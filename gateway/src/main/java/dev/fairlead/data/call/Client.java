package dev.fairlead.data.call;

import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Tenant;
import org.jspecify.annotations.Nullable;

/// The caller, as far as the connection and its headers tell.
///
/// @param tenant on whose behalf it calls
/// @param peer its address and connection
/// @param past the marks of the gateways that its requests came through, or null
public record Client(
        Tenant tenant,
        Peer peer,
        @Nullable String origin,
        @Nullable String userAgent,
        @Nullable String past) {
    /// IP address, without port.
    public String address() {
        return peer.address();
    }
}
