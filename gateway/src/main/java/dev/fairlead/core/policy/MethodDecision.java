package dev.fairlead.core.policy;

import org.jspecify.annotations.Nullable;

/// Whether one caller may call one method on one chain.
public sealed interface MethodDecision {
    /// What decided.
    MethodRule rule();

    /// @param group where a route sends it; null where the groups' own methods decide
    record Open(MethodRule rule, @Nullable String group) implements MethodDecision {}

    /// @param isDenied whether a pattern says so, and not only that none opens it
    record Closed(MethodRule rule, boolean isDenied) implements MethodDecision {}
}
