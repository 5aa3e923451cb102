package dev.fairlead.core.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How much a call counts, by its method: one credit where nothing is said.
///
/// @param weights by pattern; the longest that fits counts
public record Credits(Map<String, Long> weights) {
    public static final Credits ONE_EACH = new Credits(Map.of());

    public Credits {
        weights = Map.copyOf(weights);
    }

    long of(String method) {
        if (weights.isEmpty()) return 1;
        List<String> fitting = weights.keySet().stream()
                .filter(pattern -> new MethodPattern(pattern).matches(method))
                .toList();
        return fitting.stream()
                .max(Comparator.comparingInt(String::length))
                .map(weights::get)
                .orElse(1L);
    }
}
