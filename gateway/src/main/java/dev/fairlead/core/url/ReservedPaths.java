package dev.fairlead.core.url;

import java.util.List;

/// Paths of the client listener that chains may not take: those that are served already, and those that
/// gateways and load balancers commonly serve, so that no chain is in their way later.
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
