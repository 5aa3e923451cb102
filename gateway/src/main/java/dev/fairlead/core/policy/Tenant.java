package dev.fairlead.core.policy;

/// On whose behalf calls are made: what may be called, and how much, is said of a tenant.
///
/// @param name as it is to stand in logs and metrics
public record Tenant(String name) {
    /// Whoever brings no key.
    public static final Tenant PUBLIC = new Tenant("public");
}
