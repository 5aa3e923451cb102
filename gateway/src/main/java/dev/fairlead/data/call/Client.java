package dev.fairlead.data.call;

import org.jspecify.annotations.Nullable;

/// Who is calling, as far as the connection and its headers tell.
///
/// @param address IP address of the peer, without port
/// @param past the marks of the gateways that its requests came through, or null
public record Client(
        String address,
        @Nullable String origin,
        @Nullable String userAgent,
        @Nullable String past) {}
