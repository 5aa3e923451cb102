package dev.fairlead.core.policy;

/// What is declared of one tenant.
public record TenantPlan(String name, MethodPolicy methods) {
    /// Where it stands in the configuration.
    String key() {
        return "tenants." + name;
    }
}
