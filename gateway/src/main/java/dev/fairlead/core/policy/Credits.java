package dev.fairlead.core.policy;

import java.util.Map;

/// How much a call counts, by its method: one credit where nothing is said.
///
/// @param weights by pattern; a whole name counts before a star, a longer star before a shorter one
public record Credits(Map<String, Long> weights) {
    public static final Credits ONE_EACH = new Credits(Map.of());
    public static final int MOST = 1_000;
    public static final long MOST_WEIGHT = 1_000_000;

    public Credits {
        weights = Map.copyOf(weights);
    }

    /// @param method a name, or the beginning of some with a star, which stands for those that no longer one fits
    public long of(String method) {
        if (weights.isEmpty()) return 1;
        String closest = "";
        long weight = 1;
        for (Map.Entry<String, Long> each : weights.entrySet()) {
            String pattern = each.getKey();
            if (!new MethodPattern(pattern).matches(method) || !isCloser(pattern, closest)) continue;
            closest = pattern;
            weight = each.getValue();
        }
        return weight;
    }

    /// What the dearest request counts.
    public long dearest() {
        long dearest = 1;
        for (long weight : weights.values()) dearest = Math.max(dearest, weight);
        return dearest;
    }

    /// What the cheapest request counts that counts at all.
    public long cheapest() {
        long cheapest = weights.containsKey("*") ? Long.MAX_VALUE : 1;
        for (long weight : weights.values()) if (weight > 0) cheapest = Math.min(cheapest, weight);
        return cheapest == Long.MAX_VALUE ? 1 : cheapest;
    }

    /// Of two names that differ in upper and lower case alone, the one that comes first as texts do.
    ///
    /// @param than empty for none
    private static boolean isCloser(String pattern, String than) {
        if (than.isEmpty()) return true;
        boolean isWhole = !pattern.endsWith("*");
        if (isWhole == than.endsWith("*")) return isWhole;
        if (pattern.length() != than.length()) return pattern.length() > than.length();
        return pattern.compareTo(than) < 0;
    }
}
