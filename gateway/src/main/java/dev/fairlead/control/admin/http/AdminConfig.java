package dev.fairlead.control.admin.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Settings of the listener for operators: API and metrics.
///
/// @param token required in `Authorization: Bearer` when given; must be given when `listen` is not loopback
public record AdminConfig(
        InetSocketAddress listen, @Nullable String token) {
    public static final AdminConfig DEFAULT = new AdminConfig(new InetSocketAddress("127.0.0.1", 8081), null);

    @Override
    public String toString() {
        return "AdminConfig[listen=" + listen + ", token=" + (token == null ? "none" : "***") + "]";
    }
}
