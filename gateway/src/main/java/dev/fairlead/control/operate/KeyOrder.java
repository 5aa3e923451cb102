package dev.fairlead.control.operate;

import org.jspecify.annotations.Nullable;

/// What an operator says about a key, unchecked. Holds a secret.
///
/// @param alias `default` when it is not said
/// @param key the key itself where its owner has one already; else it is generated
public record KeyOrder(
        String tenant, @Nullable String alias, @Nullable String key, KeyExpiry expiry) {
    static final String DEFAULT_ALIAS = "default";

    String named() {
        return alias == null ? DEFAULT_ALIAS : alias;
    }

    @Override
    public String toString() {
        return "KeyOrder[" + tenant + "/" + named() + "]";
    }
}
