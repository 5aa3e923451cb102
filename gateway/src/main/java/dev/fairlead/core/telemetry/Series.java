package dev.fairlead.core.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds the series of a set of labels without building strings, and bounds how many there can be. Beyond the bound,
/// and for what is not declared, everything counts into one series named `other`.
final class Series<K, P> {
    private static final int AT_MOST = 20_000;

    private final ConcurrentHashMap<K, P> known = new ConcurrentHashMap<>();
    private final Function<K, P> make;
    private final K other;
    private final Predicate<K> declared;

    /// @param declared whether new series may be made for these labels
    Series(Function<K, P> make, K other, Predicate<K> declared) {
        this.make = make;
        this.other = other;
        this.declared = declared;
    }

    P of(K labels) {
        P point = known.get(labels);
        if (point != null) return point;
        boolean made = known.size() < AT_MOST && declared.test(labels);
        return known.computeIfAbsent(made ? labels : other, make);
    }

    /// Forgets the series of what is no longer declared.
    void prune(BiConsumer<K, P> removed) {
        known.forEach((labels, point) -> {
            if (labels.equals(other) || declared.test(labels)) return;
            known.remove(labels);
            removed.accept(labels, point);
        });
    }
}
