package dev.fairlead.core.policy;

import java.util.Comparator;
import java.util.Map;

/// How much a call counts, by its method: one credit where nothing is said.
///
/// @param weights by pattern; a whole name counts before a star, a longer star before a shorter one
public record Credits(Map<String, Long> weights) {
    public static final Credits ONE_EACH = new Credits(Map.of());

    private static final Comparator<String> CLOSEST = Comparator.comparing((String pattern) -> !pattern.endsWith("*"))
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    public Credits {
        weights = Map.copyOf(weights);
    }

    long of(String method) {
        String closest = null;
        for (String pattern : weights.keySet()) {
            boolean fits = new MethodPattern(pattern).matches(method);
            if (fits && (closest == null || CLOSEST.compare(pattern, closest) > 0)) closest = pattern;
        }
        return closest == null ? 1 : weights.get(closest);
    }
}
