package dev.fairlead.core.policy;

import org.jspecify.annotations.Nullable;

/// What is declared of callers in one place: for all chains, or for one.
///
/// @param isPublic whether callers without a key are served; null when it is not said
public record CallerPolicy(MethodPolicy methods, @Nullable Boolean isPublic) {
    public static final CallerPolicy NONE = new CallerPolicy(MethodPolicy.NONE, null);
}
