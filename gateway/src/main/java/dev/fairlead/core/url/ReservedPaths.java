package dev.fairlead.core.url;

import java.util.List;

/// Paths of the client listener that chains may not take: what is served there, and what gateways and load balancers
/// commonly have there, before anybody's chain stands in the way.
final class ReservedPaths {
    static final List<String> PATHS = List.of(
            "healthz",
            "readyz",
            "livez",
            "health",
            "ready",
            "api",
            "metrics",
            "openapi",
            "admin",
            "status",
            "nodes",
            "backends",
            "ui",
            "static",
            "login",
            "logout",
            "ws",
            "graphql",
            "v1",
            "v2",
            "v3");

    private ReservedPaths() {}
}
