package dev.fairlead.core.policy;

import java.util.function.UnaryOperator;

/// What decided about a method.
///
/// @param key where it is declared: `policy.deny`, `tenants.archive.allow`, `chains.mainnet.groups.logs.methods`
/// @param text the pattern or the preset that fits
public record MethodRule(String key, String text) {
    /// With its place.
    ///
    /// @param places where a key of the configuration stands; empty when it stands nowhere
    public String at(UnaryOperator<String> places) {
        String place = places.apply(key);
        return place.isEmpty() ? toString() : this + " (" + place + ")";
    }

    @Override
    public String toString() {
        return key + " \"" + text + "\"";
    }
}
