package dev.fairlead.core.policy;

/// What decided about a method.
///
/// @param key where it is declared: `policy.deny`, `tenants.archive.allow`, `chains.mainnet.groups.logs.methods`
/// @param text the pattern or the preset that fits
public record MethodRule(String key, String text) {
    @Override
    public String toString() {
        return key + " \"" + text + "\"";
    }
}
